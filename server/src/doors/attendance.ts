import type { Limits } from '@parlance/protocol/limits'
import { networkOf } from '../chat/rates.ts'
import type { Listener } from '../dialects/listener.ts'
import type { Connection } from '../live/connection.ts'

/** Who is told that the server is going away. */
type Attending = Pick<Listener, 'goodbye' | 'idle'>

/** Who is connected, by whatever door: the limits on their number (SPEC CO11), and whom to tell goodbye. */
export class Attendance {
  readonly #limits: Pick<Limits, 'connections' | 'connectionsPerAddress'>
  readonly #perAddress = new Map<string, number>()
  readonly #listeners = new Map<Connection, Attending>()
  #total = 0
  #emptied: () => void = () => {}

  constructor(limits: Pick<Limits, 'connections' | 'connectionsPerAddress'>) {
    this.#limits = limits
  }

  get listeners(): ReadonlyMap<Connection, Attending> {
    return this.#listeners
  }

  /** Whether one more connection from this address is within the limits. */
  admits(address: string): boolean {
    const { connections, connectionsPerAddress } = this.#limits
    if (connections > 0 && this.#total >= connections) return false
    return (
      connectionsPerAddress === 0 || (this.#perAddress.get(networkOf(address)) ?? 0) < connectionsPerAddress
    )
  }

  /** Counts a transport that was opened from this address; `left` when it has closed. */
  came(address: string): void {
    this.#count(address, 1)
  }

  left(address: string): void {
    this.#count(address, -1)
    if (this.#total === 0) this.#emptied()
  }

  /** Keeps who listens to a connection; `forget` when it has closed. */
  keep(connection: Connection, listener: Attending): void {
    this.#listeners.set(connection, listener)
  }

  forget(connection: Connection): void {
    this.#listeners.delete(connection)
  }

  /**
   * A connection has closed. Where its peer did that, what the peer had sent before is done first, as if it were
   * there still: a message that was sent and a close right behind it are a message (SPEC CO8).
   */
  ended(connection: Connection, listener: Pick<Listener, 'idle' | 'closed'>, remove: () => void): void {
    const end = () => {
      connection.closed = true
      listener.closed()
      remove()
      this.forget(connection)
    }
    if (connection.closed || listener.idle === undefined) {
      end()
      return
    }
    connection.gone = true
    void listener.idle().then(end)
  }

  /** Resolves when everyone has left. */
  async emptied(): Promise<void> {
    if (this.#total > 0) await new Promise<void>((resolve) => (this.#emptied = resolve))
  }

  #count(address: string, by: 1 | -1): void {
    this.#total += by
    const network = networkOf(address)
    const count = (this.#perAddress.get(network) ?? 0) + by
    if (count === 0) this.#perAddress.delete(network)
    else this.#perAddress.set(network, count)
  }
}
