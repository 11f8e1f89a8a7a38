import type { Broker, Publication, Topic } from '../ports/broker.ts'

/**
 * The broker of one process. Publications are handed over after the publisher's own step, as from a network: nobody
 * is called back inside `publish`.
 */
export class MemoryBroker implements Broker {
  readonly #topics = new Set<Topic>()
  #queue: [Topic, Publication][] = []
  #listener: (topic: Topic, publication: Publication) => void = () => {}

  subscribe(topic: Topic): Promise<void> {
    this.#topics.add(topic)
    return Promise.resolve()
  }

  unsubscribe(topic: Topic): Promise<void> {
    this.#topics.delete(topic)
    return Promise.resolve()
  }

  publish(topic: Topic, publication: Publication): void {
    if (!this.#topics.has(topic)) return
    this.#queue.push([topic, publication])
    if (this.#queue.length === 1) queueMicrotask(() => this.#flush())
  }

  #flush(): void {
    const due = this.#queue
    this.#queue = []
    for (const [topic, publication] of due) {
      if (this.#topics.has(topic)) this.#listener(topic, publication)
    }
  }

  onPublication(listener: (topic: Topic, publication: Publication) => void): void {
    this.#listener = listener
  }

  check(): Promise<void> {
    return Promise.resolve()
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.#topics.clear()
    return Promise.resolve()
  }
}
