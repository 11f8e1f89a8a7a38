import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { closes } from '@parlance/protocol/closes'
import { type Limits, protocolLimits } from '@parlance/protocol/limits'
import { SUBPROTOCOL } from '@parlance/protocol/version'
import { type ServerOptions, type WebSocket, WebSocketServer } from 'ws'
import type { Listener } from '../dialects/listener.ts'
import type { Opening } from '../dialects/visit.ts'
import { Connection } from '../live/connection.ts'
import type { Heartbeat } from '../live/heartbeat.ts'
import type { Hub } from '../live/hub.ts'

/** Milliseconds that a peer has to answer a close frame before its socket is destroyed. */
const closeTimeout = 2_000

/** WebSockets: handshake, frames in, limits of RFC 6455's level. Knows sockets, nothing of chat. */
export class WebSocketDoor {
  readonly #server: WebSocketServer
  readonly #hub: Hub
  readonly #heartbeat: Heartbeat
  readonly #limits: Limits
  readonly #listeners = new Map<Connection, Listener>()
  readonly #perAddress = new Map<string, number>()
  #emptied: () => void = () => {}

  constructor(hub: Hub, heartbeat: Heartbeat, limits: Limits) {
    this.#hub = hub
    this.#heartbeat = heartbeat
    this.#limits = limits
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

  get listeners(): Iterable<Listener> {
    return this.#listeners.values()
  }

  /** Whether one more connection from this address is within the limits (SPEC CO11). */
  admits(address: string): boolean {
    const { connections, connectionsPerAddress } = this.#limits
    if (connections > 0 && this.#hub.connections.size >= connections) return false
    return connectionsPerAddress === 0 || (this.#perAddress.get(address) ?? 0) < connectionsPerAddress
  }

  /** Completes the handshake and hands the connection to its dialect. */
  accept(request: IncomingMessage, socket: Duplex, head: Buffer, opening: Opening, address: string): void {
    this.#server.handleUpgrade(request, socket, head, (ws) => this.#open(ws, socket, opening, address))
  }

  #open(ws: WebSocket, socket: Duplex, { dialect, endings, refusal, open }: Opening, address: string): void {
    const hub = this.#hub
    const heartbeat = this.#heartbeat
    if (refusal !== undefined) {
      ws.on('error', () => {})
      ws.close(refusal.code, refusal.reason)
      return
    }
    const connection = new Connection(ws, socket, dialect, endings, address, hub.batch, heartbeat.now)
    hub.connections.add(connection)
    this.#count(address, 1)
    const listener = open(connection)
    this.#listeners.set(connection, listener)
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
      this.#listeners.delete(connection)
      if (this.#listeners.size === 0) this.#emptied()
      this.#count(address, -1)
      connection.closed = true
      listener.closed()
      hub.remove(connection)
    })
  }

  /** Resolves when every connection has closed. */
  async closed(): Promise<void> {
    if (this.#listeners.size > 0) await new Promise<void>((resolve) => (this.#emptied = resolve))
  }

  #count(address: string, by: 1 | -1): void {
    const count = (this.#perAddress.get(address) ?? 0) + by
    if (count === 0) this.#perAddress.delete(address)
    else this.#perAddress.set(address, count)
  }
}
