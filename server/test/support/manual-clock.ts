import type { Clock, MonotonicMs } from '../../src/ports/clock.ts'

/** Both clocks in the hands of a test. */
export class ManualClock implements Clock {
  #wallMs: number
  readonly #startMs: number
  #monotonicMs = 1_000_000
  #resumedMs = 0
  readonly #waits = new Set<{ readonly atMs: number; readonly run: () => void }>()

  constructor(wallMs = Date.parse('2026-01-02T03:04:05.000Z')) {
    this.#wallMs = wallMs
    this.#startMs = wallMs - this.#monotonicMs
  }

  wallMs(): number {
    return this.#wallMs
  }

  timestamp(atMs = this.#wallMs): string {
    return new Date(atMs).toISOString()
  }

  steadyTimestamp(): string {
    return new Date(this.#startMs + this.#monotonicMs).toISOString()
  }

  monotonicMs(): MonotonicMs {
    return this.#monotonicMs as MonotonicMs
  }

  resumedMs(): MonotonicMs {
    return this.#resumedMs as MonotonicMs
  }

  after(delayMs: number, run: () => void): () => void {
    const wait = { atMs: this.#monotonicMs + delayMs, run }
    this.#waits.add(wait)
    return () => this.#waits.delete(wait)
  }

  /** Time goes by, as it does. */
  pass(ms: number): void {
    this.#wallMs += ms
    this.#monotonicMs += ms
    for (const wait of [...this.#waits]) {
      if (wait.atMs > this.#monotonicMs || !this.#waits.delete(wait)) continue
      wait.run()
    }
  }

  /** Somebody sets the clock on the wall. */
  step(ms: number): void {
    this.#wallMs += ms
  }

  /** The process was stopped for so long, and goes on. */
  pause(ms: number): void {
    this.#wallMs += ms
    this.#monotonicMs += ms
    this.#resumedMs = this.#monotonicMs
  }
}
