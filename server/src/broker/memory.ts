import type { Broker, Publication, Topic } from '../ports/broker.ts'

/** The broker of a single node: what is published is heard at once, in the same turn. */
export class MemoryBroker implements Broker {
  readonly #topics = new Set<Topic>()
  #listener: (topic: Topic, publication: Publication) => void = () => {}

  async subscribe(topic: Topic): Promise<void> {
    this.#topics.add(topic)
  }

  async unsubscribe(topic: Topic): Promise<void> {
    this.#topics.delete(topic)
  }

  publish(topic: Topic, publication: Publication): void {
    if (this.#topics.has(topic)) this.#listener(topic, publication)
  }

  onPublication(listener: (topic: Topic, publication: Publication) => void): void {
    this.#listener = listener
  }

  async check(): Promise<void> {}

  async [Symbol.asyncDispose](): Promise<void> {
    this.#topics.clear()
  }
}
