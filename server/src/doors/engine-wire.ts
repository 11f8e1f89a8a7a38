import { Socket as RawSocket } from 'node:net'
import type { Duplex } from 'node:stream'
import { protocolLimits } from '@parlance/protocol/limits'
import type { Socket, Transport } from 'engine.io'
import { WebSocket } from 'ws'
import type { Wire } from '../live/wire.ts'
import { rawSocketOf } from './engine-websockets.ts'
import { closeTimeout, drainOf } from './websocket-wire.ts'

/**
 * A Socket.IO session, whatever its transport.
 *
 * Over a WebSocket, frames go straight to the socket beneath, as for every other WebSocket, while engine.io holds
 * nothing back that has to leave first. Over polling, and until an upgrade is complete, engine.io takes the packets one
 * by one: it moves what it holds to the new transport by itself. So the order is one, and nothing is lost or doubled.
 */
export class EngineWire implements Wire {
  readonly #session: Socket
  #ws: WebSocket | undefined
  #raw: Duplex | undefined
  /** What engine.io holds back until its transport can take it. */
  #heldLength = 0
  #isHolding = false
  #isPaused = false

  constructor(session: Socket) {
    this.#session = session
    session.on('packetCreate', () => {
      this.#isHolding = true
    })
    session.on('flush', () => {
      this.#isHolding = false
      this.#heldLength = 0
    })
    session.on('upgrade', (transport: Transport) => this.#use(transport))
    this.#use(session.transport)
  }

  get queuedBytes(): number {
    return this.#heldLength + (this.#raw?.writableLength ?? 0)
  }

  /** Over polling each request is read by itself. */
  get readBytes(): number {
    return this.#raw instanceof RawSocket ? this.#raw.bytesRead : 0
  }

  write(frames: Buffer, texts: readonly string[]): void {
    if (this.#raw !== undefined && !this.#isHolding && this.#ws?.readyState === WebSocket.OPEN) {
      this.#raw.write(frames)
      return
    }
    for (const text of texts) {
      this.#heldLength += text.length
      // The first character is the packet's type, which engine.io writes itself.
      this.#session.write(text.slice(1), { compress: false })
    }
  }

  cork(): void {
    this.#raw?.cork()
  }

  uncork(): void {
    this.#raw?.uncork()
  }

  /** Polling cannot be paused: there, each request is bounded and their number is limited. */
  pause(): void {
    this.#isPaused = true
    this.#ws?.pause()
  }

  resume(): void {
    this.#isPaused = false
    this.#ws?.resume()
  }

  progress(): Promise<void> {
    if (this.#raw !== undefined && !this.#isHolding) return drainOf(this.#raw)
    const session = this.#session
    return new Promise((resolve) => {
      const done = () => {
        session.off('drain', done)
        session.off('close', done)
        resolve()
      }
      session.once('drain', done)
      session.once('close', done)
    })
  }

  /** Clients see the transport close, and come back by themselves. Who does not read is not waited for. */
  close(): void {
    const session = this.#session
    session.close(this.queuedBytes > protocolLimits.queueBytes)
    if (!this.#isHolding) return
    const timer = setTimeout(() => session.close(true), closeTimeout)
    session.once('close', () => clearTimeout(timer))
  }

  destroy(): void {
    this.#session.close(true)
    this.#raw?.destroy()
  }

  #use(transport: Transport): void {
    // A polling client that does not come back for its close is waited for no longer than any other.
    if ('closeTimeout' in transport) transport.closeTimeout = closeTimeout
    // The declarations hide it: the WebSocket of a transport that is one.
    const ws: unknown = Reflect.get(transport, 'socket')
    if (!(ws instanceof WebSocket)) return
    this.#ws = ws
    this.#raw = rawSocketOf(ws)
    if (this.#isPaused) ws.pause()
  }
}
