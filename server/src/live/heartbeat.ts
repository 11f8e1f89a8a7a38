import { protocolLimits } from '@parlance/protocol/limits'
import type { Clock, MonotonicMs } from '../ports/clock.ts'
import type { Connection } from './connection.ts'

/** Milliseconds between two rounds. */
const roundMs = 1_000

/**
 * One timer for all connections. Each round asks those that were silent for 25 s (a WebSocket ping), closes those
 * that did not answer within 10 s of the question, and those that held bytes for 10 s without draining any (SPEC CO4,
 * CO6). The wall's clock has no say in it, and after a pause of this process the 10 s begin anew (CO13).
 */
export class Heartbeat implements Disposable {
  readonly #connections: ReadonlySet<Connection>
  readonly #clock: Clock
  readonly #timer: NodeJS.Timeout
  /** The time of the last round: near enough for noting when a connection was heard. */
  now: MonotonicMs

  constructor(connections: ReadonlySet<Connection>, clock: Clock) {
    this.#connections = connections
    this.#clock = clock
    this.now = clock.monotonicMs()
    this.#timer = setInterval(() => {
      this.now = clock.monotonicMs()
      // What lies in the sockets' buffers is heard before anybody is judged.
      setImmediate(() => this.round())
    }, roundMs).unref()
  }

  /** One round; the timer calls it, and tests with a clock of their own. */
  round(): void {
    this.now = this.#clock.monotonicMs()
    const resumedMs = this.#clock.resumedMs()
    for (const connection of this.#connections) this.#look(connection, resumedMs)
  }

  #look(connection: Connection, resumedMs: MonotonicMs): void {
    if (connection.closed) return
    const { wire } = connection
    const { queuedBytes } = wire
    if (queuedBytes === 0 || queuedBytes < connection.waitingBytes) connection.drainedAt = this.now
    connection.waitingBytes = queuedBytes
    if (this.now - Math.max(connection.drainedAt, resumedMs) >= protocolLimits.queueStallMs) {
      connection.close(connection.endings.slow)
      return
    }
    if (wire.ping === undefined) return
    // Who is not read cannot be heard.
    if (connection.paused) connection.heardAt = this.now
    const { heardAt, askedAt } = connection
    if (askedAt !== undefined && heardAt < askedAt) {
      const waitedMs = this.now - Math.max(askedAt, resumedMs)
      if (waitedMs >= protocolLimits.heartbeatAnswerMs) connection.close(connection.endings.silent)
    } else if (this.now - heardAt >= protocolLimits.heartbeatMs) {
      connection.askedAt = this.now
      wire.ping()
    }
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer)
  }
}
