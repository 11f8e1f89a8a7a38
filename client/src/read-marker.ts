import type { DataOf } from '@parlance/protocol/commands'
import type { RoomId, Seq } from '@parlance/protocol/models'
import type { Ask } from './ask.ts'

/** One's own read marker on its way to the server: the greatest seq, one request at a time. */
export class ReadMarker {
  readonly #ask: Ask
  readonly #room: RoomId
  readonly #marked: (state: DataOf<'read.mark'>) => void
  #wanted: Seq = 0
  /** The server is being told. */
  isTelling = false

  constructor(ask: Ask, room: RoomId, marked: (state: DataOf<'read.mark'>) => void) {
    this.#ask = ask
    this.#room = room
    this.#marked = marked
  }

  /** How far one has read, as far as this side knows. */
  get seq(): Seq {
    return this.#wanted
  }

  /** Marks up to a seq and tells the server, where it does not know already. */
  mark(seq: Seq): void {
    this.#wanted = Math.max(this.#wanted, seq)
    if (!this.isTelling) void this.#tell()
  }

  /** The marker moved elsewhere. */
  moved(seq: Seq): void {
    this.#wanted = Math.max(this.#wanted, seq)
  }

  /** The server begins anew. */
  reset(): void {
    this.#wanted = 0
  }

  async #tell(): Promise<void> {
    this.isTelling = true
    try {
      for (let told = -1; told < this.#wanted; ) {
        told = this.#wanted
        const state = await this.#ask({ type: 'read.mark', room: this.#room, seq: told })
        if (told === this.#wanted) this.#marked(state)
      }
    } catch {
      // Not a member any more, or signed out: there is nothing to mark. Else the next connection tells it.
    } finally {
      this.isTelling = false
    }
  }
}
