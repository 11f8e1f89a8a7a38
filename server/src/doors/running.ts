import type { FastifyInstance } from 'fastify'

/** The HTTP requests that are being worked on: those that have wholly arrived and are not wholly answered. */
export class Running {
  #count = 0
  #idlers: (() => void)[] = []

  /** Counts the requests of this app from here on. One that is still arriving has a claim on nothing. */
  constructor(app: FastifyInstance) {
    app.addHook('preValidation', async (_request, reply) => {
      this.#count += 1
      reply.raw.once('close', () => {
        this.#count -= 1
        if (this.#count === 0) for (const idler of this.#idlers.splice(0)) idler()
      })
    })
  }

  get count(): number {
    return this.#count
  }

  /** Resolves when every request has been answered. */
  idle(): Promise<void> {
    return this.#count === 0 ? Promise.resolve() : new Promise((resolve) => this.#idlers.push(resolve))
  }
}
