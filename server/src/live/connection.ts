import { closes } from '@parlance/protocol/closes'
import { protocolLimits } from '@parlance/protocol/limits'
import type { RoomId, UserId } from '@parlance/protocol/models'
import type { Publication } from '../ports/broker.ts'
import type { MonotonicMs } from '../ports/clock.ts'
import type { Batch } from './batch.ts'
import type { Dialect, Item } from './dialect.ts'
import type { Wire } from './wire.ts'

/**
 * Milliseconds that a slow peer has to read what waits for it, so that it hears why it was closed (SPEC CO15). Nothing is
 * added to that meanwhile, and it counts among the connections of its address.
 */
const slowLingerMs = 30_000

/** Who is behind a connection, once that is known. */
export interface Holder {
  readonly user: UserId
  readonly session: string
  /** Without an account: a room that ceases to be open is not theirs any more. */
  readonly isGuest: boolean
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
  /** Where a connection is for one room only: that the user does not belong to it any more. */
  readonly roomLeft?: Ending
}

export const nativeEndings: Endings = {
  stateLost: closes.stateLost,
  slow: closes.slow,
  silent: closes.noHeartbeat,
  sessionEnded: closes.sessionEnded,
  goingAway: closes.goingAway,
}

/**
 * One client that is connected. Its door reads what it sends; what it is sent goes through the batch to its wire.
 *
 * Its queue is bounded (SPEC CO6): over half of it signals are left out, over the whole of it the connection is
 * closed as slow. The right to resume stays, since it lives in the store.
 */
export class Connection {
  readonly wire: Wire
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
  /**
   * Where it may listen to rooms that it has not come to: those that it has, and the name by which they know it.
   * Undefined: it comes to every room that it listens to.
   */
  came: Map<RoomId, string> | undefined
  /** While it is greeted: what concerned its user meanwhile. */
  held: Publication[] | undefined
  /** When it was last heard. */
  heardAt: MonotonicMs
  /** When it was last asked whether it is there. */
  askedAt: MonotonicMs | undefined
  /** When its queue last shrank or was empty. */
  drainedAt: MonotonicMs
  waitingBytes = 0
  closed = false
  /** Nothing is read of what it sends: it is being served. */
  paused = false
  /** The peer has closed: what it asked before is still done, but nobody hears the answers. */
  gone = false
  #corked = false
  #deaf = false

  constructor(
    wire: Wire,
    dialect: Dialect,
    endings: Endings,
    address: string,
    batch: Batch,
    nowMs: MonotonicMs,
  ) {
    this.wire = wire
    this.dialect = dialect
    this.endings = endings
    this.address = address
    this.#batch = batch
    this.heardAt = nowMs
    this.drainedAt = nowMs
  }

  /** Queues one text for the end of the turn. */
  send(text: string): void {
    if (!this.closed && !this.gone) this.#batch.send(this, text)
  }

  /** Tells it an item in its dialect. */
  tell(item: Item): void {
    const text = this.dialect.encode(item)
    if (text !== undefined) this.send(text)
  }

  /** Over half of its bound: signals are left out. */
  get isCongested(): boolean {
    return this.wire.queuedBytes > protocolLimits.queueBytes / 2
  }

  /**
   * Hands the texts of a turn to the wire, and the same as WebSocket frames. Only the batch calls this. What rooms say
   * keeps the queue within its bound; `isOwn`, a page of history say, may go over it once.
   */
  write(frames: Buffer, texts: readonly string[], isOwn: boolean): void {
    if (this.closed || this.gone) return
    const queued = this.wire.queuedBytes
    if (queued > 0 && (isOwn ? queued : queued + frames.length) > protocolLimits.queueBytes) {
      this.close(this.endings.slow)
      return
    }
    this.wire.write(frames, texts)
  }

  /** Stops the reading of what the client sends; `resume` starts it again. */
  pause(): void {
    if (this.closed) return
    this.paused = true
    this.wire.pause()
  }

  resume(): void {
    this.paused = false
    if (!this.closed && !this.#deaf) this.wire.resume()
  }

  /** Whether nothing more is read of what the client sends, for good. */
  get deaf(): boolean {
    return this.#deaf
  }

  /** Stops the reading for good: what is under way is still done and answered. */
  deafen(): void {
    this.#deaf = true
    if (!this.closed) this.wire.pause()
  }

  /** Resolves when the queue is below half of its bound, or the connection is closed. */
  async drained(): Promise<void> {
    this.#batch.flush()
    while (!this.closed && !this.gone && this.isCongested) await this.wire.progress()
  }

  /** Whether it was not corked already. */
  cork(): boolean {
    if (this.#corked || this.closed) return false
    this.#corked = true
    this.wire.cork()
    return true
  }

  uncork(): void {
    this.#corked = false
    this.wire.uncork()
  }

  /** Sends what waits and then ends the connection; nothing is sent after it. */
  close({ code, reason }: Ending): void {
    if (this.closed) return
    const texts = this.replies
    if (texts !== undefined && this.wire.queuedBytes <= protocolLimits.queueBytes) this.#batch.flush()
    if (this.closed) return
    this.closed = true
    const isSlow = code === this.endings.slow.code
    if (isSlow) this.#batch.slowCloses += 1
    this.wire.close(code, reason, isSlow ? slowLingerMs : undefined)
    // From here on what comes is thrown away; the peer's answer to the close is among it.
    if (this.#deaf) this.wire.resume()
  }
}
