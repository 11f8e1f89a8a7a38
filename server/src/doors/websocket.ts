import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { closes } from '@parlance/protocol/closes'
import { protocolLimits } from '@parlance/protocol/limits'
import { SUBPROTOCOL } from '@parlance/protocol/version'
import { type ServerOptions, type WebSocket, WebSocketServer } from 'ws'
import type { Opening } from '../dialects/visit.ts'
import { Connection } from '../live/connection.ts'
import type { Heartbeat } from '../live/heartbeat.ts'
import type { Hub } from '../live/hub.ts'
import type { Attendance } from './attendance.ts'
import { WebSocketWire } from './websocket-wire.ts'

/** Milliseconds that a peer has to answer a close frame before its socket is destroyed. */
export const closeTimeout = 2_000

/** WebSockets: handshake, frames in, limits of RFC 6455's level. Knows sockets, nothing of chat. */
export class WebSocketDoor {
  readonly #server: WebSocketServer
  readonly #hub: Hub
  readonly #heartbeat: Heartbeat
  readonly #attendance: Attendance

  constructor(hub: Hub, heartbeat: Heartbeat, attendance: Attendance) {
    this.#hub = hub
    this.#heartbeat = heartbeat
    this.#attendance = attendance
    const options: ServerOptions & { closeTimeout: number; maxFragments: number } = {
      noServer: true,
      clientTracking: false,
      perMessageDeflate: false,
      maxPayload: protocolLimits.frameBytes,
      maxFragments: protocolLimits.fragments,
      closeTimeout,
      handleProtocols: (offered) => (offered.has(SUBPROTOCOL) ? SUBPROTOCOL : false),
    }
    this.#server = new WebSocketServer(options)
  }

  /** Completes the handshake and hands the connection to its dialect. */
  accept(request: IncomingMessage, socket: Duplex, head: Buffer, opening: Opening, address: string): void {
    this.#server.handleUpgrade(request, socket, head, (ws) => this.#open(ws, socket, opening, address))
  }

  #open(ws: WebSocket, socket: Duplex, { dialect, endings, refusal, open }: Opening, address: string): void {
    const hub = this.#hub
    const heartbeat = this.#heartbeat
    const attendance = this.#attendance
    if (refusal !== undefined) {
      ws.on('error', () => {})
      ws.close(refusal.code, refusal.reason)
      return
    }
    const connection = new Connection(
      new WebSocketWire(ws, socket),
      dialect,
      endings,
      address,
      hub.batch,
      heartbeat.now,
    )
    hub.connections.add(connection)
    attendance.came(address)
    const listener = open(connection)
    attendance.keep(connection, listener)
    ws.on('message', (data: Buffer, isBinary: boolean) => {
      connection.heardAt = heartbeat.now
      if (connection.closed) return
      if (isBinary) connection.close(closes.unsupportedData)
      else listener.text(data.toString())
    })
    ws.on('pong', () => {
      connection.heardAt = heartbeat.now
    })
    // The error of a broken frame: `ws` closes with the code of RFC 6455 §7.4.1 by itself.
    ws.on('error', () => {})
    ws.on('close', () => {
      attendance.left(address)
      attendance.ended(connection, listener, () => hub.remove(connection))
    })
  }
}
