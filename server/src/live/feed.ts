import type { Event } from '@parlance/protocol/events'
import type { RoomId, Seq, UserId } from '@parlance/protocol/models'
import type { Logger } from 'pino'
import type { Store } from '../ports/store.ts'
import { type Batch, Group } from './batch.ts'
import type { Connection } from './connection.ts'
import { type Dialect, type Item, isDroppable } from './dialect.ts'
import { mayShut, type Shut, shuts } from './shut.ts'

/** Events read from the log at a time. */
const pageSize = 500
/** Live events kept for one who is catching up; beyond that they are read from the log instead. */
const maxPending = 1_000

/** One who is between the log and the live events. */
interface Waiter {
  pending: Event[]
  cancelled: boolean
  /** Whether the room is open as of what has been told; guests hear nothing else. */
  open: boolean
  /** The seq up to which nothing shuts it out. */
  readonly asOf: Seq
}

/** Where a connection begins. */
export interface Start {
  /** It has been told everything up to here. */
  readonly after: Seq
  /** How it is told what was missed; else as ordinary events. */
  readonly replay?: Replay | undefined
  /** For claimed names: whether the room was open at `after`. They listen under the id of any room, or of none. */
  readonly open?: boolean
  /** When its right to the room was seen: what shut its user out up to here is over. `after` unless given. */
  readonly asOf?: Seq
}

/** What the feed needs to know of those around it. */
export interface Around {
  connectionsOf(user: UserId): Iterable<Connection>
  /** The room is not this connection's any more: it has to be detached. `reason`: what its user is told of that. */
  lose(connection: Connection, reason?: Shut): void
}

/** Gets each page of what was missed, at least one; `more` tells that another page follows. */
export type Replay = (events: readonly Event[], more: boolean) => Promise<void>

/**
 * One durable room as this node's listeners hear it.
 *
 * Its law: a connection attached after seq `n` is given `n+1`, `n+2`, … each once and in order, whatever publications
 * are lost, doubled or late (SPEC RE1, RE2): the log fills every gap.
 */
export class Feed {
  readonly id: RoomId
  readonly #groups = new Map<Dialect, Group>()
  readonly #waiters = new Map<Connection, Waiter>()
  readonly #store: Pick<Store, 'eventsAfter'>
  readonly #batch: Batch
  readonly #log: Logger
  /** Resolves when publications of the room reach this node. */
  readonly #ready: Promise<void>
  readonly #around: Around
  /** The seq of the last event given to the groups; undefined until somebody is live. */
  #head: Seq | undefined
  /** Whether the room is open as of the head; kept where guests listen. */
  #open = false
  /** The highest seq that is known of, for the reading of what publications did not bring. */
  #wanted: Seq = 0
  #filling: Promise<void> | undefined
  /** Readings that have not begun yet, by the seq after which they read. */
  readonly #readings = new Map<Seq, Promise<readonly Event[]>>()

  constructor(
    id: RoomId,
    store: Pick<Store, 'eventsAfter'>,
    batch: Batch,
    log: Logger,
    ready: Promise<void>,
    around: Around,
  ) {
    this.id = id
    this.#store = store
    this.#batch = batch
    this.#log = log
    this.#ready = ready
    this.#around = around
  }

  get head(): Seq | undefined {
    return this.#head
  }

