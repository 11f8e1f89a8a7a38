import type { IncomingMessage } from 'node:http'
import { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { closes } from '@parlance/protocol/closes'
import { SUBPROTOCOL } from '@parlance/protocol/version'
import type { Opening, Visit } from '../dialects/visit.ts'
import { Connection } from '../live/connection.ts'
import type { Heartbeat } from '../live/heartbeat.ts'
import type { Hub } from '../live/hub.ts'
import type { Attendance } from './attendance.ts'
import { type FrameListener, FrameReader } from './frame-reader.ts'
import { shakeHands } from './handshake.ts'
import { WebSocketWire } from './websocket-wire.ts'

/** A client's upgrade, as Node gives it. */
interface Upgrading {
  readonly request: IncomingMessage
  readonly socket: Duplex
  /** What came behind the handshake already. */
  readonly head: Buffer
  readonly address: string
  readonly refuse: Visit['refuse']
}

/** WebSockets: handshake, frames in, limits of RFC 6455's level. Knows sockets, nothing of chat. */
export class WebSocketDoor {
  readonly #hub: Hub
  readonly #heartbeat: Heartbeat
  readonly #attendance: Attendance

  constructor(hub: Hub, heartbeat: Heartbeat, attendance: Attendance) {
    this.#hub = hub
    this.#heartbeat = heartbeat
    this.#attendance = attendance
  }

  /** Completes the handshake and hands the connection to its dialect. */
  accept({ request, socket, head, address, refuse }: Upgrading, opening: Opening): void {
    const handshake = shakeHands(request, SUBPROTOCOL)
    if (!('head' in handshake)) {
      refuse(handshake.status, handshake.detail, handshake.headers)
      return
    }
    if (!socket.readable || !socket.writable) {
      socket.destroy()
      return
    }
    if (socket instanceof Socket) socket.setTimeout(0).setNoDelay()
    socket.write(handshake.head)
    if (head.length > 0) socket.unshift(head)
    this.#open(socket, opening, address)
  }

  #open(socket: Duplex, { dialect, endings, refusal, open }: Opening, address: string): void {
    const wire = new WebSocketWire(socket)
    if (refusal !== undefined) {
      readFrames(socket, wire, deaf(wire), () => {})
      wire.close(refusal.code, refusal.reason)
      return
    }
    const hub = this.#hub
    const heartbeat = this.#heartbeat
    const attendance = this.#attendance
    const connection = new Connection(wire, dialect, endings, address, hub.batch, heartbeat.now)
    hub.connections.add(connection)
    attendance.came(address)
    const listener = open(connection)
    attendance.keep(connection, listener)
    const frames: FrameListener = {
      ...deaf(wire),
      text(text) {
        connection.heardAt = heartbeat.now
        if (!connection.closed) listener.text(text)
      },
      binary() {
        connection.close(closes.unsupportedData)
      },
      pong() {
        connection.heardAt = heartbeat.now
      },
    }
    readFrames(socket, wire, frames, () => {
      attendance.left(address)
      attendance.ended(connection, listener, () => hub.remove(connection))
    })
  }
}

/** What every WebSocket does by itself: answers pings, and ends when its peer does. */
function deaf(wire: WebSocketWire): FrameListener {
  return {
    text() {},
    binary() {},
    ping: (payload) => wire.pong(payload),
    pong() {},
    bye: (code, reason) => wire.end(code, reason),
    broken: (code) => wire.end(code),
  }
}

/** Reads a socket until it is closed, and what it still holds then. */
function readFrames(socket: Duplex, wire: WebSocketWire, frames: FrameListener, onClosed: () => void): void {
  const reader = new FrameReader(frames)
  socket.on('data', (chunk: Buffer) => reader.read(chunk))
  socket.on('end', endThis)
  socket.on('close', () => {
    const rest: unknown = socket.readableLength > 0 ? socket.read(socket.readableLength) : undefined
    if (Buffer.isBuffer(rest)) reader.read(rest)
    wire.closed()
    onClosed()
  })
}

function endThis(this: Duplex): void {
  this.end()
}
