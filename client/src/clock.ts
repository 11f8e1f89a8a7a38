/** Stops what was to run. */
export type Cancel = () => void

/** Time as the client sees it; tests give one of their own. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number
  /** Runs once after `delayMs` milliseconds, unless it is cancelled before. */
  after(delayMs: number, run: () => void): Cancel
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after(delayMs, run) {
    const timer = setTimeout(run, delayMs)
    return () => clearTimeout(timer)
  },
}
