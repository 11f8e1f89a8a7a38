/** The first retry comes within this time. */
const firstMs = 1_000
const longestMs = 30_000
/** A connection that was open for so long was a good one: the next loss starts over. */
const stableMs = 60_000

/** How long to wait before the next attempt to connect (SPEC CL4). */
export class Backoff {
  readonly #random: () => number
  #attempt = 0
  #openedAt: number | undefined

  constructor(random: () => number) {
    this.#random = random
  }

  /** How many attempts have failed since the last stable connection. */
  get attempt(): number {
    return this.#attempt
  }

  opened(nowMs: number): void {
    this.#openedAt = nowMs
  }

  /** The connection, or the attempt, failed: gives the wait in milliseconds, with full jitter. */
  next(nowMs: number): number {
    if (this.#openedAt !== undefined && nowMs - this.#openedAt >= stableMs) this.#attempt = 0
    this.#openedAt = undefined
    const ceilingMs = Math.min(longestMs, firstMs * 2 ** Math.min(this.#attempt, 10))
    this.#attempt += 1
    return this.#random() * ceilingMs
  }
}
