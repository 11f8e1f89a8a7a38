import type { Event } from '@parlance/protocol/events'
import type { Message, MessageId, Seq, UserId } from '@parlance/protocol/models'
import { createMessage, foldMessage } from './fold.ts'
import { MessageList } from './message-list.ts'

/** The seq that stands for the live end. */
export const latest = Number.POSITIVE_INFINITY

/** Every message of the room from one seq to another, both included. A `to` of `latest` follows the room live. */
export interface Stretch {
  readonly from: Seq
  readonly to: number
  readonly messages: MessageList
}

/**
 * What is known of a room's messages: stretches without holes, apart from each other, one of which is shown. A page
 * that touches a stretch joins it (SPEC MS11), and events change them all.
 */
export class Timeline {
  #stretches: readonly Stretch[] = []
  readonly #seqs = new Map<MessageId, Seq>()
  /** A seq within the stretch that is shown. */
  #anchor = latest

  /** The stretch that is shown, once its page is here. */
  get shown(): Stretch | undefined {
    return this.covering(this.#anchor)
  }

  /** The stretch that follows the room live. */
  get live(): Stretch | undefined {
    return this.covering(latest)
  }

  covering(seq: number): Stretch | undefined {
    return this.#stretches.find(({ from, to }) => from <= seq && seq <= to)
  }

  /** Shows the stretch around a seq; `latest` shows the live one. */
  show(seq: number): void {
    this.#anchor = seq
  }

  find(id: MessageId): Message | undefined {
    const seq = this.#seqs.get(id)
    const messages = seq === undefined ? undefined : this.covering(seq)?.messages
    return messages?.at(messages.indexOf(seq ?? 0))
  }

  /** Adds a page, as of the position that the stretches are at: what is known already stays as it is. */
  insert(page: Stretch): void {
    const touches = ({ from, to }: Stretch) => from <= page.to + 1 && page.from <= to + 1
    const joined = this.#stretches
      .filter(touches)
      .concat(page)
      .sort((a, b) => a.from - b.from)
      .reduce(join)
    for (const { id, seq } of page.messages) this.#seqs.set(id, seq)
    this.#stretches = [...this.#stretches.filter((stretch) => !touches(stretch)), joined].sort(
      (a, b) => a.from - b.from,
    )
  }

  /** Takes the next event of the room. */
  event(event: Event, viewer: UserId): void {
    if (event.type === 'message.created') this.#append(createMessage(event, viewer))
    else if ('message' in event) this.#change(event.message, (message) => foldMessage(message, event, viewer))
    else if (event.type === 'user.deleted') {
      this.#stretches = this.#stretches.map((stretch) => ({
        ...stretch,
        messages: stretch.messages.map((message) =>
          message.author.id === event.user.id ? foldMessage(message, event, viewer) : message,
        ),
      }))
    }
  }

  /** The live stretch with at most so many of its messages. */
  tail(count: number): Stretch | undefined {
    const { live } = this
    if (live === undefined || live.messages.length <= count) return live
    const messages = MessageList.of(live.messages.slice(live.messages.length - count))
    return { from: messages.at(0)?.seq ?? latest, to: latest, messages }
  }

  /** Forgets everything and shows the live stretch, once there is one. */
  clear(): void {
    this.#stretches = []
    this.#seqs.clear()
    this.#anchor = latest
  }

  #append(message: Message | undefined): void {
    const { live } = this
    if (message === undefined || live === undefined) return
    this.#seqs.set(message.id, message.seq)
    this.#put(live, live.messages.append(message))
  }

  #change(id: MessageId, change: (message: Message) => Message): void {
    const seq = this.#seqs.get(id)
    const stretch = seq === undefined ? undefined : this.covering(seq)
    const index = stretch?.messages.indexOf(seq ?? 0) ?? -1
    const message = stretch?.messages.at(index)
    if (stretch === undefined || message === undefined || index < 0) return
    const after = change(message)
    if (after !== message) this.#put(stretch, stretch.messages.replace(index, after))
  }

  #put(stretch: Stretch, messages: MessageList): void {
    this.#stretches = this.#stretches.map((other) => (other === stretch ? { ...stretch, messages } : other))
  }
}

/** Two stretches that touch, the first of which begins no later: what both have is taken from the first. */
function join(a: Stretch, b: Stretch): Stretch {
  if (b.to <= a.to) return a
  return { from: a.from, to: b.to, messages: a.messages.concat(b.messages.after(a.to)) }
}
