import assert from 'node:assert/strict'
import { io, type Socket } from 'socket.io-client'

// biome-ignore lint/suspicious/noExplicitAny: tests look into events of every shape.
type Data = any

export interface PacketEvent {
  readonly name: string
  readonly data: Data
}

export type Transport = 'polling' | 'websocket'

/** Milliseconds after which an event that does not come has not come. */
const patienceMs = 10_000

/** The official client of contract 003: events are taken one by one, in the order in which they came. */
export class PacketClient implements Disposable {
  readonly socket: Socket
  readonly closed: Promise<string>
  readonly #events: PacketEvent[] = []
  #wake: () => void = () => {}

  private constructor(socket: Socket) {
    this.socket = socket
    this.closed = new Promise((resolve) => {
      socket.on('disconnect', (reason) => {
        resolve(reason)
        this.#wake()
      })
    })
    socket.onAny((name: string, data: Data) => {
      this.#events.push({ name, data })
      this.#wake()
    })
  }

  /** Connected; `transports` as the client would try them. */
  static async open(
    { url }: { readonly url: string },
    transports: readonly Transport[] = ['websocket'],
  ): Promise<PacketClient> {
    const socket = io(url, { transports: [...transports], forceNew: true, reconnection: false })
    const client = new PacketClient(socket)
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve)
      socket.once('connect_error', reject)
    })
    return client
  }

  get sid(): string {
    return this.socket.id ?? assert.fail('not connected')
  }

  emit(name: string, ...args: unknown[]): void {
    this.socket.emit(name, ...args)
  }

  /** The arguments with which an event is answered. */
  ask(name: string, data: unknown): Promise<Data[]> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`${name} was not answered`)), patienceMs)
      this.socket.emit(name, data, (...args: Data[]) => {
        clearTimeout(timer)
        resolve(args)
      })
    })
  }

  /** Joins, and gives its own `user_joined`, which has to be the next event. */
  async join(room: number | string, username?: string): Promise<Data> {
    await this.ask('join_room', { room_id: room, ...(username !== undefined && { username }) })
    return this.next('user_joined')
  }

  /** The data of the next event, which has to be of this name. */
  async next(name: string): Promise<Data> {
    const event = await this.nextEvent()
    assert.equal(event.name, name, JSON.stringify(event))
    return event.data
  }

  async nextEvent(): Promise<PacketEvent> {
    const deadline = AbortSignal.timeout(patienceMs)
    for (;;) {
      const event = this.#events.shift()
      if (event !== undefined) return event
      assert.ok(!deadline.aborted, 'no event came')
      assert.ok(this.socket.connected, 'closed before an event came')
      const { promise, resolve } = Promise.withResolvers<void>()
      this.#wake = resolve
      deadline.addEventListener('abort', () => resolve())
      await promise
    }
  }

  /** Everything that came and was not taken, after a round trip: what is not among it has not been sent. */
  async rest(): Promise<readonly PacketEvent[]> {
    await this.ask('leave_room', { room_id: 'nowhere' })
    return this.#events.splice(0)
  }

  [Symbol.dispose](): void {
    this.socket.disconnect()
  }
}