  /** Those who are live and those who are catching up. */
  get listenerCount(): number {
    let count = this.#waiters.size
    for (const group of this.#groups.values()) count += group.members.size
    return count
  }

  get isEmpty(): boolean {
    return this.#groups.size === 0 && this.#waiters.size === 0
  }

  /**
   * Attaches a connection: first what was missed, then live, up to the event that shuts its user out (SPEC AC36).
   * Registered before anything is read. Rejects when the log cannot be read.
   */
  async attach(connection: Connection, start: Start): Promise<void> {
    const { after, replay, open = false, asOf = after } = start
    const waiter: Waiter = { pending: [], cancelled: false, open, asOf }
    this.#waiters.set(connection, waiter)
    try {
      await this.#ready
      await this.#catchUp(connection, waiter, after, replay)
    } finally {
      if (this.#waiters.get(connection) === waiter) this.#waiters.delete(connection)
    }
  }

  /** Silences the room on a connection at once, live or catching up. */
  detach(connection: Connection): void {
    const waiter = this.#waiters.get(connection)
    if (waiter !== undefined) {
      waiter.cancelled = true
      this.#waiters.delete(connection)
    }
    const group = this.#groups.get(connection.dialect)
    if (group?.members.has(connection) !== true) return
    this.#batch.flush()
    group.members.delete(connection)
    connection.groups -= 1
    if (group.members.size === 0) this.#groups.delete(connection.dialect)
  }

  /** Committed events, as a publication brings them. */
  events(events: readonly Event[]): void {
    for (const event of events) {
      for (const waiter of this.#waiters.values()) {
        if (waiter.pending.length >= maxPending) waiter.pending = []
        waiter.pending.push(event)
      }
      if (this.#head === undefined || event.seq <= this.#head) continue
      if (this.#filling !== undefined || event.seq !== this.#head + 1) void this.#fill(event.seq)
      else this.#advance(event)
    }
  }

  /** Encodes once per dialect that is present; the batch does the rest. */
  give(item: Item): void {
    for (const group of this.#groups.values()) {
      const text = this.#reaches(group.dialect, item) ? group.dialect.encode(item) : undefined
      if (text !== undefined) this.#batch.add(group, text, isDroppable(item))
    }
  }

  /** Guests hear a room while it is open, and each other always; nobody else hears of those outside. */
  #reaches({ guests }: Dialect, item: Item): boolean {
    const isOutside = 'outside' in item && item.outside === true
    return guests === true ? this.#open || isOutside : !isOutside
  }

  /**
   * Reads and gives what was missed until nothing lies between this connection and the live events, and then makes it
   * live in that same instant: nothing can be published between the look and the entering.
   */
  async #catchUp(
    connection: Connection,
    waiter: Waiter,
    after: Seq,
    replay: Replay | undefined,
  ): Promise<void> {
    let position = after
    let told = replay === undefined
    while (!waiter.cancelled && !connection.closed) {
      if (this.#head === position && position >= waiter.asOf && waiter.pending.length === 0) {
        if (told) {
          this.#enter(connection, waiter)
          return
        }
        told = true
        if (replay !== undefined) await replay([], false)
        continue
      }
      waiter.pending = []
      const read = await this.#read(position)
      if (waiter.cancelled || connection.closed) return
      const more = read.length === pageSize
      const events = more ? read : continued(read, waiter.pending, position)
      const end = events.findIndex(({ seq }, i) => seq > waiter.asOf && shuts(events[i], connection))
      if (end >= 0) {
        if (end > 0 || !told) await this.#tell(connection, waiter, events.slice(0, end), false, replay)
        if (!waiter.cancelled) this.#around.lose(connection, shuts(events[end], connection))
        return
      }
      position = events.at(-1)?.seq ?? position
      const isBehind = more || waiter.pending.some((event) => event.seq > position)
      waiter.pending = []
      if (this.#head === undefined && !isBehind) this.#head = position
      if (events.length > 0) {
        told = replay === undefined || !more
        await this.#tell(connection, waiter, events, more, replay)
      }
      // Read past what the publications have brought: the others get that now, and drop it when it comes.
      if (this.#head !== undefined && this.#head < position) await this.#fill(position)
    }
  }

  /**
   * Reads a page of the log, together with all who ask for the same in this turn: when everybody comes back at once,
   * most of a room missed the same. It begins after the last of them has asked, and so was registered.
   */
  #read(after: Seq): Promise<readonly Event[]> {
    let reading = this.#readings.get(after)
    if (reading === undefined) {
      reading = turnEnd().then(() => {
        this.#readings.delete(after)
        return this.#store.eventsAfter(this.id, after, pageSize)
      })
      this.#readings.set(after, reading)
    }
    return reading
  }

  async #tell(
    connection: Connection,
    waiter: Waiter,
    events: readonly Event[],
    more: boolean,
    replay: Replay | undefined,
  ): Promise<void> {
    if (replay !== undefined) return replay(events, more)
    const { guests, listedOnly } = connection.dialect
    for (const event of events) {
      waiter.open = opens(event, waiter.open)
      if (guests !== true || waiter.open) connection.tell(event)
      if (listedOnly === true && hides(event)) {
        this.#around.lose(connection)
        return
      }
    }
    await connection.drained()
  }

  /** From catching up to live, between two flushes: nothing of this turn is told twice or not at all. */
  #enter(connection: Connection, { open }: Waiter): void {
    this.#batch.flush()
    if (connection.dialect.guests === true) this.#open = open
    let group = this.#groups.get(connection.dialect)
    if (group === undefined) {
      group = new Group(connection.dialect)
      this.#groups.set(connection.dialect, group)
    }
    group.members.add(connection)
    connection.groups += 1
  }

  #advance(event: Event): void {
    this.#head = event.seq
    this.#open = opens(event, this.#open)
    if (mayShut(event)) this.#shut(event)
    this.give(event)
    if (hides(event)) this.#hide()
  }

