import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { protocolLimits } from '@parlance/protocol/limits'
import { type ServerOptions, type WebSocket, WebSocketServer } from 'ws'
import { closeTimeout } from './websocket-wire.ts'

const rawSockets = new WeakMap<WebSocket, Duplex>()

/** The `wsEngine` of engine.io: our own `ws` with the limits of every WebSocket here, and its sockets remembered. */
export class EngineWebSockets extends WebSocketServer {
  constructor(options: ServerOptions) {
    const ours: ServerOptions & { closeTimeout: number; maxFragments: number } = {
      ...options,
      maxFragments: protocolLimits.fragments,
      closeTimeout,
    }
    super(ours)
  }

  override handleUpgrade(
    request: IncomingMessage,
    socket: Duplex,
    head: Buffer,
    done: (ws: WebSocket, request: IncomingMessage) => void,
  ): void {
    super.handleUpgrade(request, socket, head, (ws) => {
      rawSockets.set(ws, socket)
      done(ws, request)
    })
  }
}

/** The socket beneath a WebSocket of engine.io. */
export function rawSocketOf(ws: WebSocket): Duplex | undefined {
  return rawSockets.get(ws)
}
