import type { DataOf } from '@parlance/protocol/commands'
import type { Event } from '@parlance/protocol/events'
import type { Message, RoomId, Seq, UserId } from '@parlance/protocol/models'
import type { Ask } from './ask.ts'
import { asParlanceError, ParlanceError } from './errors.ts'
import { createMessage, foldMessage } from './fold.ts'
import { MessageList } from './message-list.ts'
import type { Timeline } from './timeline.ts'

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
}

/** Reads pages into a timeline, each as of the room's position: so they join the live events without a gap. */
export class History {
  readonly #room: HistoryRoom
  readonly #timeline: Timeline
  readonly #loads = new Map<string, Promise<void>>()
  /** What happened since each load that is under way began. */
  readonly #since = new Set<Event[]>()
  #life = 0
  error: ParlanceError | null = null

  constructor(room: HistoryRoom, timeline: Timeline) {
    this.#room = room
    this.#timeline = timeline
  }

  get isLoading(): boolean {
    return this.#loads.size > 0
  }

  /** Takes an event that has just been applied to the timeline. */
  event(event: Event): void {
    for (const since of this.#since) since.push(event)
  }

  /** What is under way is of no use any more. */
  reset(): void {
    this.#life += 1
    this.#loads.clear()
    this.#since.clear()
    this.error = null
  }

  /** Reads a page; the same page is not read twice at a time. Throws a `ParlanceError`. */
  load(query: Query, limit: number): Promise<void> {
    const key = JSON.stringify(query)
    const running = this.#loads.get(key)
    if (running !== undefined) return running
    const life = this.#life
    const load = this.#load(query, limit).then(
      () => this.#done(key, life, null),
      (cause: unknown) => {
        const error = asParlanceError(cause)
        this.#done(key, life, error)
        throw error
      },
    )
    this.#loads.set(key, load)
    this.#room.changed()
    return load
  }

  #done(key: string, life: number, error: ParlanceError | null): void {
    if (life !== this.#life) return
    this.#loads.delete(key)
    this.error = error
    this.#room.changed()
  }

  async #load(query: Query, limit: number): Promise<void> {
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
    return { from: isFirst ? 0 : first, to: isLast ? Number.POSITIVE_INFINITY : last }
  }
  if (after !== undefined) return { from: after + 1, to: more ? last : Number.POSITIVE_INFINITY }
  return { from: more ? first : 0, to: before === undefined ? Number.POSITIVE_INFINITY : before - 1 }
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
