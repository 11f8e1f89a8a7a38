import type { Duplex } from 'node:stream'
import type { WebSocket } from 'ws'
import type { Wire } from '../live/wire.ts'

/** A raw WebSocket: `ws` reads and closes it; frames go straight to the socket beneath. */
export class WebSocketWire implements Wire {
  readonly #ws: Pick<WebSocket, 'pause' | 'resume' | 'ping' | 'close'>
  readonly #socket: Duplex

  constructor(ws: Pick<WebSocket, 'pause' | 'resume' | 'ping' | 'close'>, socket: Duplex) {
    this.#ws = ws
    this.#socket = socket
  }

  get queuedBytes(): number {
    return this.#socket.writableLength
  }

  write(frames: Buffer): void {
    this.#socket.write(frames)
  }

  cork(): void {
    this.#socket.cork()
  }

  uncork(): void {
    this.#socket.uncork()
  }

  pause(): void {
    this.#ws.pause()
  }

  resume(): void {
    this.#ws.resume()
  }

  ping(): void {
    this.#ws.ping()
  }

  progress(): Promise<void> {
    return drainOf(this.#socket)
  }

  /** `ws` ends the socket if the peer does not. */
  close(code: number, reason: string): void {
    this.#ws.close(code, reason)
  }

  destroy(): void {
    this.#socket.destroy()
  }
}

/** Resolves when the socket has drained, or is closed. */
export function drainOf(socket: Duplex): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      socket.off('drain', done)
      socket.off('close', done)
      resolve()
    }
    socket.once('drain', done)
    socket.once('close', done)
  })
}
