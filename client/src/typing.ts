import type { User } from '@parlance/protocol/models'
import type { Cancel, Clock } from './clock.ts'

/** A typing signal is void after this time. */
const expiryMs = 6_000
/** One's own is told at most once in this time. */
const intervalMs = 3_000

/** Who is typing in a room. */
export class Typing {
  readonly #clock: Clock
  readonly #changed: () => void
  readonly #until = new Map<number, { readonly user: User; readonly cancel: Cancel }>()
  #toldAt = Number.NEGATIVE_INFINITY
  users: readonly User[] = []

  constructor(clock: Clock, changed: () => void) {
    this.#clock = clock
    this.#changed = changed
  }

  /** Another one types. */
  heard(user: User): void {
    const { id } = user
    if (id === null) return
    const before = this.#until.get(id)
    before?.cancel()
    this.#until.set(id, { user, cancel: this.#clock.after(expiryMs, () => this.stopped(id)) })
    if (before === undefined) this.#update()
  }

  /** Their message came, or nothing for too long. */
  stopped(id: number | null): void {
    const typing = id === null ? undefined : this.#until.get(id)
    if (id === null || typing === undefined) return
    typing.cancel()
    this.#until.delete(id)
    this.#update()
  }

  /** Whether it is time to tell that one types oneself. */
  isDue(): boolean {
    const now = this.#clock.monotonicMs()
    if (now - this.#toldAt < intervalMs) return false
    this.#toldAt = now
    return true
  }

  /** One's own message went out: typing again is told at once. */
  sent(): void {
    this.#toldAt = Number.NEGATIVE_INFINITY
  }

  clear(): void {
    for (const { cancel } of this.#until.values()) cancel()
    if (this.#until.size === 0) return
    this.#until.clear()
    this.#update()
  }

  #update(): void {
    this.users = [...this.#until.values()].map(({ user }) => user)
    this.#changed()
  }
}
