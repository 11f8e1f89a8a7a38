import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { protocolLimits } from '@parlance/protocol/limits'
import { Server as Engine, type Socket as Session } from 'engine.io'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type Socket as PacketSocket, Server as SocketIo } from 'socket.io'
import { Encoder } from 'socket.io-parser'
import type { PacketOpening } from '../dialects/packet-listener.ts'
import type { Peer } from '../dialects/peer.ts'
import type { Site } from '../dialects/site.ts'
import type { Visit } from '../dialects/visit.ts'
import { Connection } from '../live/connection.ts'
import type { Heartbeat } from '../live/heartbeat.ts'
import type { Hub } from '../live/hub.ts'
import type { Clock } from '../ports/clock.ts'
import { AckDecoder, AckId } from './ack-decoder.ts'
import type { Attendance } from './attendance.ts'
import { waitForPongs } from './engine-patience.ts'
import { EngineWebSockets } from './engine-websockets.ts'
import { EngineWire } from './engine-wire.ts'

/** Milliseconds within which a client answers a ping (contracts.md §4). */
const pingTimeout = 20_000
/** Socket.IO's own wait for a socket is not needed: a timer's longest time. */
const never = 2 ** 31 - 1

export interface SocketIoContext {
  readonly clock: Clock
  readonly hub: Hub
  readonly heartbeat: Heartbeat
  readonly attendance: Attendance
  readonly site: Site
  peerOf(request: IncomingMessage): Peer
  /** Whether the server is on its way out. */
  isDraining(): boolean
}

/** Why a handshake is refused, as an HTTP answer. */
interface Refusal {
  readonly status: number
  readonly detail: string
  readonly headers?: Readonly<Record<string, string>>
}

/**
 * Socket.IO at `/socket.io/`, polling and WebSocket, by the official server: handshakes, transports, heartbeats and
 * packets. Its rooms and adapters are not used; a socket is a connection of the hub like every other.
 */
export class SocketIoDoor implements AsyncDisposable {
  readonly #context: SocketIoContext
  readonly #opening: PacketOpening
  readonly #engine: Engine
  readonly #io: SocketIo
  readonly #wires = new WeakMap<Session, EngineWire>()
  /** Sessions that no socket has been opened on. */
  readonly #unopened = new Set<Session>()

  constructor(context: SocketIoContext, opening: PacketOpening) {
    this.#context = context
    this.#opening = opening
    this.#engine = new Engine({
      pingInterval: protocolLimits.heartbeatMs,
      pingTimeout,
      maxHttpBufferSize: protocolLimits.frameBytes,
      httpCompression: false,
      wsEngine: EngineWebSockets,
    })
    // Before Socket.IO's own listener, which may write at once.
    this.#engine.on('connection', (session: Session) => this.#begin(session))
    this.#io = new SocketIo({
      serveClient: false,
      connectTimeout: never,
      parser: { Encoder, Decoder: AckDecoder },
    })
    this.#io.bind(this.#engine)
    this.#io.on('connection', (socket) => this.#open(socket))
  }

  /** The requests of polling. Engine.IO reads and answers them itself, behind the limits and headers of all routes. */
  routes(app: FastifyInstance): void {
    app.route({
      method: ['GET', 'POST'],
      url: '/socket.io/',
      exposeHeadRoute: false,
      // What waits for a client that polls leaves with its next poll.
      config: { whileDraining: true },
      onRequest: async (request, reply) => this.#request(request, reply),
      handler: async () => {},
    })
  }

  /** Takes an upgrade whose path is Socket.IO's. */
  upgrade(visit: Visit, request: IncomingMessage, socket: Duplex, head: Buffer): boolean {
    if (visit.path !== '/socket.io/' && visit.path !== '/socket.io') return false
    const refusal = this.#refusal(request, visit.query, visit.peer)
    if (refusal !== undefined) visit.refuse(refusal.status, refusal.detail, refusal.headers)
    // Engine.IO would tell this one on the WebSocket that it had opened.
    else if (visit.query.get('EIO') !== '4') visit.refuse(400, 'Unsupported protocol version')
    else this.#engine.handleUpgrade(request, socket, head)
    return true
  }

  /** Ends the sessions that have no socket, and so are no connections of the hub. */
  dismiss(): void {
    for (const session of this.#unopened) session.close(true)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#io.close()
  }

  #request(request: FastifyRequest, reply: FastifyReply): FastifyReply {
    const { raw } = request
    const query = new URL(raw.url ?? '/', 'http://localhost').searchParams
    const refusal = this.#refusal(raw, query, this.#context.peerOf(raw))
    if (refusal !== undefined) {
      const { status, detail, headers = {} } = refusal
      return reply.code(status).headers(headers).send({ detail })
    }
    reply.hijack()
    for (const [name, value] of Object.entries(reply.getHeaders())) {
      if (value !== undefined) reply.raw.setHeader(name, value)
    }
    this.#engine.handleRequest(raw, reply.raw)
    return reply
  }

  #refusal({ headers }: IncomingMessage, query: URLSearchParams, peer: Peer): Refusal | undefined {
    // JSONP lets every page read the answers, whatever its origin.
    if (query.has('j')) return { status: 400, detail: 'JSONP is not served' }
    if (query.get('sid')) return undefined
    const { attendance, site, isDraining } = this.#context
    if (isDraining())
      return { status: 503, detail: 'The server is going away.', headers: { 'Retry-After': '1' } }
    const { origin } = headers
    if (origin !== undefined && !site.isRight(origin, peer)) {
      site.refused(headers, peer)
      return { status: 403, detail: 'Forbidden' }
    }
    if (attendance.admits(peer.address)) return undefined
    return { status: 429, detail: 'Too many connections', headers: { 'Retry-After': '10' } }
  }

  #begin(session: Session): void {
    const { attendance, clock, peerOf } = this.#context
    const { address } = peerOf(session.request)
    this.#wires.set(session, new EngineWire(session))
    waitForPongs(session, clock, pingTimeout)
    const stop = clock.after(protocolLimits.helloMs, () => {
      if (this.#unopened.has(session)) session.close()
    })
    attendance.came(address)
    this.#unopened.add(session)
    session.once('close', () => {
      stop()
      this.#unopened.delete(session)
      attendance.left(address)
    })
  }

  #open(socket: PacketSocket): void {
    const { hub, heartbeat, attendance, peerOf } = this.#context
    const { dialect, endings, open } = this.#opening
    const session = socket.conn
    if (this.#context.isDraining()) {
      session.close(true)
      return
    }
    const wire = this.#wires.get(session)
    if (wire === undefined) throw new Error('A Socket.IO session has no wire.')
    this.#unopened.delete(session)
    const { address } = peerOf(session.request)
    const connection = new Connection(wire, dialect, endings, address, hub.batch, heartbeat.now)
    hub.connections.add(connection)
    const listener = open(connection, socket.id)
    attendance.keep(connection, listener)
    socket.onAny((name: unknown, ...args: unknown[]) => {
      if (connection.closed || connection.deaf || typeof name !== 'string') return
      const last = args.at(-1)
      const ack = last instanceof AckId ? last.id : undefined
      listener.event(name, ack === undefined ? args : args.slice(0, -1), ack)
    })
    socket.on('disconnect', () => {
      attendance.ended(connection, listener, () => hub.remove(connection))
      // There is no other namespace for which the session could stay, and nothing more to wait for.
      session.close(true)
    })
  }
}
