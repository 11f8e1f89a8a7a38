import { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { protocolLimits } from '@parlance/protocol/limits'
import type { Wire } from '../live/wire.ts'

/** Milliseconds that a peer has to answer a close frame before its socket is destroyed. */
export const closeTimeout = 2_000

/** A server's control frames without a payload: FIN, opcode, length 0 (RFC 6455 §5.5). */
const emptyPing = Buffer.from([0x89, 0])
const emptyClose = Buffer.from([0x88, 0])

/** What leaves on a WebSocket: frames of texts as they are, control frames, and the closing handshake (§7.1). */
export class WebSocketWire implements Wire {
  readonly #socket: Duplex
  #timer: NodeJS.Timeout | undefined
  /** A close frame was sent, and nothing may follow it (§5.5.1). */
  #isClosing = false

  constructor(socket: Duplex) {
    this.#socket = socket
  }

  get queuedBytes(): number {
    return this.#socket.writableLength
  }

  get readBytes(): number {
    return this.#socket instanceof Socket ? this.#socket.bytesRead : 0
  }

  write(frames: Buffer): void {
    if (!this.#isClosing) this.#socket.write(frames)
  }

  cork(): void {
    this.#socket.cork()
  }

  uncork(): void {
    this.#socket.uncork()
  }

  pause(): void {
    this.#socket.pause()
  }

  resume(): void {
    this.#socket.resume()
  }

  ping(): void {
    this.write(emptyPing)
  }

  /** Left out for a peer that asks and does not read the answers. */
  pong(payload: Buffer): void {
    if (this.queuedBytes > protocolLimits.queueBytes) return
    this.write(Buffer.concat([Buffer.from([0x8a, payload.length]), payload]))
  }

  progress(): Promise<void> {
    return drainOf(this.#socket)
  }

  /**
   * Sends the close frame behind what waits, for which there are `lingerMs`; once it has left, the socket is destroyed
   * where the peer does not end it (RFC 6455 §7.1.1).
   */
  close(code: number | undefined, reason = '', lingerMs = closeTimeout): void {
    if (this.#isClosing) return
    this.#isClosing = true
    this.#timer = setTimeout(() => this.destroy(), lingerMs)
    const frame = code === undefined ? emptyClose : closeFrame(code, reason)
    this.#socket.write(frame, () => {
      if (lingerMs === closeTimeout || this.#socket.destroyed) return
      clearTimeout(this.#timer)
      this.#timer = setTimeout(() => this.destroy(), closeTimeout)
    })
  }

  /** The peer has closed as well, or nothing more can be understood of it: answers where that is due, and ends. */
  end(code: number | undefined, reason?: string): void {
    this.close(code, reason)
    this.#socket.end()
    // What may still come is thrown away, so that the end is seen.
    this.#socket.resume()
  }

  destroy(): void {
    this.#socket.destroy()
  }

  /** The socket has closed. */
  closed(): void {
    this.#isClosing = true
    clearTimeout(this.#timer)
  }
}

function closeFrame(code: number, reason: string): Buffer {
  const length = 2 + Buffer.byteLength(reason)
  const frame = Buffer.allocUnsafe(2 + length)
  frame[0] = 0x88
  frame[1] = length
  frame.writeUInt16BE(code, 2)
  frame.write(reason, 4)
  return frame
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
