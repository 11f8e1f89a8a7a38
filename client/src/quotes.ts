import type { Event } from '@parlance/protocol/events'
import type { Message, MessageId, UserId } from '@parlance/protocol/models'
import { foldMessage } from './fold.ts'

/** So many are kept; the one read first goes. */
const maxQuotes = 200

/**
 * Single messages that others refer to and that no page has brought. Text and author follow the events; reactions are
 * as they were read, since an answer does not tell which of them are in it.
 */
export class Quotes {
  readonly #get: (id: MessageId) => Promise<Message>
  readonly #viewer: () => UserId
  #found = new Map<MessageId, Message>()
  #asked = new Map<MessageId, Promise<Message>>()
  /** What happened since the oldest question that is not answered. */
  #since: Event[] = []

  constructor(get: (id: MessageId) => Promise<Message>, viewer: () => UserId) {
    this.#get = get
    this.#viewer = viewer
  }

  find(id: MessageId): Message | undefined {
    return this.#found.get(id)
  }

  /** Reads a message, once. Throws a `ParlanceError`. */
  read(id: MessageId): Promise<Message> {
    const found = this.#found.get(id)
    if (found !== undefined) return Promise.resolve(found)
    const asked = this.#asked.get(id) ?? this.#read(id)
    this.#asked.set(id, asked)
    return asked
  }

  event(event: Event): void {
    if (event.type !== 'message.edited' && event.type !== 'message.deleted' && event.type !== 'user.deleted')
      return
    if (this.#asked.size > 0) this.#since.push(event)
    for (const [id, message] of this.#found) this.#found.set(id, foldMessage(message, event, this.#viewer()))
  }

  /** What is known is void. */
  clear(): void {
    this.#found = new Map()
    this.#asked = new Map()
    this.#since = []
  }

  async #read(id: MessageId): Promise<Message> {
    const found = this.#found
    const asked = this.#asked
    try {
      // An event may overtake the answer that is older; one that is in it already changes nothing.
      const fold = (message: Message, event: Event) => foldMessage(message, event, this.#viewer())
      const message = this.#since.reduce(fold, await this.#get(id))
      const [oldest] = found.keys()
      if (oldest !== undefined && found.size >= maxQuotes) found.delete(oldest)
      found.set(id, message)
      return message
    } finally {
      asked.delete(id)
      if (this.#asked.size === 0) this.#since = []
    }
  }
}
