import type { Event } from '@parlance/protocol/events'
import type { Replay, Reply, Welcome } from '@parlance/protocol/frames'
import type { Seq, Timestamp } from '@parlance/protocol/models'
import type { Signal } from '@parlance/protocol/signals'

/** The answer to a ping. */
export interface Pong {
  readonly type: 'pong'
  /** The heads of the rooms where this side is not at the head. */
  readonly heads: Readonly<Record<string, Seq>>
  /** The server's time; older servers do not tell it. */
  readonly now?: Timestamp
}

/** The server is about to close. */
export interface Goodbye {
  readonly type: 'goodbye'
  readonly retryAfterMs: number
}

/** Everything a server says. */
export type ServerFrame = Reply | Welcome | Replay | Pong | Goodbye | Event | Signal

/** Reads a frame; undefined where it is none. The server is believed: only the outer shape is looked at. */
export function readFrame(data: unknown): ServerFrame | undefined {
  if (typeof data !== 'string') return undefined
  try {
    const value: unknown = JSON.parse(data)
    return typeof value === 'object' && value !== null && 'type' in value ? (value as ServerFrame) : undefined
  } catch {
    return undefined
  }
}

/** The bytes that a frame may have. */
const frameBytes = 65_536

/** Whether a frame is over what the server takes; it would close the connection for good. */
export function isTooLarge(text: string): boolean {
  return text.length * 3 > frameBytes && new TextEncoder().encode(text).length > frameBytes
}
