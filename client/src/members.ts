import type { Event } from '@parlance/protocol/events'
import type { RoomId, UserId } from '@parlance/protocol/models'
import type { RoomMember, RoomState } from '@parlance/protocol/reduce'
import type { Ask } from './ask.ts'
import { foldMembers } from './fold.ts'

const page = 200

/** The members of a room, once they are asked for. */
export class Members {
  readonly #ask: Ask
  readonly #room: RoomId
  readonly #viewer: () => UserId
  readonly #changed: () => void
  /** Events since the list was asked for: they tell absolute states, so they are applied on top of any page. */
  #since: Event[] | undefined
  #reading: Promise<void> | undefined
  #isWanted = false
  all: RoomState['members'] | null = null

  constructor(ask: Ask, room: RoomId, viewer: () => UserId, changed: () => void) {
    this.#ask = ask
    this.#room = room
    this.#viewer = viewer
    this.#changed = changed
  }

  event(event: Event): void {
    this.#since?.push(event)
    if (this.all !== null) this.all = foldMembers(this.all, event, this.#viewer())
  }

  /** Reads all of them, and follows them from there. Throws a `ParlanceError`. */
  read(): Promise<void> {
    this.#isWanted = true
    if (this.all !== null) return Promise.resolve()
    if (this.#reading !== undefined) return this.#reading
    const reading = this.#read().finally(() => {
      if (this.#reading !== reading) return
      this.#reading = undefined
      this.#since = undefined
    })
    this.#reading = reading
    return reading
  }

  /** What is known is void; it is read anew where it was wanted. */
  reset(): void {
    this.all = null
    this.#since = undefined
    this.#reading = undefined
    if (this.#isWanted) this.read().catch(() => {})
  }

  async #read(): Promise<void> {
    const since: Event[] = []
    this.#since = since
    const found = new Map<UserId, RoomMember>()
    for (let after = 0, more = true; more; ) {
      const answer = await this.#ask({ type: 'room.members', room: this.#room, after, limit: page })
      if (this.#since !== since) return
      for (const { user, role, mutedUntil, joinedAt } of answer.members) {
        if (user.id === null) continue
        found.set(user.id, { user, role, mutedUntil, joinedAt })
        after = user.id
      }
      more = answer.more
    }
    this.all = since.reduce(
      (members, event) => foldMembers(members, event, this.#viewer()),
      found as RoomState['members'],
    )
    this.#changed()
  }
}
