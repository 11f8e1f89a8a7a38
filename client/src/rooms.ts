import type { Event } from '@parlance/protocol/events'
import type { Hello, Replay, Welcome } from '@parlance/protocol/frames'
import type { OwnRoom, RoomId, Seq } from '@parlance/protocol/models'
import type { Signal } from '@parlance/protocol/signals'
import type { Reset } from './listener.ts'
import { LiveRoom, type RoomContext } from './live-room.ts'

/** Positions beyond this length are left out of a frame: those rooms read their log instead. */
const positionsLength = 50_000

/** The rooms one belongs to, and where each is in its log. */
export class Rooms {
  readonly #context: RoomContext
  readonly #rooms = new Map<RoomId, LiveRoom>()
  #list: readonly OwnRoom[] | undefined
  #epoch: string | undefined
  /** Rooms whose replay has not ended. */
  #awaited = new Set<RoomId>()
  /** Where the application was before a reload, until the first welcome. */
  #restored: Readonly<Record<string, Seq>> = {}

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
  restore(epoch: string, positions: Readonly<Record<string, Seq>>): void {
    if (this.#epoch !== undefined) return
    this.#epoch = epoch
    this.#restored = positions
  }

  /** Where to resume, for hello. */
  resume(): Hello['resume'] {
    const rooms = this.positions()
    if (this.#epoch === undefined || Object.keys(rooms).length === 0) return undefined
    this.#awaited = new Set(Object.keys(rooms).map(Number))
    return { epoch: this.#epoch, rooms }
  }

  /** Room id → position, as far as a frame has room for them. */
  positions(): Record<string, Seq> {
    const positions: Record<string, Seq> = {}
    let length = 0
    const known = [...this.#rooms.values()].map(({ id, position }) => [id, position] as const)
    for (const [id, position] of [...Object.entries(this.#restored), ...known]) {
      length += `"${id}":${position},`.length
      if (length > positionsLength) break
      positions[id] = position
    }
    return positions
  }

  /** A connection has opened. What cannot be followed from where it was, the welcome shows already. */
  welcome({ epoch, rooms }: Welcome): void {
    const isOther = this.#epoch !== undefined && this.#epoch !== epoch
    const restored = this.#restored
    this.#epoch = epoch
    this.#restored = {}
    const gone = new Set([...this.#rooms.keys(), ...Object.keys(restored).map(Number)])
    for (const summary of rooms) {
      const { id, head } = summary
      const position = this.#rooms.get(id)?.position ?? restored[id]
      const isReplayed = this.#awaited.has(id)
      gone.delete(id)
      if (position === undefined) this.#add(summary)
      else if (isOther || position > head) this.#reset(summary, isOther ? 'epoch' : 'ahead')
      else (this.#rooms.get(id) ?? this.#add(summary, position)).welcome(summary, isReplayed)
    }
    for (const id of gone) {
      const head = this.#rooms.get(id)?.position ?? restored[id] ?? 0
      this.#remove(id)
      this.#context.listener.reset({ room: id, reason: 'not_a_member', head })
    }
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
    return known ?? this.#add(summary)
  }

  /** The heads of the rooms where the server is not where this side is; what is being replayed comes by itself. */
  heads(heads: Readonly<Record<string, Seq>>): void {
    for (const [id, head] of Object.entries(heads)) {
      if (!this.#awaited.has(Number(id))) this.#rooms.get(Number(id))?.headIs(head)
    }
  }

  cut(): void {
    this.#awaited.clear()
    for (const room of this.#rooms.values()) room.cut()
  }

  /** Another user, or none. */
  clear(): void {
    this.#epoch = undefined
    this.#restored = {}
    for (const id of [...this.#rooms.keys()]) this.#remove(id)
  }

  /** A summary has changed, or the set of rooms. */
  changed(): void {
    this.#list = undefined
  }

  #add(summary: OwnRoom, position?: Seq): LiveRoom {
    const room = new LiveRoom(summary, this.#context, position)
    this.#rooms.set(summary.id, room)
    this.#context.changed()
    return room
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
    this.#context.changed()
  }
}
