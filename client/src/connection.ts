import { closes, shouldReconnect } from '@parlance/protocol/closes'
import type { Hello, Welcome } from '@parlance/protocol/frames'
import { SUBPROTOCOL } from '@parlance/protocol/version'
import { Backoff } from './backoff.ts'
import type { Cancel, Clock } from './clock.ts'
import type { ConnectionState } from './connection-state.ts'
import { asParlanceError } from './errors.ts'
import { readFrame, type ServerFrame } from './frames.ts'
import { Heartbeat } from './heartbeat.ts'
import type { ServerTime } from './server-time.ts'
import { openSocket, type SocketConstructor } from './socket.ts'

/** From the dialling of a socket to the server's welcome, in milliseconds. */
const welcomeMs = 15_000

interface ConnectionOptions {
  readonly url: string
  readonly WebSocket: SocketConstructor
  readonly clock: Clock
  readonly time: ServerTime
  readonly random: () => number
  /** The hello to begin with. Throws `signed_out` where nobody is logged in. */
  hello(): Promise<Hello>
  /** Gets another token. Throws `signed_out` where there is none to get. */
  refresh(): Promise<void>
  /** Whether a refresh tells if the session stands: then only that ends it, and no close code. */
  canTell(): boolean
  /** The text of a ping with the positions. */
  ping(): string
  opened(welcome: Welcome): void
  /** Whatever else the server says. */
  received(frame: Exclude<ServerFrame, Welcome>): void
  changed(state: ConnectionState): void
}

/** One connection after the other, for as long as the application wants one and the server lets it. */
export class Connection {
  readonly #options: ConnectionOptions
  readonly #backoff: Backoff
  readonly #heartbeat: Heartbeat
  #state: ConnectionState = { kind: 'closed' }
  #socket: ReturnType<typeof openSocket> | undefined
  #timer: Cancel | undefined
  /** Counts the attempts: what an earlier one still has to say is not heard. */
  #attempt = 0
  /** The token was renewed for this very attempt. */
  #isRefreshed = false
  /** When the server was last asked for what tells its time. */
  #askedMs: number | undefined
  /** When the server, which said so, wants to be met again; by the clock that nobody sets. */
  #returnAtMs: number | undefined

