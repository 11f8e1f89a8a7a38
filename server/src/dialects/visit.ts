import type { IncomingHttpHeaders } from 'node:http'
import type { Connection, Ending, Endings } from '../live/connection.ts'
import type { Dialect } from '../live/dialect.ts'
import type { Fault } from './contract/fields.ts'
import type { Listener } from './listener.ts'
import type { Peer } from './peer.ts'

/** What a dialect gives the door for a new connection. */
export interface Opening {
  readonly dialect: Dialect
  readonly endings: Endings
  /** Where the connection ends at once: after the handshake, so that the client sees why. */
  readonly refusal?: Ending
  open(connection: Connection): Listener
}

/** A WebSocket handshake that waits for its answer: `accept` or `refuse`, once, now or later. */
export interface Visit {
  /** As it came, percent-encoded. */
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: IncomingHttpHeaders
  readonly peer: Peer
  /** Whether the limits on connections have no room for it (SPEC CO11). */
  readonly isOverLimit: boolean
  accept(opening: Opening): void
  /** A plain HTTP answer with `{"detail"}`, never 101 (contracts.md §0). */
  refuse(status: number, detail: string | readonly Fault[], headers?: Readonly<Record<string, string>>): void
}

/** Takes a visit whose path is its own; false lets the next dialect look at it. */
export type Upgrade = (visit: Visit) => boolean
