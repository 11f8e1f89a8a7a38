import type { Clock } from '../ports/clock.ts'

interface Bucket {
  tokens: number
  at: number
}

/** Entries kept at most; when full, those that have refilled are swept, then the oldest go. */
const maxBuckets = 100_000

/**
 * Token buckets by key: `rate` per `perMs`, with bursts up to `burst`. A rate of 0 is off.
 * Memory is bounded: full buckets say nothing and are forgotten.
 */
export class Rates {
  readonly #clock: Clock
  readonly #buckets = new Map<string, Bucket>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Takes one token. Gives 0 when it was there, else the milliseconds until there is one. */
  take(key: string, rate: number, perMs: number, burst: number = rate): number {
    if (rate === 0) return 0
    const now = this.#clock.now()
    let bucket = this.#buckets.get(key)
    if (bucket === undefined) {
      if (this.#buckets.size >= maxBuckets) this.#sweep(now)
      bucket = { tokens: burst, at: now }
      this.#buckets.set(key, bucket)
    } else {
      bucket.tokens = Math.min(burst, bucket.tokens + (Math.max(0, now - bucket.at) * rate) / perMs)
      bucket.at = now
    }
    if (bucket.tokens >= 1) {
      bucket.tokens -= 1
      return 0
    }
    return Math.ceil(((1 - bucket.tokens) * perMs) / rate)
  }

  /** Gives a token back: what it was taken for was no offence after all. */
  giveBack(key: string): void {
    const bucket = this.#buckets.get(key)
    if (bucket !== undefined) bucket.tokens += 1
  }

  #sweep(now: number): void {
    const hourMs = 3_600_000
    for (const [key, bucket] of this.#buckets) if (now - bucket.at > hourMs) this.#buckets.delete(key)
    const surplus = this.#buckets.size - maxBuckets / 2
    let dropped = 0
    for (const key of this.#buckets.keys()) {
      if (dropped++ >= surplus) break
      this.#buckets.delete(key)
    }
  }
}
