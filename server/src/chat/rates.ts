import type { Clock, MonotonicMs } from '../ports/clock.ts'

/**
 * Whose an address is, for limits: of IPv6 the /64, which is one customer's, who may take another address of it for each
 * request (RFC 6177); of IPv4 the address itself.
 */
export function networkOf(address: string): string {
  if (!address.includes(':')) return address
  const [whole = ''] = address.split('%')
  const [head = '', tail = ''] = whole.split('::')
  const first = head === '' ? [] : head.split(':')
  const last = tail === '' ? [] : tail.split(':')
  const zeros = Array.from({ length: Math.max(0, 8 - first.length - last.length) }, () => '0')
  const groups = [...first, ...zeros, ...last].slice(0, 4)
  return `${groups.map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::/64`
}

/** A token bucket, full at first: for who is counted alone and kept anyway, as a connection is. */
export class Bucket {
  #tokens = Number.POSITIVE_INFINITY
  #at = 0 as MonotonicMs

  /** When it was last taken from. */
  get at(): MonotonicMs {
    return this.#at
  }

  /**
   * Takes one token of `rate` per `perMs`, with bursts up to `burst`. Gives 0 when it was there, else the milliseconds
   * until there is one. A rate of 0 is off.
   */
  take(nowMs: MonotonicMs, rate: number, perMs: number, burst: number = rate): number {
    if (rate === 0) return 0
    this.#tokens = Math.min(burst, this.#tokens + ((nowMs - this.#at) * rate) / perMs)
    this.#at = nowMs
    if (this.#tokens >= 1) {
      this.#tokens -= 1
      return 0
    }
    return Math.ceil(((1 - this.#tokens) * perMs) / rate)
  }

  giveBack(): void {
    this.#tokens += 1
  }
}

/** Entries kept at most; when full, those that have refilled are swept, then the oldest go. */
const maxBuckets = 100_000

/** Buckets by key. Memory is bounded: full ones say nothing and are forgotten. */
export class Rates {
  readonly #clock: Clock
  readonly #buckets = new Map<string, Bucket>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Takes one token of the key's bucket: see `Bucket.take`. `nowMs`: for who has asked the clock already. */
  take(
    key: string,
    rate: number,
    perMs: number,
    burst: number = rate,
    nowMs = this.#clock.monotonicMs(),
  ): number {
    if (rate === 0) return 0
    let bucket = this.#buckets.get(key)
    if (bucket === undefined) {
      if (this.#buckets.size >= maxBuckets) this.#sweep(nowMs)
      bucket = new Bucket()
      this.#buckets.set(key, bucket)
    }
    return bucket.take(nowMs, rate, perMs, burst)
  }

  /** Gives a token back: what it was taken for was no offence after all. */
  giveBack(key: string): void {
    this.#buckets.get(key)?.giveBack()
  }

  #sweep(now: MonotonicMs): void {
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