  /** Those whom an event shuts out do not hear it: it may tell already what is not theirs. */
  #shut(event: Event): void {
    const ofUser = 'user' in event && event.user.id !== null ? this.#around.connectionsOf(event.user.id) : []
    const concerned = event.type === 'room.updated' ? this.#live() : [...ofUser]
    for (const connection of concerned) {
      const isLive = this.#groups.get(connection.dialect)?.members.has(connection) === true
      const reason = isLive ? shuts(event, connection) : undefined
      if (reason !== undefined) this.#around.lose(connection, reason)
    }
  }

  #hide(): void {
    for (const connection of this.#live()) {
      if (connection.dialect.listedOnly === true) this.#around.lose(connection)
    }
  }

  #live(): Connection[] {
    return [...this.#groups.values()].flatMap((group) => [...group.members])
  }

  /** Publications were lost or are late: the log tells what they would have said. One reading serves all who ask. */
  #fill(upTo: Seq): Promise<void> {
    this.#wanted = Math.max(this.#wanted, upTo)
    if (this.#head === undefined || this.#head >= this.#wanted) return Promise.resolve()
    this.#filling ??= this.#readWanted()
    return this.#filling
  }

  async #readWanted(): Promise<void> {
    try {
      while (this.#head !== undefined && this.#head < this.#wanted) {
        const events = await this.#store.eventsAfter(this.id, this.#head, pageSize)
        if (events.length === 0) return
        for (const event of events) if (event.seq === this.#head + 1) this.#advance(event)
      }
    } catch (error) {
      this.#log.error({ err: error, room: this.id }, 'The log could not be read to fill a gap.')
    } finally {
      // In the same instant as the last look at what is wanted: who asks later starts a reading of their own.
      this.#filling = undefined
    }
  }
}

function turnEnd(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

/** Whether the room is open after this event. */
function opens(event: Event, before: boolean): boolean {
  const decides = event.type === 'room.created' || event.type === 'room.updated'
  return decides ? event.visibility === 'open' : before
}

/** Whether the room is in no list any more from this event on. */
function hides(event: Event): boolean {
  return event.type === 'room.updated' && event.visibility !== 'open' && event.visibility !== 'public'
}

/** What was read and, where it goes on from there without a hole, what came meanwhile; the rest is read again. */
function continued(read: readonly Event[], came: readonly Event[], after: Seq): readonly Event[] {
  if (came.length === 0) return read
  const events = [...read]
  let next = (read.at(-1)?.seq ?? after) + 1
  for (const event of came) {
    if (event.seq !== next) continue
    events.push(event)
    next += 1
  }
  return events
}
