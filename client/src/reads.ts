import type { RoomId, Seq, UserId } from '@parlance/protocol/models'
import type { Ask } from './ask.ts'

/** Up to where others have read, where the server tells it: in direct conversations. */
export class Reads {
  readonly #ask: Ask
  readonly #changed: () => void
  #isAsking = false
  all: ReadonlyMap<UserId, Seq> = new Map()

  constructor(ask: Ask, changed: () => void) {
    this.#ask = ask
    this.#changed = changed
  }

  /** A marker never goes back, in whatever order it is told. */
  heard(user: UserId, read: Seq): void {
    if (read <= (this.all.get(user) ?? -1)) return
    this.all = new Map(this.all).set(user, read)
    this.#changed()
  }

  /** Asks for those of others than `me`. A failure leaves what is known. */
  async read(room: RoomId, me: UserId): Promise<void> {
    if (this.#isAsking) return
    this.#isAsking = true
    try {
      const { members } = await this.#ask({ type: 'room.members', room })
      for (const { user, read } of members)
        if (user.id !== null && user.id !== me && read !== undefined) this.heard(user.id, read)
    } catch {
      // The next signal tells, or the next connection.
    } finally {
      this.#isAsking = false
    }
  }

  /** A server that went back in time has other markers. */
  clear(): void {
    this.all = new Map()
  }
}
