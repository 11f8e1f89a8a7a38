import type { Message, Seq } from '@parlance/protocol/models'

const chunkSize = 128

type Chunk = readonly Message[]

/**
 * Messages in the order of their seq, never changed: every change gives a new list that shares all but one chunk
 * with the old one. A change of one message among 50,000 copies a chunk and the list of chunks, not the messages.
 */
export class MessageList implements Iterable<Message> {
  static readonly empty = new MessageList([], [], 0)
  readonly length: number
  readonly #chunks: readonly Chunk[]
  /** The index of each chunk's first message. */
  readonly #starts: readonly number[]

  private constructor(chunks: readonly Chunk[], starts: readonly number[], length: number) {
    this.#chunks = chunks
    this.#starts = starts
    this.length = length
  }

  static of(messages: readonly Message[]): MessageList {
    const chunks: Chunk[] = []
    for (let i = 0; i < messages.length; i += chunkSize) chunks.push(messages.slice(i, i + chunkSize))
    return fromChunks(chunks)
  }

  /** @internal */
  static ofChunks(chunks: readonly Chunk[], starts: readonly number[], length: number): MessageList {
    return length === 0 ? MessageList.empty : new MessageList(chunks, starts, length)
  }

  /** The message at an index; from the end where it is negative. */
  at(index: number): Message | undefined {
    const place = index < 0 ? index + this.length : index
    if (!(place >= 0 && place < this.length)) return undefined
    const chunk = lastNotAbove(this.#starts, place)
    return this.#chunks[chunk]?.[place - (this.#starts[chunk] ?? 0)]
  }

  /** How many messages have a seq up to this one: the index of the first message after it. */
  countUpTo(seq: Seq): number {
    let [low, high] = [0, this.length]
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.at(middle)?.seq ?? 0) <= seq) low = middle + 1
      else high = middle
    }
    return low
  }

  /** The index of the message of this seq, or -1. */
  indexOf(seq: Seq): number {
    const index = this.countUpTo(seq) - 1
    return this.at(index)?.seq === seq && index >= 0 ? index : -1
  }

  /** The messages from `start` up to before `end`, as an array. */
  slice(start = 0, end: number = this.length): Message[] {
    const found: Message[] = []
    for (let i = Math.max(0, start); i < Math.min(end, this.length); i += 1) {
      const message = this.at(i)
      if (message !== undefined) found.push(message)
    }
    return found
  }

  /** With one more at the end. */
  append(message: Message): MessageList {
    const last = this.#chunks.at(-1)
    if (last === undefined || last.length >= chunkSize) {
      return new MessageList([...this.#chunks, [message]], [...this.#starts, this.length], this.length + 1)
    }
    const chunks = this.#chunks.with(-1, [...last, message])
    return new MessageList(chunks, this.#starts, this.length + 1)
  }

  /** With another message at an index. */
  replace(index: number, message: Message): MessageList {
    const place = lastNotAbove(this.#starts, index)
    const chunk = this.#chunks[place]
    if (chunk === undefined) return this
    const after = chunk.with(index - (this.#starts[place] ?? 0), message)
    return new MessageList(this.#chunks.with(place, after), this.#starts, this.length)
  }

  /** With the messages of another list after its own. */
  concat(other: MessageList): MessageList {
    return fromChunks([...this.#chunks, ...other.#chunks])
  }

  /** Only the messages after a seq. */
  after(seq: Seq): MessageList {
    const count = this.countUpTo(seq)
    if (count === 0) return this
    const place = lastNotAbove(this.#starts, count)
    const first = this.#chunks[place]?.slice(count - (this.#starts[place] ?? 0)) ?? []
    return fromChunks([first, ...this.#chunks.slice(place + 1)])
  }

  /** With each message changed; chunks in which none did stay the same. */
  map(change: (message: Message) => Message): MessageList {
    const chunks = this.#chunks.map((chunk) => {
      const after = chunk.map(change)
      return after.every((message, i) => message === chunk[i]) ? chunk : after
    })
    return new MessageList(chunks, this.#starts, this.length)
  }

  *[Symbol.iterator](): IterableIterator<Message> {
    for (const chunk of this.#chunks) yield* chunk
  }
}

function fromChunks(given: readonly Chunk[]): MessageList {
  const chunks = given.filter((chunk) => chunk.length > 0)
  const starts: number[] = []
  let length = 0
  for (const chunk of chunks) {
    starts.push(length)
    length += chunk.length
  }
  return MessageList.ofChunks(chunks, starts, length)
}

/** The place of the last number that is not above; they ascend from 0. */
function lastNotAbove(numbers: readonly number[], limit: number): number {
  let [low, high] = [0, numbers.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((numbers[middle] ?? 0) <= limit) low = middle + 1
    else high = middle
  }
  return low - 1
}
