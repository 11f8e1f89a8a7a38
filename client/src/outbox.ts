import type { Event } from '@parlance/protocol/events'
import type { Message, MessageId, RoomId, Seq, UserId } from '@parlance/protocol/models'
import type { Ask } from './ask.ts'
import type { Cancel, Clock } from './clock.ts'
import { asParlanceError, ParlanceError, type ParlanceErrorCode } from './errors.ts'
import { createMessage } from './fold.ts'
import { makeNonce } from './nonce.ts'
import type { OutboxStore } from './outbox-store.ts'
import type { PendingMessage, PendingState } from './pending.ts'
import type { ServerTime } from './server-time.ts'

/** Failures after which the same message is sent again by itself: it is unknown whether it landed. */
const passing: ReadonlySet<ParlanceErrorCode> = new Set<ParlanceErrorCode>([
  'unavailable',
  'internal',
  'timeout',
])
/** No message is sent for ever to a server that fails on it. */
const maxFailures = 5
const pauseMs = 1_000
const longestPauseMs = 30_000

interface Entry {
  message: PendingMessage
  readonly outcome: PromiseWithResolvers<Message>
  attempts: number
  /** Attempts on which the server failed. */
  failures: number
}

/** What a message answers, and whether its author is told. */
type Answer = { readonly replyTo?: MessageId | null } & Pick<PendingMessage, 'notifyReplied'>

interface OutboxOptions {
  readonly ask: Ask
  readonly clock: Clock
  readonly time: ServerTime
  /** Up to where the room's log has been applied; undefined where it is not known. */
  positionOf(room: RoomId): Seq | undefined
  /** Something of this room's pending messages has changed. */
  changed(room: RoomId): void
}

/**
 * Messages on their way: sent in order per room, one at a time, with the same nonce until they are answered, so that
 * each lands once (SPEC CL2).
 */
export class Outbox {
  readonly #options: OutboxOptions
  #entries: Entry[] = []
  #store: OutboxStore | undefined
  /** What survived a reload goes before what is written now. */
  #isLoading = false
  /** The message of each room that is under way or paused: the others wait for it. */
  readonly #busy = new Map<RoomId, Entry>()
  readonly #pauses = new Map<RoomId, Cancel>()
  readonly #pending = new Map<RoomId, readonly PendingMessage[]>()

  constructor(options: OutboxOptions) {
    this.#options = options
  }

