import type { Event } from '@parlance/protocol/events'
import type { Message, MessageId, OwnRoom, RoomId, Seq, UserId } from '@parlance/protocol/models'
import type { Signal, SignalOf } from '@parlance/protocol/signals'
import type { Ask } from './ask.ts'
import type { Cache, KeptRoom } from './cache.ts'
import type { Clock } from './clock.ts'
import { History } from './history.ts'
import type { Listener, Reset } from './listener.ts'
import { Members } from './members.ts'
import type { Outbox } from './outbox.ts'
import { OwnSummary } from './own-summary.ts'
import { Position } from './position.ts'
import { OnlineUsers } from './presence.ts'
import { Quotes } from './quotes.ts'
import { Reads } from './reads.ts'
import type { Requests } from './requests.ts'
import type { Room, RoomSnapshot, SendOptions } from './room.ts'
import { SnapshotSource } from './snapshots.ts'
import { countUnread } from './summary.ts'
import { latest } from './timeline.ts'
import { Typing } from './typing.ts'

const pageSize = 50
/** With more events missed than this, kept messages are read anew: it takes less. */
const maxMissed = 2_000
/** How long a person waits for the answer to what they asked, in milliseconds. */
export const askMs = 30_000

/** What a room shares with the others. */
export interface RoomContext {
  readonly clock: Clock
  readonly requests: Requests
  readonly outbox: Outbox
  readonly listener: Required<Listener>
  readonly cache: Cache | undefined
  me(): UserId
  /** A room's summary has changed. */
  changed(): void
}

/** One room as it lives: events and signals in, snapshots out. */
export class LiveRoom implements Room {
  readonly id: RoomId
  readonly getSnapshot: () => RoomSnapshot
  readonly subscribe: (listener: () => void) => () => void
  readonly #context: RoomContext
  readonly #ask: Ask
  readonly #source: SnapshotSource<RoomSnapshot>
  readonly #position: Position
  readonly #summary: OwnSummary
  readonly #history: History
  readonly #quotes: Quotes
  readonly #members: Members
  readonly #online: OnlineUsers
  readonly #reads: Reads
  readonly #typing: Typing
  #isMember = true
  #isOpen = false

