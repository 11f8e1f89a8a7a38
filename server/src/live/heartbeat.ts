import { protocolLimits } from '@parlance/protocol/limits'
import type { Clock } from '../ports/clock.ts'
import type { Connection } from './connection.ts'

/** Milliseconds between two rounds. */
const roundMs = 1_000

/**
 * One timer for all connections. Each round asks those that were silent for 25 s (a WebSocket ping), closes those
 * that did not answer within 10 s more, and those that held bytes for 10 s without draining any (SPEC CO4, CO6).
 */
export class Heartbeat implements Disposable {
  readonly #connections: ReadonlySet<Connection>
  readonly #clock: Clock
  readonly #timer: NodeJS.Timeout
  /** The time of the last round: near enough for noting when a connection was heard. */
  now: number

  constructor(connections: ReadonlySet<Connection>, clock: Clock) {
    this.#connections = connections
    this.#clock = clock
    this.now = clock.now()
    this.#timer = setInterval(() => this.round(), roundMs).unref()
  }

  /** One round; the timer calls it, and tests with a clock of their own. */
  round(): void {
    this.now = this.#clock.now()
    for (const connection of this.#connections) this.#look(connection)
  }

  #look(connection: Connection): void {
    if (connection.closed) return
    const { wire } = connection
    const { queuedBytes } = wire
    if (queuedBytes === 0 || queuedBytes < connection.waitingBytes) connection.drainedAt = this.now
    connection.waitingBytes = queuedBytes
    if (this.now - connection.drainedAt >= protocolLimits.queueStallMs) {
      connection.close(connection.endings.slow)
      return
    }
    if (wire.ping === undefined) return
    const silentMs = this.now - connection.heardAt
    if (silentMs < protocolLimits.heartbeatMs) {
      connection.asked = false
    } else if (silentMs >= protocolLimits.heartbeatMs + protocolLimits.heartbeatAnswerMs) {
      connection.close(connection.endings.silent)
    } else if (!connection.asked) {
      connection.asked = true
      wire.ping()
    }
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer)
  }
}
