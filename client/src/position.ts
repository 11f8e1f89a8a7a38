import type { Event } from '@parlance/protocol/events'
import type { RoomId, Seq } from '@parlance/protocol/models'
import type { Ask } from './ask.ts'

const page = 500

/**
 * Where the client is in a room's log. Its law: each seq is applied once and in order, and a hole is filled from the
 * log before anything after it is applied (SPEC CL3).
 */
export class Position {
  readonly #room: RoomId
  readonly #ask: Ask
  readonly #apply: (event: Event) => void
  #seq: Seq
  #wanted: Seq = 0
  #life = 0
  #filling: Promise<void> | undefined

  constructor(room: RoomId, seq: Seq, ask: Ask, apply: (event: Event) => void) {
    this.#room = room
    this.#seq = seq
    this.#ask = ask
    this.#apply = apply
  }

  /** The seq of the last event that was applied. */
  get seq(): Seq {
    return this.#seq
  }

  /** Takes an event from anywhere: applies the next one, drops what is not greater, fills a hole. */
  event(event: Event): void {
    if (event.seq === this.#seq + 1) {
      this.#seq = event.seq
      this.#apply(event)
    } else if (event.seq > this.#seq) void this.reach(event.seq)
  }

  /** Reads the log up to a seq. False where it could not be read so far. */
  async reach(seq: Seq): Promise<boolean> {
    if (seq <= this.#seq) return true
    this.#wanted = Math.max(this.#wanted, seq)
    this.#filling ??= this.#fill()
    await this.#filling
    return this.#seq >= seq
  }

  /** Another log, or the same one from another place. */
  reset(seq: Seq): void {
    this.#life += 1
    this.#filling = undefined
    this.#seq = seq
    this.#wanted = 0
  }

  async #fill(): Promise<void> {
    const life = this.#life
    try {
      while (this.#seq < this.#wanted) {
        const after = this.#seq
        const { events } = await this.#ask({ type: 'room.events', room: this.#room, after, limit: page })
        if (life !== this.#life) return
        for (const event of events) this.event(event)
        if (this.#seq === after) break
      }
    } catch {
      // The next event, pong or welcome shows the hole again.
    } finally {
      if (life === this.#life) {
        this.#filling = undefined
        this.#wanted = 0
      }
    }
  }
}
