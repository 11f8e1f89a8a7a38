import { protocolLimits } from '@parlance/protocol/limits'
import type { RoomId, Timestamp, UserId } from '@parlance/protocol/models'
import type { Logger } from 'pino'
import type { Broker } from '../ports/broker.ts'
import type { Clock, MonotonicMs } from '../ports/clock.ts'
import type { Presence } from '../ports/presence.ts'
import type { Rooms } from '../ports/store.ts'
import type { Hub } from './hub.ts'

/** Milliseconds between two looks at what has changed. */
const tickMs = 1_000
/** Leases are renewed three times within their life, and at once after a pause that they did not outlive. */
const renewMs = protocolLimits.presenceLeaseMs / 3
/** Rooms with too many members to name them are told their count after this many ticks at the soonest. */
const countTicks = 5

/** Who came or went in one room since the last tick. */
interface Changes {
  readonly online: Set<UserId>
  readonly offline: Map<UserId, Timestamp>
}

/**
 * Keeps the leases of this node's users and tells rooms who came and went: batched each second, only changes, and only
 * to those who share a room (SPEC PR4).
 */
export class Online implements AsyncDisposable {
  readonly #hub: Hub
  readonly #presence: Presence
  readonly #broker: Broker
  readonly #rooms: Pick<Rooms, 'memberIds'>
  readonly #clock: Clock
  readonly #log: Logger
  readonly #changes = new Map<RoomId, Changes>()
  /** Large rooms, and the tick before which they are told nothing. */
  readonly #quietUntil = new Map<RoomId, number>()
  readonly #timer: NodeJS.Timeout
  #renewedAt: MonotonicMs
  #tick = 0

  constructor(
    hub: Hub,
    presence: Presence,
    broker: Broker,
    rooms: Pick<Rooms, 'memberIds'>,
    clock: Clock,
    log: Logger,
  ) {
    this.#hub = hub
    this.#presence = presence
    this.#broker = broker
    this.#rooms = rooms
    this.#clock = clock
    this.#renewedAt = clock.monotonicMs()
    this.#log = log
    hub.onUser = (user, online, rooms) => (online ? this.#came(user) : this.#went(user, rooms))
    hub.onAttached = (connection, room) => {
      const user = connection.holder?.user
      if (user !== undefined && hub.connectionsOf(user).size === 1) this.#changesOf(room).online.add(user)
    }
    this.#timer = setInterval(() => void this.tick(), tickMs).unref()
  }

  #came(user: UserId): void {
    this.#presence.renew([user]).catch((error) => this.#failed(error))
  }

  #went(user: UserId, rooms: readonly RoomId[]): void {
    this.#presence.leave(user).catch((error) => this.#failed(error))
    for (const room of rooms) {
      const changes = this.#changesOf(room)
      changes.online.delete(user)
      changes.offline.set(user, this.#clock.timestamp())
    }
  }

  #changesOf(room: RoomId): Changes {
    let changes = this.#changes.get(room)
    if (changes === undefined) {
      changes = { online: new Set(), offline: new Map() }
      this.#changes.set(room, changes)
    }
    return changes
  }

  /** Tells what has changed; the timer calls it each second, and tests when they want. */
  async tick(): Promise<void> {
    this.#tick += 1
    try {
      const nowMs = this.#clock.monotonicMs()
      if (nowMs - this.#renewedAt >= renewMs) {
        this.#renewedAt = nowMs
        await this.#presence.renew([...this.#hub.users])
      }
      const due = [...this.#changes].filter(([room]) => (this.#quietUntil.get(room) ?? 0) <= this.#tick)
      for (const [room, changes] of due) {
        this.#changes.delete(room)
        await this.#tell(room, changes)
      }
    } catch (error) {
      this.#failed(error)
    }
  }

  async #tell(room: RoomId, { online, offline }: Changes): Promise<void> {
    const members = await this.#rooms.memberIds(room)
    const present = await this.#presence.online(members)
    const large = members.length > protocolLimits.presenceMembers
    if (large) this.#quietUntil.set(room, this.#tick + countTicks)
    else this.#quietUntil.delete(room)
    // Who came and went, or went and came, within the tick is told as they are now.
    const came = large ? [] : [...online].filter((user) => present.has(user))
    const went = large ? [] : [...offline].filter(([user]) => !present.has(user))
    if (!large && came.length === 0 && went.length === 0) return
    const gone = went.map(([user, lastActiveAt]) => ({ user, lastActiveAt }))
    const signal = { type: 'presence', room, online: came, offline: gone, count: present.size } as const
    this.#broker.publish(`room:${room}`, {
      kind: 'signal',
      signal: { ...signal, online: [...came], offline: [...gone] },
    })
  }

  #failed(error: unknown): void {
    this.#log.warn({ err: error }, 'Presence could not be told.')
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#timer)
  }
}
