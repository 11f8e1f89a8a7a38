import type { Duplex } from 'node:stream'
import { closes } from '@parlance/protocol/closes'
import { protocolLimits } from '@parlance/protocol/limits'
import type { RoomId, UserId } from '@parlance/protocol/models'
import type { WebSocket } from 'ws'
import type { Publication } from '../ports/broker.ts'
import type { Batch } from './batch.ts'
import type { Dialect, Item } from './dialect.ts'

/** Who is behind a connection, once that is known. */
export interface Holder {
  readonly user: UserId
  readonly session: string
}

/** A close frame. */
export interface Ending {
  readonly code: number
  readonly reason: string
}

/** What closing a connection means in a dialect, where it is the server that ends it. */
export interface Endings {
  readonly stateLost: Ending
  readonly slow: Ending
  readonly silent: Ending
  readonly sessionEnded: Ending
  readonly goingAway: Ending
}

export const nativeEndings: Endings = {
  stateLost: closes.stateLost,
  slow: closes.slow,
  silent: closes.noHeartbeat,
  sessionEnded: closes.sessionEnded,
  goingAway: closes.goingAway,
}

/**
 * One open WebSocket. `ws` reads and closes it; what it is sent goes through the batch straight to the socket.
 *
 * Its queue is bounded (SPEC CO6): over half of it signals are left out, over the whole of it the connection is
 * closed as slow. The right to resume stays, since it lives in the store.
 */
export class Connection {
  readonly ws: WebSocket
  readonly socket: Duplex
  readonly dialect: Dialect
  readonly endings: Endings
  readonly address: string
  readonly #batch: Batch
  holder: Holder | undefined
  /** Texts for this connection alone that wait for the end of the turn. */
  replies: string[] | undefined
  /** How many groups it is in. */
  groups = 0
  /** The rooms it listens to, live or catching up. */
  readonly rooms = new Set<RoomId>()
  /** While it is greeted: what concerned its user meanwhile. */
  held: Publication[] | undefined
  /** When it was last heard, in milliseconds since the epoch. */
  heardAt: number
  /** Set while an answer to a ping is awaited. */
  asked = false
  /** When its queue last shrank or was empty. */
  drainedAt: number
  waitingBytes = 0
  closed = false
  #corked = false

  constructor(
    ws: WebSocket,
    socket: Duplex,
    dialect: Dialect,
    endings: Endings,
    address: string,
    batch: Batch,
    nowMs: number,
  ) {
    this.ws = ws
    this.socket = socket
    this.dialect = dialect
    this.endings = endings
    this.address = address
    this.#batch = batch
    this.heardAt = nowMs
    this.drainedAt = nowMs
  }

  /** Queues one text for the end of the turn. */
  send(text: string): void {
    if (!this.closed) this.#batch.send(this, text)
  }

  /** Tells it an item in its dialect. */
  tell(item: Item): void {
    const text = this.dialect.encode(item)
    if (text !== undefined) this.send(text)
  }

  /** Over half of its bound: signals are left out. */
  get isCongested(): boolean {
    return this.socket.writableLength > protocolLimits.queueBytes / 2
  }

  /** Hands frames to the socket. Only the batch calls this. */
  write(bytes: Buffer): void {
    if (this.closed) return
    if (this.socket.writableLength > protocolLimits.queueBytes) {
      this.close(this.endings.slow)
      return
    }
    this.socket.write(bytes)
  }

  /** Stops the reading of what the client sends; `resume` starts it again. */
  pause(): void {
    if (!this.closed) this.ws.pause()
  }

  resume(): void {
    if (!this.closed) this.ws.resume()
  }

  /** Resolves when the queue is below half of its bound, or the connection is closed. */
  async drained(): Promise<void> {
    this.#batch.flush()
    while (!this.closed && this.isCongested) {
      await new Promise<void>((resolve) => {
        const done = () => {
          this.socket.off('drain', done)
          this.socket.off('close', done)
          resolve()
        }
        this.socket.once('drain', done)
        this.socket.once('close', done)
      })
    }
  }

  /** Whether it was not corked already. */
  cork(): boolean {
    if (this.#corked || this.closed) return false
    this.#corked = true
    this.socket.cork()
    return true
  }

  uncork(): void {
    this.#corked = false
    this.socket.uncork()
  }

  /** Sends what waits and then the close frame; nothing is sent after it. `ws` ends the socket if the peer does not. */
  close({ code, reason }: Ending): void {
    if (this.closed) return
    const texts = this.replies
    if (texts !== undefined && this.socket.writableLength <= protocolLimits.queueBytes) this.#batch.flush()
    if (this.closed) return
    this.closed = true
    this.ws.close(code, reason)
  }
}
