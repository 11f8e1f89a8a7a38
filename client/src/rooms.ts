import type { Event } from '@parlance/protocol/events'
import type { Hello, Replay, Welcome } from '@parlance/protocol/frames'
import { resumeRooms } from '@parlance/protocol/limits'
import type { OwnRoom, RoomId, Seq } from '@parlance/protocol/models'
import type { Signal } from '@parlance/protocol/signals'
import type { Kept, KeptRoom } from './cache.ts'
import type { Reset } from './listener.ts'
import { LiveRoom, type RoomContext } from './live-room.ts'

/** Direct conversations that are asked at a time who is online. */
const onlineLanes = 4

/** The rooms one belongs to, and where each is in its log. */
export class Rooms {
  readonly #context: RoomContext
  readonly #rooms = new Map<RoomId, LiveRoom>()
  #list: readonly OwnRoom[] | undefined
  #epoch: string | undefined
  /** Rooms whose replay has not ended. */
  #awaited = new Set<RoomId>()
  /** Counts the connections. */
  #connection = 0
  /** What is known is from before a reload, until the first welcome. */
  #isRestored = false

  constructor(context: RoomContext) {
    this.#context = context
  }

  get(id: RoomId): LiveRoom | undefined {
    return this.#rooms.get(id)
  }

  /** Their summaries by id; the same array while nothing has changed. */
  get list(): readonly OwnRoom[] {
    this.#list ??= [...this.#rooms.values()].map(({ summary }) => summary).sort((a, b) => a.id - b.id)
    return this.#list
  }

  get epoch(): string | undefined {
    return this.#epoch
  }

  /** Goes on from where the application was before a reload. */
  restore({ epoch, rooms }: Kept): void {
    this.#epoch = epoch
    this.#isRestored = true
    for (const room of rooms) this.#add(room.summary, room)
  }

  /** Where to resume, for hello. */
  resume(): Hello['resume'] {
    if (this.#isRestored && this.#context.cache?.givesMissed === false) return undefined
    const rooms = this.positions()
    if (this.#epoch === undefined || Object.keys(rooms).length === 0) return undefined
    this.#awaited = new Set(Object.keys(rooms).map(Number))
    return { epoch: this.#epoch, rooms }
  }

  /** Room id → position, as far as a frame has room for them: the other rooms read their log instead. */
  positions(): Record<string, Seq> {
    const positions: Record<string, Seq> = {}
    const told = [...this.#rooms.values()].slice(0, resumeRooms)
    for (const { id, position } of told) positions[id] = position
    return positions
  }

  /** A connection has opened. What cannot be followed from where it was, the welcome shows already. */
  welcome({ epoch, rooms }: Welcome): void {
    const isOther = this.#epoch !== undefined && this.#epoch !== epoch
    const isRejoined = this.#isRestored && this.#context.cache?.givesMissed === false
    this.#epoch = epoch
    this.#isRestored = false
    const gone = new Map(this.#rooms)
    for (const summary of rooms) {
      const { id, head } = summary
      const room = this.#rooms.get(id)
      gone.delete(id)
      if (room === undefined) this.#add(summary)
      else if (isOther || room.position > head) this.#reset(summary, isOther ? 'epoch' : 'ahead')
      else if (isRejoined) room.rejoin(summary)
      else room.welcome(summary, this.#awaited.has(id))
    }
    for (const [id, { position }] of gone) {
      this.#remove(id)
      this.#context.listener.reset({ room: id, reason: 'not_a_member', head: position })
    }
    this.#readOnline()
  }

  replay(replay: Replay): void {
    const room = this.#rooms.get(replay.room)
    if (room === undefined || !this.#awaited.has(replay.room)) return
    if (replay.recovered) for (const event of replay.events) room.event(event)
    else this.#reset({ ...room.summary, head: replay.head }, replay.reason)
    if (!replay.recovered || !replay.more) this.#awaited.delete(replay.room)
  }

  event(event: Event): void {
    this.#rooms.get(event.room)?.event(event)
  }

  signal(signal: Signal): void {
    if (signal.type === 'room.added') this.added(signal.summary)
    else if (signal.type === 'room.removed') this.#remove(signal.room)
    else this.#rooms.get(signal.room)?.signal(signal)
    this.#context.listener.signal(signal)
  }

  /** A room is one's own, as a signal or an answer says. */
  added(summary: OwnRoom): LiveRoom {
    const known = this.#rooms.get(summary.id)
    known?.added(summary)
    if (known !== undefined) return known
    const room = this.#add(summary)
    if (summary.visibility === 'direct') void room.readOnline()
    return room
  }

  /** The heads of the rooms where the server is not where this side is; what is being replayed comes by itself. */
  heads(heads: Readonly<Record<string, Seq>>): void {
    for (const [id, head] of Object.entries(heads)) {
      if (!this.#awaited.has(Number(id))) this.#rooms.get(Number(id))?.headIs(head)
    }
  }

  cut(): void {
    this.#connection += 1
    this.#awaited.clear()
    for (const room of this.#rooms.values()) room.cut()
  }

  /** Another user, or none. */
  clear(): void {
    this.#epoch = undefined
    this.#isRestored = false
    for (const id of [...this.#rooms.keys()]) this.#remove(id)
  }

  /** As the cache keeps them, without messages. */
  kept(): readonly KeptRoom[] {
    return Array.from(this.#rooms.values(), ({ summary, position }) => ({ summary, position }))
  }

  /** A summary has changed, or the set of rooms. */
  changed(): void {
    this.#list = undefined
  }

  #add(summary: OwnRoom, kept?: KeptRoom): LiveRoom {
    const room = new LiveRoom(summary, this.#context, kept)
    this.#rooms.set(summary.id, room)
    this.#context.changed()
    return room
  }

  /** Lists show who of the direct conversations is online without opening them. */
  #readOnline(): void {
    const connection = this.#connection
    const directs = [...this.#rooms.values()]
      .filter(({ summary }) => summary.visibility === 'direct')
      .values()
    const lane = async () => {
      for (const room of directs) {
        if (connection !== this.#connection) return
        await room.readOnline()
      }
    }
    for (let i = 0; i < onlineLanes; i += 1) void lane()
  }

  #reset(summary: OwnRoom, reason: Reset['reason']): void {
    this.#awaited.delete(summary.id)
    const room = this.#rooms.get(summary.id) ?? this.#add(summary)
    room.reset(summary, reason)
  }

  #remove(id: RoomId): void {
    this.#rooms.get(id)?.removed()
    this.#rooms.delete(id)
    this.#awaited.delete(id)
    this.#context.cache?.changed(id)
    this.#context.changed()
  }
}
