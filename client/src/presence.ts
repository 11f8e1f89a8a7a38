import type { RoomId, UserId } from '@parlance/protocol/models'
import type { SignalOf } from '@parlance/protocol/signals'
import type { Ask } from './ask.ts'

/** Who of a room is online; in large rooms only how many. */
export class OnlineUsers {
  readonly #ask: Ask
  readonly #changed: () => void
  /** Signals since the list was asked for. */
  #since: SignalOf<'presence'>[] = []
  #reading: Promise<void> | undefined
  users: ReadonlySet<UserId> = new Set()
  count = 0

  constructor(ask: Ask, changed: () => void) {
    this.#ask = ask
    this.#changed = changed
  }

  heard(signal: SignalOf<'presence'>): void {
    if (this.#reading !== undefined) this.#since.push(signal)
    const users = new Set(this.users)
    for (const user of signal.online) users.add(user)
    for (const { user } of signal.offline) users.delete(user)
    this.users = users
    this.count = signal.count
    this.#changed()
  }

  /** Asks for the whole list, once at a time: over a cut, the same question goes on. A failure leaves what is known. */
  read(room: RoomId): Promise<void> {
    this.#reading ??= this.#read(room)
    return this.#reading
  }

  async #read(room: RoomId): Promise<void> {
    try {
      const { online, count } = await this.#ask({ type: 'presence', room })
      this.#reading = undefined
      this.users = new Set(online)
      this.count = count
      for (const signal of this.#since) this.heard(signal)
      this.#changed()
    } catch {
      // Presence is passing: the next signal tells.
    } finally {
      this.#reading = undefined
      this.#since = []
    }
  }
}
