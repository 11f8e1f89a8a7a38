import type { DataOf } from '@parlance/protocol/commands'
import type { Event } from '@parlance/protocol/events'
import type { Message, MessageId, RoomId, Seq, UserId } from '@parlance/protocol/models'
import type { Ask } from './ask.ts'
import type { Tail } from './cache.ts'
import { asParlanceError, ParlanceError } from './errors.ts'
import { createMessage, foldMessage } from './fold.ts'
import { MessageList } from './message-list.ts'
import type { TimelineSnapshot } from './room.ts'
import { steady } from './snapshots.ts'
import { latest, type Stretch, Timeline } from './timeline.ts'

/** Which page: at most one of the three. */
interface Query {
  readonly before?: Seq
  readonly after?: Seq
  readonly around?: Seq
}

/** What the history needs of its room. */
interface HistoryRoom {
  readonly id: RoomId
  readonly ask: Ask
  viewer(): UserId
  /** Resolves when the events up to this seq have been applied; false where they could not. */
  reach(seq: Seq): Promise<boolean>
  changed(): void
  /** There are messages that were not here before. */
  grew(): void
}

/** The messages of a room: pages, each taken as of the room's position, so that they join the live events. */
export class History {
  readonly #room: HistoryRoom
  readonly #timeline = new Timeline()
  readonly #loads = new Map<string, Promise<void>>()
  /** What happened since each load that is under way began. */
  readonly #since = new Set<Event[]>()
  #life = 0
  #resets = 0
  #error: ParlanceError | null = null
  #snapshot: TimelineSnapshot | undefined

  constructor(room: HistoryRoom) {
    this.#room = room
  }

  get snapshot(): TimelineSnapshot {
    const { shown } = this.#timeline
    this.#snapshot = steady(this.#snapshot, {
      messages: shown?.messages ?? MessageList.empty,
      isLoaded: shown !== undefined,
      isLoading: this.#loads.size > 0,
      error: this.#error,
      hasOlder: shown !== undefined && shown.from > 0,
      hasNewer: shown !== undefined && shown.to !== latest,
      resets: this.#resets,
    })
    return this.#snapshot
  }

  /** The messages that follow the room live. */
  get live(): Stretch | undefined {
    return this.#timeline.live
  }

  find(id: MessageId): Message | undefined {
    return this.#timeline.find(id)
  }

  /** Takes the next event of the room. */
  event(event: Event): void {
    this.#timeline.event(event, this.#room.viewer())
    for (const since of this.#since) since.push(event)
  }

  /** Takes what was kept of the live end, as of the room's position. */
  restore({ from, messages }: Tail): void {
    this.#timeline.insert({ from, to: latest, messages: MessageList.of(messages) })
  }

  /** The live end, as `restore` takes it. */
  tail(count: number): Tail | undefined {
    const tail = this.#timeline.tail(count)
    return tail && { from: tail.from, messages: [...tail.messages] }
  }

  /** Forgets all but the newest messages, where the live end is here. */
  trim(count: number): void {
    const tail = this.#timeline.tail(count)
    this.clear()
    if (tail !== undefined && count > 0) this.#timeline.insert(tail)
  }

  /** Forgets everything; what is under way is of no use any more. */
  clear(): void {
    this.#life += 1
    this.#loads.clear()
    this.#since.clear()
    this.#error = null
    this.#timeline.clear()
  }

  /** Forgets everything since the log could not be followed. */
  reset(): void {
    this.clear()
    this.#resets += 1
  }

  async loadOlder(limit: number): Promise<void> {
    const { shown } = this.#timeline
    if (shown === undefined) await this.show(latest, limit)
    else if (shown.from > 0) await this.#load({ before: shown.from }, limit)
  }

  async loadNewer(limit: number): Promise<void> {
    const { shown } = this.#timeline
    if (shown === undefined) await this.show(latest, limit)
    else if (shown.to !== latest) await this.#load({ after: shown.to }, limit)
  }

  /** Shows the messages around a seq, or the live end for `latest`; what is not here is read first. */
  async show(seq: number, limit: number): Promise<void> {
    const life = this.#life
    if (this.#timeline.covering(seq) === undefined)
      await this.#load(seq === latest ? {} : { around: seq }, Math.max(2, limit))
    if (life !== this.#life) return
    this.#timeline.show(seq)
    this.#room.changed()
  }

  /** Reads a page; the same page is not read twice at a time. Throws a `ParlanceError`. */
  #load(query: Query, limit: number): Promise<void> {
    const key = JSON.stringify(query)
    const running = this.#loads.get(key)
    if (running !== undefined) return running
    const life = this.#life
    const done = (error: ParlanceError | null) => {
      if (life !== this.#life) return
      this.#loads.delete(key)
      this.#error = error
      this.#room.changed()
    }
    const load = this.#read(query, limit).then(
      () => done(null),
      (cause: unknown) => {
        done(asParlanceError(cause))
        throw cause
      },
    )
    this.#loads.set(key, load)
    this.#room.changed()
    return load
  }

  async #read(query: Query, limit: number): Promise<void> {
    const life = this.#life
    const since: Event[] = []
    this.#since.add(since)
    try {
      const page = await this.#room.ask({ type: 'message.history', room: this.#room.id, ...query, limit })
      if (life !== this.#life) return
      const reached = await this.#room.reach(page.head)
      if (life !== this.#life) return
      if (!reached) throw new ParlanceError('unavailable')
      const covered = coverage(query, limit, page)
      const later = since.filter(({ seq }) => seq > page.head)
      const messages = advance(page.messages, later, covered.to, this.#room.viewer())
      this.#timeline.insert({ ...covered, messages: MessageList.of(messages) })
      this.#room.grew()
    } finally {
      this.#since.delete(since)
    }
  }
}

/** From which seq to which a page tells everything; to Infinity where it ends at the head. */
function coverage(
  { before, after, around }: Query,
  limit: number,
  { messages, more }: DataOf<'message.history'>,
): { readonly from: Seq; readonly to: number } {
  const first = messages[0]?.seq ?? 0
  const last = messages.at(-1)?.seq ?? 0
  if (around !== undefined) {
    const older = messages.filter(({ seq }) => seq <= around).length
    const isFirst = older < Math.ceil(limit / 2)
    const isLast = messages.length - older < Math.floor(limit / 2)
    return { from: isFirst ? 0 : first, to: isLast ? latest : last }
  }
  if (after !== undefined) return { from: after + 1, to: more ? last : latest }
  return { from: more ? first : 0, to: before === undefined ? latest : before - 1 }
}

/** A page after the events that came since it was read. */
function advance(
  page: readonly Message[],
  events: readonly Event[],
  to: number,
  viewer: UserId,
): readonly Message[] {
  const messages = new Map(page.map((message) => [message.id, message]))
  for (const event of events) {
    const created = event.type === 'message.created' ? createMessage(event, viewer) : undefined
    if (created !== undefined && created.seq <= to) messages.set(created.id, created)
    else if (event.type === 'user.deleted') {
      for (const [id, message] of messages) messages.set(id, foldMessage(message, event, viewer))
    } else if ('message' in event) {
      const message = messages.get(event.message)
      if (message !== undefined) messages.set(message.id, foldMessage(message, event, viewer))
    }
  }
  return [...messages.values()]
}
