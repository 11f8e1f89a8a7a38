import { protocolLimits } from '@parlance/protocol/limits'
import type { UserId } from '@parlance/protocol/models'
import type { Clock } from '../ports/clock.ts'
import type { Presence } from '../ports/presence.ts'

/** The presence of one process: the only node, so that a user's lease is the node's. */
export class MemoryPresence implements Presence {
  readonly #clock: Clock
  readonly #leaseMs: number
  /** When each user's lease ends, by the clock that does not jump; the soonest first. */
  readonly #ends = new Map<UserId, number>()

  /** `leaseMs`: how long a lease stands without renewal. */
  constructor(clock: Clock, leaseMs: number = protocolLimits.presenceLeaseMs) {
    this.#clock = clock
    this.#leaseMs = leaseMs
  }

  renew(users: readonly UserId[]): Promise<void> {
    const end = this.#clock.monotonicMs() + this.#leaseMs
    for (const user of users) {
      this.#ends.delete(user)
      this.#ends.set(user, end)
    }
    this.#forgetEnded()
    return Promise.resolve()
  }

  leave(user: UserId): Promise<void> {
    this.#ends.delete(user)
    return Promise.resolve()
  }

  online(users: readonly UserId[]): Promise<ReadonlySet<UserId>> {
    const now = this.#clock.monotonicMs()
    return Promise.resolve(new Set(users.filter((user) => (this.#ends.get(user) ?? 0) > now)))
  }

  #forgetEnded(): void {
    const now = this.#clock.monotonicMs()
    for (const [user, end] of this.#ends) {
      if (end > now) return
      this.#ends.delete(user)
    }
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.#ends.clear()
    return Promise.resolve()
  }
}
