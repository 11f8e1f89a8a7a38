import { type IncomingMessage, type Server, STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Peer } from '../dialects/peer.ts'
import type { Site } from '../dialects/site.ts'
import type { Opening, Upgrade, Visit } from '../dialects/visit.ts'
import type { Attendance } from './attendance.ts'
import type { SocketIoDoor } from './socketio.ts'
import type { WebSocketDoor } from './websocket.ts'
import { withoutPath } from './without-path.ts'

/** Where an upgrade can lead, and what the switch knows of who comes. */
export interface UpgradeContext {
  readonly webSockets: WebSocketDoor
  readonly socketIo: SocketIoDoor
  readonly attendance: Attendance
  readonly site: Pick<Site, 'path'>
  peerOf(request: IncomingMessage): Peer
  /** Whether the server is on its way out. */
  isDraining(): boolean
}

/**
 * The one switch for upgrades: Socket.IO has its own path, else the first dialect that takes the path has it;
 * everything unknown gets a raw 403. While the server drains nobody new is let in, also where their token was being
 * looked at.
 */
export function switchUpgrades(
  server: Server,
  { webSockets, socketIo, attendance, site, peerOf, isDraining }: UpgradeContext,
  upgrades: readonly Upgrade[],
): void {
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', destroyThis)
    const url = withoutPath(request.url ?? '/', site.path)
    request.url = url
    const mark = url.indexOf('?')
    const peer = peerOf(request)
    const refuse: Visit['refuse'] = (...answer) => refuseUpgrade(socket, ...answer)
    const visit = {
      path: mark === -1 ? url : url.slice(0, mark),
      query: new URLSearchParams(mark === -1 ? '' : url.slice(mark + 1)),
      headers: request.headers,
      peer,
      isOverLimit: !attendance.admits(peer.address),
      accept: (opening: Opening) => {
        if (isDraining()) refuseDraining(socket)
        // Others may have come while a token was looked at.
        else if (!visit.isOverLimit && !attendance.admits(peer.address))
          refuse(429, 'Too many connections', { 'Retry-After': '10' })
        else webSockets.accept({ request, socket, head, address: peer.address, refuse }, opening)
      },
      refuse,
    }
    if (isDraining()) {
      refuseDraining(socket)
      return
    }
    if (socketIo.upgrade(visit, request, socket, head)) return
    for (const upgrade of upgrades) if (upgrade(visit)) return
    refuse(403, 'Forbidden')
  })
}

/** As the listener it keeps nothing alive, as a closure it would keep the whole handshake for the life of the socket. */
function destroyThis(this: Duplex): void {
  this.destroy()
}

function refuseDraining(socket: Duplex): void {
  refuseUpgrade(socket, 503, 'The server is going away.', { 'Retry-After': '1' })
}

function refuseUpgrade(
  socket: Duplex,
  status: number,
  detail: Parameters<Visit['refuse']>[1],
  headers: Readonly<Record<string, string>> = {},
): void {
  const body = JSON.stringify({ detail })
  const lines = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
    'Connection: close',
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
  ]
  socket.once('finish', () => socket.destroy())
  socket.end(`${lines.join('\r\n')}\r\n\r\n${body}`)
}
