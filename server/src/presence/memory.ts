import { protocolLimits } from '@parlance/protocol/limits'
import type { UserId } from '@parlance/protocol/models'
import type { Clock } from '../ports/clock.ts'
import type { Presence } from '../ports/presence.ts'

/** The presence of a single node: leases in a map. */
export class MemoryPresence implements Presence {
  readonly #clock: Clock
  readonly #leases = new Map<UserId, number>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  async renew(users: readonly UserId[]): Promise<void> {
    const until = this.#clock.now() + protocolLimits.presenceLeaseMs
    for (const user of users) this.#leases.set(user, until)
  }

  async leave(user: UserId): Promise<void> {
    this.#leases.delete(user)
  }

  async online(users: readonly UserId[]): Promise<ReadonlySet<UserId>> {
    const now = this.#clock.now()
    return new Set(users.filter((user) => (this.#leases.get(user) ?? 0) > now))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#leases.clear()
  }
}
