import type { Cancel, Clock } from '../../src/clock.ts'

interface Timer {
  readonly atMs: number
  readonly run: () => void
}

/** Time that passes when the test says so. */
export class ManualClock implements Clock {
  #nowMs = Date.parse('2026-01-01T00:00:00.000Z')
  /** By how much the wall is wrong. */
  #wrongMs = 0
  readonly #timers = new Set<Timer>()

  now(): number {
    return this.#nowMs + this.#wrongMs
  }

  monotonicMs(): number {
    return this.#nowMs - Date.parse('2026-01-01T00:00:00.000Z') + 1_000
  }

  /** Somebody sets the wall. */
  step(ms: number): void {
    this.#wrongMs += ms
  }

  /** The machine sleeps: time passes and no timer runs. */
  sleep(ms: number): void {
    this.#nowMs += ms
  }

  after(delayMs: number, run: () => void): Cancel {
    const timer = { atMs: this.#nowMs + delayMs, run }
    this.#timers.add(timer)
    return () => void this.#timers.delete(timer)
  }

  /** Milliseconds until the next timer. */
  get nextInMs(): number | undefined {
    const next = this.#next()
    return next === undefined ? undefined : next.atMs - this.#nowMs
  }

  /** Lets time pass; what is due runs in its order. */
  pass(ms: number): void {
    const end = this.#nowMs + ms
    for (let next = this.#next(); next !== undefined && next.atMs <= end; next = this.#next()) {
      this.#timers.delete(next)
      this.#nowMs = Math.max(this.#nowMs, next.atMs)
      next.run()
    }
    this.#nowMs = end
  }

  #next(): Timer | undefined {
    return [...this.#timers].sort((a, b) => a.atMs - b.atMs)[0]
  }
}
