/** Stops what was to run. */
export type Cancel = () => void

/** Time as the client sees it; tests give one of their own. */
export interface Clock {
  /**
   * Milliseconds since the epoch by the clock of this machine, which may be wrong and may be set: only for what has to be
   * compared over reloads. The time of the server is `ServerTime`'s.
   */
  now(): number
  /** Milliseconds on a clock that nobody sets: for all that lasts. */
  monotonicMs(): number
  /** Runs once after `delayMs` milliseconds, unless it is cancelled before. */
  after(delayMs: number, run: () => void): Cancel
}

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonicMs: () => performance.now(),
  after(delayMs, run) {
    const timer = setTimeout(run, delayMs)
    return () => clearTimeout(timer)
  },
}
