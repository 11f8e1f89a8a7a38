import type { Broker, Publication, Topic } from '../ports/broker.ts'

/**
 * The broker of one process. Publications are handed over after the publisher's own step, as from a network: nobody
 * is called back inside `publish`.
 */
export class MemoryBroker implements Broker {
  readonly #listeners = new Map<Topic, (publication: Publication) => void>()
  #queue: [Topic, Publication][] = []

  subscribe(topic: Topic, listener: (publication: Publication) => void): Promise<void> {
    this.#listeners.set(topic, listener)
    return Promise.resolve()
  }

  unsubscribe(topic: Topic): Promise<void> {
    this.#listeners.delete(topic)
    return Promise.resolve()
  }

  publish(topic: Topic, publication: Publication): void {
    this.#queue.push([topic, publication])
    if (this.#queue.length === 1) queueMicrotask(() => this.#flush())
  }

  #flush(): void {
    const due = this.#queue
    this.#queue = []
    for (const [topic, publication] of due) this.#listeners.get(topic)?.(publication)
  }

  check(): Promise<void> {
    return Promise.resolve()
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.#listeners.clear()
    return Promise.resolve()
  }
}
