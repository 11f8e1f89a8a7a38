import type { Event } from '@parlance/protocol/events'
import type { RoomId, Seq } from '@parlance/protocol/models'
import type { Logger } from 'pino'
import type { Store } from '../ports/store.ts'
import { type Batch, Group } from './batch.ts'
import type { Connection } from './connection.ts'
import { type Dialect, type Item, isDroppable } from './dialect.ts'

/** Events read from the log at a time. */
const pageSize = 500
/** Live events kept for one who is catching up; beyond that they are read from the log instead. */
const maxPending = 1_000

/** One who is between the log and the live events. */
interface Waiter {
  pending: Event[]
  cancelled: boolean
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
  /** The seq of the last event given to the groups; undefined until somebody is live. */
  #head: Seq | undefined
  /** While the log is read because publications were missed: the seq to reach. */
  #fillingTo: Seq | undefined

  constructor(
    id: RoomId,
    store: Pick<Store, 'eventsAfter'>,
    batch: Batch,
    log: Logger,
    ready: Promise<void>,
  ) {
    this.id = id
    this.#store = store
    this.#batch = batch
    this.#log = log
    this.#ready = ready
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
   * Attaches a connection after a seq: first what was missed (through `replay` where given, else as ordinary events),
   * then live. Registered before anything is read. Rejects when the log cannot be read.
   */
  async attach(connection: Connection, after: Seq, replay: Replay | undefined): Promise<void> {
    const waiter: Waiter = { pending: [], cancelled: false }
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
      if (this.#fillingTo !== undefined || event.seq !== this.#head + 1) void this.#fill(event.seq)
      else this.#advance(event)
    }
  }

  /** Encodes once per dialect that is present; the batch does the rest. */
  give(item: Item): void {
    for (const group of this.#groups.values()) {
      const text = group.dialect.encode(item)
      if (text !== undefined) this.#batch.add(group, text, isDroppable(item))
    }
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
      if (this.#head === position && waiter.pending.length === 0) {
        if (told) {
          this.#enter(connection)
          return
        }
        told = true
        await replay?.([], false)
        continue
      }
      waiter.pending = []
      const read = await this.#store.eventsAfter(this.id, position, pageSize)
      if (waiter.cancelled || connection.closed) return
      const more = read.length === pageSize
      const events = more ? read : continued(read, waiter.pending, position)
      position = events.at(-1)?.seq ?? position
      const isBehind = more || waiter.pending.some((event) => event.seq > position)
      waiter.pending = []
      if (this.#head === undefined && !isBehind) this.#head = position
      if (events.length > 0) {
        told = replay === undefined || !more
        await this.#tell(connection, events, more, replay)
      }
      // Read past what the publications have brought: the others get that now, and drop it when it comes.
      if (this.#head !== undefined && this.#head < position) await this.#fill(position)
    }
  }

  async #tell(
    connection: Connection,
    events: readonly Event[],
    more: boolean,
    replay: Replay | undefined,
  ): Promise<void> {
    if (replay !== undefined) return replay(events, more)
    for (const event of events) connection.tell(event)
    await connection.drained()
  }

  /** From catching up to live, between two flushes: nothing of this turn is told twice or not at all. */
  #enter(connection: Connection): void {
    this.#batch.flush()
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
    this.give(event)
  }

  /** Publications were lost or are late: the log tells what they would have said. */
  async #fill(upTo: Seq): Promise<void> {
    const running = this.#fillingTo !== undefined
    this.#fillingTo = Math.max(this.#fillingTo ?? 0, upTo)
    if (running) return
    try {
      while (this.#head !== undefined && this.#head < this.#fillingTo) {
        const events = await this.#store.eventsAfter(this.id, this.#head, pageSize)
        if (events.length === 0) break
        for (const event of events) if (event.seq === this.#head + 1) this.#advance(event)
      }
    } catch (error) {
      this.#log.error({ err: error, room: this.id }, 'The log could not be read to fill a gap.')
    } finally {
      this.#fillingTo = undefined
    }
  }
}

/** What was read and, where it goes on from there without a hole, what came meanwhile; the rest is read again. */
function continued(read: readonly Event[], came: readonly Event[], after: Seq): readonly Event[] {
  const events = [...read]
  let next = (read.at(-1)?.seq ?? after) + 1
  for (const event of came) {
    if (event.seq !== next) continue
    events.push(event)
    next += 1
  }
  return events
}
