import type { Event } from '@parlance/protocol/events'
import type { RoomId, UserId } from '@parlance/protocol/models'
import type { Clock } from '../ports/clock.ts'
import { changesRights } from '../ports/rights.ts'
import type { Rooms, Standing } from '../ports/store.ts'

interface Kept {
  readonly standing: Standing | undefined
  readonly until: number
  /** A reading under way, which all who ask meanwhile wait for: none of them overtakes another (SPEC CO8). */
  readonly reading: Promise<Standing | undefined> | undefined
}

/** How long a standing is believed without asking the store, on nodes that did not see the change themselves. */
const maxAgeMs = 1_000
const maxRooms = 20_000

/**
 * Standings as last read, so that a message costs no query. A change made through this node forgets them at once
 * (`forget`); one made elsewhere is seen within a second (SPEC AC4).
 * `standing.room.head` and `.members` are as of the reading: nobody decides by them.
 */
export class Standings {
  readonly #rooms: Pick<Rooms, 'standing'>
  readonly #clock: Clock
  readonly #kept = new Map<RoomId, Map<UserId | null, Kept>>()

  constructor(rooms: Pick<Rooms, 'standing'>, clock: Clock) {
    this.#rooms = rooms
    this.#clock = clock
  }

  /** The kept standing, where there is a fresh one: the hot path, without a promise. */
  peek(user: UserId | null, room: RoomId): Standing | undefined {
    const kept = this.#kept.get(room)?.get(user)
    return kept !== undefined && kept.until > this.#clock.monotonicMs() ? kept.standing : undefined
  }

  read(user: UserId | null, room: RoomId): Promise<Standing | undefined> {
    if (this.#kept.size >= maxRooms) this.#kept.clear()
    // The room's map is made before the query: a change that comes during it drops the map, and the answer with it.
    const ofRoom = this.#kept.get(room) ?? new Map<UserId | null, Kept>()
    this.#kept.set(room, ofRoom)
    const underWay = ofRoom.get(user)?.reading
    if (underWay !== undefined) return underWay
    const reading = this.#rooms.standing(user, room).then(
      (standing) => {
        if (ofRoom.get(user)?.reading === reading) this.#keep(ofRoom, room, user, standing)
        return standing
      },
      (error: unknown) => {
        if (ofRoom.get(user)?.reading === reading) ofRoom.delete(user)
        throw error
      },
    )
    ofRoom.set(user, { standing: undefined, until: 0, reading })
    return reading
  }

  #keep(
    ofRoom: Map<UserId | null, Kept>,
    room: RoomId,
    user: UserId | null,
    standing: Standing | undefined,
  ): void {
    if (standing !== undefined) {
      ofRoom.set(user, { standing, until: this.#clock.monotonicMs() + maxAgeMs, reading: undefined })
      return
    }
    ofRoom.delete(user)
    if (ofRoom.size === 0 && this.#kept.get(room) === ofRoom) this.#kept.delete(room)
  }

  /** Forgets one, before an answer that shows what a standing only carries along. */
  drop(user: UserId | null, room: RoomId): void {
    this.#kept.get(room)?.delete(user)
  }

  /** Forgets what these events may have changed. */
  forget(events: readonly Event[]): void {
    for (const { type, room } of events) if (changesRights(type)) this.#kept.delete(room)
  }
}
