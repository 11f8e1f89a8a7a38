import type { Timestamp } from '@parlance/protocol/models'
import type { Clock } from './clock.ts'

/** By how much two clocks that nobody sets drift apart: far more than any quartz does. */
const driftPerMs = 1 / 1_000

/**
 * What the server's clock shows, as learnt from what the server says (SPEC CL16): every answer with a time in it says
 * that the server's clock was so between the question and the answer. What all answers agree on is kept, by a clock that
 * nobody sets, so that neither a wrong clock of this machine nor one that is set matters. Before the first answer it is
 * this machine's clock.
 */
export class ServerTime {
  readonly #clock: Clock
  /** The least and the most that the server's clock is ahead of the monotonic one, as of a moment. */
  #known: { readonly leastMs: number; readonly mostMs: number; readonly atMs: number } | undefined

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Milliseconds since the epoch. */
  now(): number {
    if (this.#known === undefined) return this.#clock.now()
    const { leastMs, mostMs } = this.#known
    return Math.round(this.#clock.monotonicMs() + (leastMs + mostMs) / 2)
  }

  /** The server has answered what it was asked at `askedMs` (monotonic), and its clock showed `at`. */
  heard(at: Timestamp | undefined, askedMs: number | undefined): void {
    const serverMs = Date.parse(at ?? '')
    if (Number.isNaN(serverMs) || askedMs === undefined) return
    const atMs = this.#clock.monotonicMs()
    const leastMs = serverMs - atMs
    const mostMs = serverMs - askedMs
    const before = this.#known
    const driftMs = before === undefined ? 0 : (atMs - before.atMs) * driftPerMs
    const both = {
      leastMs: Math.max(leastMs, (before?.leastMs ?? leastMs) - driftMs),
      mostMs: Math.min(mostMs, (before?.mostMs ?? mostMs) + driftMs),
      atMs,
    }
    // Where they contradict each other, a clock was set or a machine slept: the newer one knows.
    this.#known = both.leastMs <= both.mostMs ? both : { leastMs, mostMs, atMs }
  }
}