  constructor(options: ConnectionOptions) {
    this.#options = options
    this.#backoff = new Backoff(options.random)
    this.#heartbeat = new Heartbeat(
      options.clock,
      () => {
        this.#askedMs = options.clock.monotonicMs()
        this.send(options.ping())
      },
      () => this.#drop(),
    )
  }

  get state(): ConnectionState {
    return this.#state
  }

  /** Begins; where it waits for the next attempt, that is now. */
  connect(): void {
    switch (this.#state.kind) {
      case 'closed':
      case 'signed-out':
      case 'refused':
        this.#isRefreshed = false
        void this.#dial()
        break
      case 'waiting':
        this.wake()
        break
      case 'connecting':
      case 'open':
        break
    }
  }

  /** Ends it. */
  close(): void {
    this.#leave({ kind: 'closed' })
  }

  /** Ends it, since there is nobody logged in. */
  signOut(): void {
    this.#leave({ kind: 'signed-out' })
  }

  /** Sends a frame; nothing where it is not open. */
  send(text: string): void {
    if (this.#state.kind === 'open') this.#socket?.send(text)
  }

  /** The network may be back: tries now instead of later, and asks whether the server is still there. */
  wake(): void {
    if (this.#state.kind === 'waiting' && this.#returnAtMs === undefined) void this.#dial()
    else this.#heartbeat.beat()
  }

  /** Leaves the network for good. */
  #leave(state: ConnectionState): void {
    this.#hangUp(1000)
    this.#become(state)
  }

  #hangUp(code: number): void {
    this.#attempt += 1
    this.#timer?.()
    this.#timer = undefined
    this.#heartbeat.stop()
    this.#socket?.drop(code)
    this.#socket = undefined
  }

  #become(state: ConnectionState): void {
    this.#state = Object.freeze(state)
    this.#options.changed(state)
  }

  async #dial(): Promise<void> {
    this.#hangUp(1000)
    const attempt = this.#attempt
    this.#returnAtMs = undefined
    this.#become({ kind: 'connecting', attempt: this.#backoff.attempt })
    try {
      const hello = await this.#options.hello()
      if (attempt === this.#attempt) this.#open(JSON.stringify(hello))
    } catch (error) {
      this.#failed(attempt, error)
    }
  }

  #open(hello: string): void {
    const socket = openSocket(this.#options.WebSocket, this.#options.url, SUBPROTOCOL, {
      opened: () => {
        this.#askedMs = this.#options.clock.monotonicMs()
        socket.send(hello)
      },
      received: (data) => this.#received(data),
      closed: (code, reason) => this.#closed(code, reason),
    })
    this.#socket = socket
    this.#timer = this.#options.clock.after(welcomeMs, () => this.#drop())
  }

  #received(data: unknown): void {
    const frame = readFrame(data)
    if (frame === undefined) return
    switch (frame.type) {
      case 'welcome':
        this.#options.time.heard(frame.now, this.#askedMs)
        this.#timer?.()
        this.#timer = undefined
        this.#isRefreshed = false
        this.#backoff.opened(this.#options.clock.monotonicMs())
        this.#heartbeat.start(frame.heartbeatMs)
        this.#become({ kind: 'open' })
        this.#options.opened(frame)
        break
      case 'goodbye':
        this.#returnAtMs = this.#options.clock.monotonicMs() + frame.retryAfterMs
        break
      case 'pong':
        this.#options.time.heard(frame.now, this.#askedMs)
        this.#heartbeat.pong()
        this.#options.received(frame)
        break
      case 'reply':
        // The refusal of a ping, which has no number, is a sign of life as well.
        if (frame.ref === null) this.#heartbeat.pong()
        this.#options.received(frame)
        break
      default:
        this.#options.received(frame)
    }
  }

  /** Nothing comes from the other side: so it is not waited for. */
  #drop(): void {
    this.#hangUp(closes.noHeartbeat.code)
    this.#retry()
  }

  /** The range of the code says what to do (SPEC CL5). */
  #closed(code: number, reason: string): void {
    this.#hangUp(1000)
    const isSignedOut = code === closes.notAuthenticated.code || code === closes.sessionEnded.code
    if (isSignedOut && !this.#isRefreshed) void this.#renew()
    else if (isSignedOut && !this.#options.canTell()) this.signOut()
    else if (isSignedOut || shouldReconnect(code)) this.#retry()
    else this.#become({ kind: 'refused', code, reason })
  }

  /** The token was refused: tries one other. */
  async #renew(): Promise<void> {
    const attempt = this.#attempt
    this.#become({ kind: 'connecting', attempt: this.#backoff.attempt })
    try {
      await this.#options.refresh()
      if (attempt !== this.#attempt) return
      this.#isRefreshed = true
      void this.#dial()
    } catch (error) {
      this.#failed(attempt, error)
    }
  }

  /** An attempt ended before there was a socket. */
  #failed(attempt: number, cause: unknown): void {
    if (attempt !== this.#attempt) return
    const { code, retryAfterMs } = asParlanceError(cause)
    if (retryAfterMs !== undefined) this.#returnAtMs = this.#options.clock.monotonicMs() + retryAfterMs
    if (code === 'signed_out') this.signOut()
    else this.#retry()
  }

  #retry(): void {
    const { clock, time } = this.#options
    const now = clock.monotonicMs()
    this.#isRefreshed = false
    const backoffMs = this.#backoff.next(now)
    const delayMs = this.#returnAtMs === undefined ? backoffMs : Math.max(0, this.#returnAtMs - now)
    this.#timer = clock.after(delayMs, () => void this.#dial())
    this.#become({ kind: 'waiting', attempt: this.#backoff.attempt, untilMs: time.now() + delayMs })
  }
}