  /** Takes what survived a reload; what is written from here on will. */
  async restore(store: OutboxStore): Promise<void> {
    this.#store = store
    this.#isLoading = true
    const loaded = await store.load()
    if (this.#store !== store) return
    this.#isLoading = false
    const kept = loaded.filter(({ nonce }) => this.#find(nonce) === undefined)
    for (const { message } of this.#entries) store.put(message)
    this.#entries = [...kept.map(entryOf), ...this.#entries]
    for (const { room } of kept) this.#changed(room)
    this.opened()
  }

  /** What is pending in a room, in its order. The same array while nothing has changed. */
  pendingIn(room: RoomId): readonly PendingMessage[] {
    let pending = this.#pending.get(room)
    if (pending === undefined) {
      pending = this.#entries.filter(({ message }) => message.room === room).map(({ message }) => message)
      this.#pending.set(room, Object.freeze(pending))
    }
    return pending
  }

  /** Sends a message. Resolves when it has landed, rejects when the server refuses it. */
  send(room: RoomId, text: string, { replyTo = null, notifyReplied = true }: Answer = {}): Promise<Message> {
    const at = new Date(this.#options.time.now()).toISOString()
    const entry = entryOf({
      nonce: makeNonce(),
      room,
      text,
      replyTo,
      ...(replyTo !== null && !notifyReplied && { notifyReplied }),
      at,
      state: { kind: 'sending' },
    })
    this.#entries.push(entry)
    this.#store?.put(entry.message)
    this.#changed(room)
    this.#pump(room)
    return entry.outcome.promise
  }

  /** Sends a message anew that was refused, after those that wait. */
  retry(nonce: string): Promise<Message> {
    const entry = this.#find(nonce)
    if (entry === undefined) return Promise.reject(new ParlanceError('not_found'))
    if (entry.message.state.kind !== 'failed') return entry.outcome.promise
    const again = entryOf({ ...entry.message, state: { kind: 'sending' } })
    this.#entries = [...this.#entries.filter((other) => other !== entry), again]
    this.#store?.put(again.message)
    this.#changed(again.message.room)
    this.#pump(again.message.room)
    return again.outcome.promise
  }

  /** Gives up a message that was refused. Others are on their way and cannot be called back. */
  discard(nonce: string): void {
    const entry = this.#find(nonce)
    if (entry?.message.state.kind === 'failed') this.#remove(entry)
  }

  /** An event was applied: one's own message is known by its nonce. */
  event(event: Event, me: UserId): void {
    if (event.type !== 'message.created' || event.actor.id !== me || event.nonce === null) return
    const entry = this.#find(event.nonce)
    if (entry?.message.room !== event.room) return
    const message = createMessage(event, me)
    if (message !== undefined) entry.outcome.resolve(message)
    this.#remove(entry)
  }

  /** The log was read anew up to a seq: what landed before is in it. */
  reached(room: RoomId, seq: number): void {
    for (const entry of [...this.#entries]) {
      const { state } = entry.message
      if (entry.message.room === room && state.kind === 'sent' && state.seq <= seq) this.#remove(entry)
    }
  }

  /** There is a connection: sends what waits. */
  opened(): void {
    for (const room of new Set(this.#entries.map(({ message }) => message.room))) this.#pump(room)
  }

  /** Nobody can wait for an outcome any more; what is on its way goes on with the next connection. */
  settle(code: ParlanceErrorCode): void {
    for (const [room, cancel] of this.#pauses) {
      cancel()
      this.#busy.delete(room)
    }
    this.#pauses.clear()
    for (const { outcome } of this.#entries) outcome.reject(new ParlanceError(code))
  }

  /** Forgets everything in memory; what was kept stays kept. */
  clear(): void {
    this.settle('signed_out')
    this.#busy.clear()
    this.#store = undefined
    this.#isLoading = false
    const entries = this.#entries
    this.#entries = []
    for (const { message } of entries) this.#changed(message.room)
  }

  /** Forgets everything, kept or not. */
  async forget(): Promise<void> {
    const forgotten = this.#store?.forget()
    this.clear()
    await forgotten
  }

  #pump(room: RoomId): void {
    if (this.#isLoading || this.#busy.has(room)) return
    const entry = this.#entries.find(
      ({ message }) => message.room === room && message.state.kind === 'sending',
    )
    if (entry === undefined) return
    this.#busy.set(room, entry)
    const next = () => {
      if (this.#busy.get(room) !== entry) return
      this.#busy.delete(room)
      this.#pauses.delete(room)
      this.#pump(room)
    }
    void this.#transmit(entry).then((waitMs) => {
      if (waitMs === undefined) next()
      else if (this.#busy.get(room) !== entry) return
      else if (waitMs === 'closed') this.#busy.delete(room)
      else this.#pauses.set(room, this.#options.clock.after(waitMs, next))
    })
  }

  /** Gives how long the room has to wait for its next one, in milliseconds, where it has to. */
  async #transmit(entry: Entry): Promise<number | 'closed' | undefined> {
    const { nonce, room, text, replyTo, notifyReplied } = entry.message
    try {
      const { duplicate: _, ...message } = await this.#options.ask({
        type: 'message.send',
        room,
        text,
        nonce,
        ...(replyTo !== null && { replyTo }),
        ...(notifyReplied !== undefined && { notifyReplied }),
      })
      entry.outcome.resolve(message)
      this.#set(entry, { kind: 'sent', seq: message.seq })
    } catch (cause) {
      const error = asParlanceError(cause)
      if (error.code === 'closed' || error.code === 'signed_out' || error.code === 'refused') return 'closed'
      entry.attempts += 1
      if (error.code === 'internal') entry.failures += 1
      if (passing.has(error.code) && entry.failures < maxFailures) {
        return error.retryAfterMs ?? Math.min(longestPauseMs, pauseMs * 2 ** Math.min(entry.attempts - 1, 5))
      }
      this.#set(entry, { kind: 'failed', error })
      entry.outcome.reject(error)
    }
    return undefined
  }

  #set(entry: Entry, state: PendingState): void {
    if (!this.#entries.includes(entry)) return
    entry.message = { ...entry.message, state }
    if (state.kind === 'sent') this.#store?.remove(entry.message.nonce)
    else this.#store?.put(entry.message)
    const { room } = entry.message
    this.#changed(room)
    // It landed before this client looked: no event will tell.
    if (state.kind === 'sent') this.reached(room, this.#options.positionOf(room) ?? state.seq)
  }

  #remove(entry: Entry): void {
    this.#entries = this.#entries.filter((other) => other !== entry)
    this.#store?.remove(entry.message.nonce)
    this.#changed(entry.message.room)
  }

  #find(nonce: string): Entry | undefined {
    return this.#entries.find(({ message }) => message.nonce === nonce)
  }

  #changed(room: RoomId): void {
    this.#pending.delete(room)
    this.#options.changed(room)
  }
}

function entryOf(message: PendingMessage): Entry {
  const outcome = Promise.withResolvers<Message>()
  // Whoever does not wait for the outcome sees it in the room's pending messages.
  outcome.promise.catch(() => {})
  return { message, outcome, attempts: 0, failures: 0 }
}
