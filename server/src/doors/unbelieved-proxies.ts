import type { IncomingMessage } from 'node:http'
import type { BlockList } from 'node:net'
import type { Logger } from 'pino'
import { unbelievedProxy } from '../dialects/peer.ts'

/** Anybody can look like a proxy: more of them are not told. */
const mostTold = 16

/** Tells the operator of proxies that nobody trusts, of each once (SPEC AC34). */
export class UnbelievedProxies {
  readonly #trusted: BlockList
  readonly #log: Logger
  readonly #told = new Set<string>()

  constructor(trusted: BlockList, log: Logger) {
    this.#trusted = trusted
    this.#log = log
  }

  look(request: IncomingMessage): void {
    if (this.#told.size >= mostTold) return
    const address = unbelievedProxy(request, this.#trusted)
    if (address === undefined || this.#told.has(address)) return
    this.#told.add(address)
    this.#log.warn(
      { address },
      `A proxy that is not trusted tells for whom it asks, and is not believed. If it is yours, set TRUSTED_PROXIES=${address}`,
    )
  }
}
