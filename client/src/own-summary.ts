import type { DataOf } from '@parlance/protocol/commands'
import type { Event } from '@parlance/protocol/events'
import type { Message, OwnRoom, Seq, UserId } from '@parlance/protocol/models'
import type { Ask } from './ask.ts'
import { ReadMarker } from './read-marker.ts'
import { steady } from './snapshots.ts'
import { advanceSummary } from './summary.ts'

type Counts = Pick<OwnRoom, 'unread' | 'mentions'>

interface SummaryRoom {
  readonly ask: Ask
  me(): UserId
  /** What is unread after a seq, by the messages at hand; undefined where they do not reach from it to the head. */
  count(read: Seq, head: Seq): Counts | undefined
  changed(): void
}

/** A room's summary: the server's, then the events after it, then again the server's where events do not tell all. */
export class OwnSummary {
  readonly #room: SummaryRoom
  readonly #marker: ReadMarker
  /** The seq up to which it tells the state. */
  #at: Seq
  #isAsking = false
  value: OwnRoom

  constructor(value: OwnRoom, room: SummaryRoom) {
    this.#room = room
    this.value = Object.freeze(value)
    this.#at = value.head
    this.#marker = new ReadMarker(room.ask, value.id, (state) => this.marked(state))
    this.#marker.moved(value.read)
  }

  /** Takes the server's word, unless later events are in it already. `isNew`: they are void. */
  adopt(summary: OwnRoom, isNew = false): boolean {
    if (summary.head < this.#at && !isNew) return false
    this.#at = summary.head
    if (isNew) this.#marker.reset()
    this.#put(summary)
    return true
  }

  /** A connection has opened, to a server that has the marker here: where one has read on since, it is told. */
  confirm(read: Seq): void {
    if (this.value.read > read) this.#marker.mark(this.value.read)
  }

  /** Takes an event; `before` is the message it is about, where that is at hand. */
  event(event: Event, before: Message | undefined): void {
    if (event.seq <= this.#at) return
    this.#at = event.seq
    const { summary, isSure } = advanceSummary(this.value, event, this.#room.me(), before)
    this.value = Object.freeze(summary)
    this.#room.changed()
    if (!isSure) void this.#ask()
  }

  /** One has read up to a seq: it counts here at once, and the server is told. */
  mark(seq: Seq): void {
    if (seq <= this.value.read) return
    this.#marker.mark(seq)
    this.#put(this.value)
  }

  /** The server tells the marker, with its absolute counts (SPEC MS8). */
  marked(state: DataOf<'read.mark'>): void {
    const isBehind = state.read < this.#marker.seq
    this.#put(isBehind ? this.value : { ...this.value, ...state })
    // Which events are in these counts, they do not tell.
    const { read, head } = this.value
    if (read < head && this.#room.count(read, this.#at) === undefined) void this.#ask()
  }

  /** The greater marker counts, and messages at hand count better than what was true a moment ago. */
  #put(summary: OwnRoom): void {
    this.#marker.moved(summary.read)
    const read = this.#marker.seq
    const counts: Counts =
      read >= summary.head ? { unread: 0, mentions: 0 } : (this.#room.count(read, this.#at) ?? summary)
    const before = this.value
    this.value = steady(before, { ...summary, read, unread: counts.unread, mentions: counts.mentions })
    if (this.value !== before) this.#room.changed()
  }

  /** Whether an answer knows the marker here. One on its way is in the next; one that the server failed on in none. */
  #isTold(read: Seq): boolean {
    return read >= this.#marker.seq || !this.#marker.isTelling
  }

  async #ask(): Promise<void> {
    if (this.#isAsking) return
    this.#isAsking = true
    try {
      for (let isCurrent = false; !isCurrent; ) {
        const room = await this.#room.ask({ type: 'room.get', room: this.value.id })
        isCurrent = !('role' in room) || (this.adopt(room) && this.#isTold(room.read))
      }
    } catch {
      // Not a member any more, or signed out: the room goes.
    } finally {
      this.#isAsking = false
    }
  }
}
