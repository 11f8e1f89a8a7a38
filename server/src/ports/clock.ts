/** Time, injected so that tests can own it. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number
  /** The same as RFC 3339, UTC, milliseconds. */
  timestamp(): string
}

let shownMs = Number.NaN
let shown = ''

/** Every message asks for the time: within a millisecond it is written out once. */
function timestamp(): string {
  const nowMs = Date.now()
  if (nowMs !== shownMs) {
    shownMs = nowMs
    shown = new Date(nowMs).toISOString()
  }
  return shown
}

export const systemClock: Clock = { now: () => Date.now(), timestamp }
