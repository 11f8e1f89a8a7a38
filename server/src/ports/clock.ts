/** Time, injected so that tests can own it. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number
  /** Now, or the moment given, as RFC 3339, UTC, milliseconds. */
  timestamp(atMs?: number): string
}

let shownMs = Number.NaN
let shown = ''

/** Every message asks for the time: within a millisecond it is written out once. */
function timestamp(atMs = Date.now()): string {
  if (atMs !== shownMs) {
    shownMs = atMs
    shown = new Date(atMs).toISOString()
  }
  return shown
}

export const systemClock: Clock = { now: () => Date.now(), timestamp }
