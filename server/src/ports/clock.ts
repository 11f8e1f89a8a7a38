/** A reading of the clock that does not jump: good for differences within this process, and for nothing else. */
export type MonotonicMs = number & { readonly clock: 'monotonic' }

/**
 * Time, injected so that tests can own it. There are two clocks, and each use says which it means:
 *
 * - The **wall** (`wallMs`, `timestamp`) is the date. It may be set, forwards and back. It is for what is written down
 *   and outlives the process: the `at` of an event, the ends of sessions, tokens, links and mutes.
 * - The **monotonic** clock (`monotonicMs`, `after`) only goes forward. It is for everything that lasts: silence,
 *   leases, rates, waits, ages of what is kept in memory.
 *
 * A test holds the rest of the server to this file: nobody else asks for the time (SPEC CO12).
 */
export interface Clock {
  /** Milliseconds since the epoch, by the wall. */
  wallMs(): number
  /** Now, or the moment given, as RFC 3339, UTC, milliseconds. */
  timestamp(atMs?: number): string
  /**
   * Now, by the wall as it stood at the start and what has gone by since: for waits that have to outlive the process, and
   * that nobody prolongs or ends by setting the clock.
   */
  steadyTimestamp(): string
  /** Milliseconds since some moment before the start. */
  monotonicMs(): MonotonicMs
  /**
   * When the process last went on after a pause (a stop, the sleep of a machine, a stalled event loop), by the monotonic
   * clock; 0 where it never paused. What waits for others counts from there: nobody could be heard in a pause.
   */
  resumedMs(): MonotonicMs
  /**
   * Runs once, after `delayMs` in which the process did not pause, and after what had arrived by then was read. Does not
   * keep the process. Gives what stops it.
   */
  after(delayMs: number, run: () => void): () => void
}

/** Milliseconds between two looks at whether the process runs. A look that is late by as much again was a pause. */
const lookMs = 1_000

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

function monotonicMs(): MonotonicMs {
  return performance.now() as MonotonicMs
}

const startedMs = Date.now() - monotonicMs()

function steadyTimestamp(): string {
  return new Date(startedMs + monotonicMs()).toISOString()
}

let lookedMs = monotonicMs()
let resumed = 0 as MonotonicMs

/** Timers go before reads: whoever asks first after a pause has to notice it. */
function resumedMs(): MonotonicMs {
  const nowMs = monotonicMs()
  if (nowMs - lookedMs > 2 * lookMs) resumed = nowMs
  lookedMs = nowMs
  return resumed
}

setInterval(resumedMs, lookMs).unref()

function after(delayMs: number, run: () => void): () => void {
  const startedMs = monotonicMs()
  let immediate: NodeJS.Immediate | undefined
  let timer = setTimeout(due, delayMs).unref()
  function due(): void {
    const leftMs = Math.max(startedMs, resumedMs()) + delayMs - monotonicMs()
    // What lies in the buffers of the sockets is read between the timers and this.
    if (leftMs < 1) immediate = setImmediate(run)
    else timer = setTimeout(due, leftMs).unref()
  }
  return () => {
    clearTimeout(timer)
    if (immediate !== undefined) clearImmediate(immediate)
  }
}

export const systemClock: Clock = {
  wallMs: () => Date.now(),
  timestamp,
  steadyTimestamp,
  monotonicMs,
  resumedMs,
  after,
}
