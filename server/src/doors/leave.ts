import { setImmediate as turnEnd } from 'node:timers/promises'
import type { Connection } from '../live/connection.ts'
import type { Hub } from '../live/hub.ts'
import type { Clock } from '../ports/clock.ts'
import type { Attendance } from './attendance.ts'
import type { Running } from './running.ts'

/** Milliseconds over which clients are asked to spread their return. */
const returnSpreadMs = 2_000

interface Leaving {
  readonly hub: Hub
  readonly attendance: Attendance
  readonly running: Running
  readonly clock: Clock
  readonly graceMs: number
  /** Called when the connections are closed, for sessions that are none of the hub's. */
  onClosing(): void
}

/**
 * The server goes away (SPEC CO9, CO20): says goodbye, reads what has arrived and then no more, does it, answers, tells
 * what came of it, and closes behind the last answer. Requests are answered. Nobody new is let in meanwhile, and
 * connections on which nothing is under way are not waited for. Takes at most `graceMs`.
 */
export async function leave({ hub, attendance, running, clock, graceMs, onClosing }: Leaving): Promise<void> {
  const grace = deadlineIn(graceMs, clock)
  for (const listener of attendance.listeners.values())
    listener.goodbye?.(Math.ceil(Math.random() * returnSpreadMs))
  hub.batch.flush()
  await readOut(hub.connections, deadlineIn(graceMs / 2, clock))
  const answered = [...attendance.listeners.values()].map((listener) => listener.idle?.())
  await Promise.race([Promise.all(answered), grace.passed])
  // The last events are published by now, and go out with the answers.
  await turnEnd()
  hub.batch.flush()
  for (const connection of hub.connections) connection.close(connection.endings.goingAway)
  onClosing()
  await Promise.race([gone(attendance, running), grace.passed])
  for (const connection of hub.connections) connection.wire.destroy()
}

/**
 * Reads on until nothing more of a connection is there to be read, and then stops: what is done is answered, and what
 * comes later is not done. Whoever sends without end, or faster than it is served, is read until `latest`.
 */
async function readOut(connections: ReadonlySet<Connection>, latest: Deadline): Promise<void> {
  const readBytes = new Map<Connection, number>()
  for (const connection of connections) readBytes.set(connection, connection.wire.readBytes)
  while (readBytes.size > 0 && !latest.over) {
    // Between two ends of turns the loop has read all that waits in the kernel.
    await turnEnd()
    await turnEnd()
    for (const [connection, before] of readBytes) {
      const now = connection.wire.readBytes
      if (now > before || (connection.paused && !connection.closed && !connection.gone)) {
        readBytes.set(connection, now)
        continue
      }
      connection.deafen()
      readBytes.delete(connection)
    }
  }
  for (const connection of readBytes.keys()) connection.deafen()
}

/** Resolves when everybody has left and, in that same moment, no request is under way. */
async function gone(attendance: Attendance, running: Running): Promise<void> {
  do {
    await attendance.emptied()
    await running.idle()
  } while (running.count > 0)
}

interface Deadline {
  readonly over: boolean
  readonly passed: Promise<void>
}

function deadlineIn(ms: number, clock: Clock): Deadline {
  const { promise, resolve } = Promise.withResolvers<void>()
  const deadline = { over: false, passed: promise }
  clock.after(ms, () => {
    deadline.over = true
    resolve()
  })
  return deadline
}
