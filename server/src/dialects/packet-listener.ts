import type { Connection, Endings } from '../live/connection.ts'
import type { Dialect } from '../live/dialect.ts'

/** What the Socket.IO door calls when something arrives on a socket: the side of a dialect that listens. */
export interface PacketListener {
  /** One event. `ack`: the id under which the client waits for its answer. */
  event(name: string, args: readonly unknown[], ack: number | undefined): void
  /** The socket has gone; called once. */
  closed(): void
  /** Resolves when all that was received has been done and answered. */
  idle(): Promise<void>
}

/**
 * What a dialect gives the Socket.IO door. Its texts, those of `Dialect.encode` and of `Connection.send`, are whole
 * Engine.IO packets: `4` (message) before the Socket.IO packet, as on the wire.
 */
export interface PacketOpening {
  readonly dialect: Dialect
  readonly endings: Endings
  /** `sid`: the id by which Socket.IO clients know the socket. */
  open(connection: Connection, sid: string): PacketListener
}