  /** `kept`: from where its log goes on, where that is not the summary's head. */
  constructor(summary: OwnRoom, context: RoomContext, kept?: KeptRoom) {
    const { id } = summary
    const ask: Ask = (command, timeoutMs) => context.requests.ask(command, timeoutMs)
    const changed = () => this.#source.changed()
    const me = () => context.me()
    this.id = id
    this.#context = context
    this.#ask = ask
    this.#source = new SnapshotSource(() => this.#build())
    this.getSnapshot = this.#source.getSnapshot
    this.subscribe = this.#source.subscribe
    this.#position = new Position(id, kept?.position ?? summary.head, ask, (event) => this.#apply(event))
    this.#history = new History({
      id,
      ask,
      viewer: me,
      reach: (seq) => this.#position.reach(seq),
      changed,
      grew: () => context.cache?.changed(id),
    })
    this.#summary = new OwnSummary(summary, {
      ask,
      me,
      count: (read, head) => this.#count(read, head),
      changed: () => {
        changed()
        context.changed()
      },
    })
    this.#quotes = new Quotes((message) => ask({ type: 'message.get', room: id, message }, askMs), me)
    this.#members = new Members(ask, id, me, changed)
    this.#online = new OnlineUsers(ask, changed)
    this.#reads = new Reads(ask, changed)
    this.#typing = new Typing(context.clock, changed)
    if (kept?.tail !== undefined) this.#history.restore(kept.tail)
  }

  get summary(): OwnRoom {
    return this.#summary.value
  }

  /** The seq of the last event that was applied. */
  get position(): Seq {
    return this.#position.seq
  }

  // What the application asks for.

  async open(): Promise<void> {
    this.#isOpen = true
    this.#context.cache?.opened(this.id)
    await this.#load()
  }

  close(): void {
    this.#isOpen = false
    this.#history.trim(this.#context.cache?.keeps(this.id) ?? 0)
    this.#source.changed()
  }

  loadMembers(): Promise<void> {
    return this.#members.read()
  }

  loadOlder(limit = pageSize): Promise<void> {
    return this.#history.loadOlder(limit)
  }

  loadNewer(limit = pageSize): Promise<void> {
    return this.#history.loadNewer(limit)
  }

  jumpTo(seq: Seq, limit = pageSize): Promise<void> {
    return this.#history.show(seq, limit)
  }

  jumpToLatest(): Promise<void> {
    return this.#history.show(latest, pageSize)
  }

  async jumpToDate(at: Date | string, limit = pageSize): Promise<Seq | undefined> {
    const date = new Date(at)
    // A page of one is the first message from there on, or the newest where there is none.
    const { messages } = await this.#ask(
      { type: 'message.history', room: this.id, at: date.toISOString(), limit: 1 },
      askMs,
    )
    const first = messages.find((message) => Date.parse(message.at) >= date.getTime())?.seq
    await this.#history.show(first ?? latest, limit)
    return first
  }

  find(id: MessageId): Message | undefined {
    return this.#history.find(id) ?? this.#quotes.find(id)
  }

  async message(id: MessageId): Promise<Message> {
    const found = this.#history.find(id)
    if (found !== undefined) return found
    await this.#quotes.read(id)
    this.#source.changed()
    return this.find(id) ?? this.#quotes.read(id)
  }

  send(text: string, options: SendOptions = {}): Promise<Message> {
    this.#typing.sent()
    return this.#context.outbox.send(this.id, text, options)
  }

  retry(nonce: string): Promise<Message> {
    return this.#context.outbox.retry(nonce)
  }

  discard(nonce: string): void {
    this.#context.outbox.discard(nonce)
  }

  edit(message: MessageId, text: string): Promise<Message> {
    return this.#ask({ type: 'message.edit', room: this.id, message, text }, askMs)
  }

  delete(message: MessageId): Promise<Message> {
    return this.#ask({ type: 'message.delete', room: this.id, message }, askMs)
  }

  react(message: MessageId, emoji: string): Promise<Message> {
    return this.#ask({ type: 'reaction.add', room: this.id, message, emoji }, askMs)
  }

  unreact(message: MessageId, emoji: string): Promise<Message> {
    return this.#ask({ type: 'reaction.remove', room: this.id, message, emoji }, askMs)
  }

  markRead(seq: Seq = this.position): void {
    this.#summary.mark(Math.min(seq, this.position))
  }

  typing(): void {
    if (this.#typing.isDue()) this.#context.requests.tell({ type: 'typing', room: this.id })
  }

  // What the server tells.

  /** A connection has opened. `isReplayed`: the server was told the position, and tells what follows it. */
  welcome(summary: OwnRoom, isReplayed: boolean): void {
    this.#typing.clear()
    if (isReplayed) this.#summary.adopt(summary)
    else this.added(summary)
    this.#summary.confirm(summary.read)
    if (this.#isOpen) void this.#load().catch(() => {})
  }

  /**
   * The first connection since a reload has opened: what is shown is brought up to date, unless too much was missed.
   * Of other rooms the summary tells all.
   */
  rejoin(summary: OwnRoom): void {
    const { live } = this.#history
    if (live === undefined) this.#position.reset(summary.head)
    if (summary.head - this.position > maxMissed) this.reset(summary, 'behind')
    else this.welcome(summary, false)
  }

  /** The room is (still) one's own: its log is read up to where the summary is. */
  added(summary: OwnRoom): void {
    this.#summary.adopt(summary)
    void this.#position.reach(summary.head)
  }

  /** The server is at this seq. */
  headIs(seq: Seq): void {
    void this.#position.reach(seq)
  }

  event(event: Event): void {
    this.#position.event(event)
  }

  signal(signal: Exclude<Signal, SignalOf<'room.added' | 'room.removed'>>): void {
    switch (signal.type) {
      case 'typing':
        if (signal.user.id !== this.#context.me()) this.#typing.heard(signal.user)
        break
      case 'presence':
        this.#online.heard(signal)
        break
      case 'read.marked':
        this.#marked(signal)
        break
    }
  }

  /** The log cannot be followed from where it was: everything is read anew, and that is said. */
  reset(summary: OwnRoom, reason: Reset['reason']): void {
    this.#position.reset(summary.head)
    this.#history.reset()
    this.#quotes.clear()
    this.#reads.clear()
    this.#summary.adopt(summary, true)
    this.#members.reset()
    this.#context.outbox.reached(this.id, summary.head)
    this.#context.listener.reset({ room: this.id, reason, head: summary.head })
    this.#source.changed()
    if (this.#isOpen) void this.#load().catch(() => {})
  }

  /** One does not belong to it any more. */
  removed(): void {
    this.#isMember = false
    this.#typing.clear()
    this.#context.outbox.reached(this.id, latest)
    this.#source.changed()
  }

  /** The connection is gone: who types is not known. */
  cut(): void {
    this.#typing.clear()
  }

  /** Asks who is online. */
  readOnline(): Promise<void> {
    return this.#online.read(this.id)
  }

  /** As the cache keeps it. */
  kept(messages: number): KeptRoom {
    const tail = this.#history.tail(messages)
    return { summary: this.summary, position: this.position, ...(tail && { tail }) }
  }

  /** The cache has other rooms to keep. */
  dropped(): void {
    if (!this.#isOpen) this.close()
  }

  /** Something of the room's pending messages has changed. */
  pendingChanged(): void {
    this.#source.changed()
  }

  async #load(): Promise<void> {
    void this.readOnline()
    if (this.summary.visibility === 'direct') void this.#reads.read(this.id, this.#context.me())
    if (this.#history.live === undefined) await this.#history.show(latest, pageSize)
  }

  #apply(event: Event): void {
    const before = 'message' in event ? this.#history.find(event.message) : undefined
    this.#history.event(event)
    this.#quotes.event(event)
    this.#members.event(event)
    this.#summary.event(event, before)
    if (event.type === 'message.created') this.#typing.stopped(event.actor.id)
    this.#context.outbox.event(event, this.#context.me())
    // Whoever listens sees it in the snapshot.
    this.#source.changed()
    // A room that was left may still read on; if one is back, another object tells its events.
    if (this.#isMember) this.#context.listener.event(event)
    this.#context.cache?.changed(this.id)
  }

  #marked({ user, read, unread, mentions }: SignalOf<'read.marked'>): void {
    if (user !== this.#context.me()) this.#reads.heard(user, read)
    else if (unread !== undefined && mentions !== undefined) this.#summary.marked({ read, unread, mentions })
  }

  #count(read: Seq, head: Seq) {
    const { live } = this.#history
    if (live === undefined || live.from > read + 1 || this.position < head) return undefined
    return countUnread(live.messages, read, this.#context.me())
  }

  #build(): RoomSnapshot {
    return {
      summary: this.summary,
      isMember: this.#isMember,
      timeline: this.#history.snapshot,
      pending: this.#context.outbox.pendingIn(this.id),
      members: this.#members.all,
      online: this.#online.users,
      onlineCount: this.#online.count,
      typing: this.#typing.users,
      reads: this.#reads.all,
    }
  }
}
