import type { OwnRoom } from '@parlance/protocol/models'
import type { Socket, SocketConstructor } from '../../src/socket.ts'

type Frame = { readonly type: string } & Record<string, unknown>
type Listeners = Parameters<Socket['addEventListener']>[1]

/** A socket whose other end is the test. */
export class FakeSocket implements Socket {
  readonly url: string
  readonly protocol: string
  /** What the client sent, parsed. */
  readonly sent: Frame[] = []
  /** The code with which the client closed it. */
  closedWith: number | undefined
  readonly #listeners = new Map<string, Listeners[]>()

  constructor(url: string, protocol: string) {
    this.url = url
    this.protocol = protocol
  }

  addEventListener(type: string, listener: Listeners): void {
    this.#listeners.set(type, [...(this.#listeners.get(type) ?? []), listener])
  }

  send(text: string): void {
    this.sent.push(JSON.parse(text))
  }

  close(code = 1005): void {
    this.closedWith = code
  }

  /** The server takes the connection. */
  open(): void {
    this.#tell({ type: 'open' })
  }

  /** The server takes the connection and greets. */
  greet(welcome: Record<string, unknown> = {}): void {
    this.open()
    this.say({ ...defaultWelcome, ...welcome })
  }

  say(frame: Frame): void {
    this.#tell({ type: 'message', data: JSON.stringify(frame) })
  }

  /** The server answers the last command of this type. */
  answer(type: string, data: object): void {
    this.say({ type: 'reply', ref: this.lastOf(type)?.ref, ok: true, data })
  }

  refuse(type: string, code: string, retryAfterMs?: number): void {
    const error = { code, message: 'No.', ...(retryAfterMs !== undefined && { retryAfterMs }) }
    this.say({ type: 'reply', ref: this.lastOf(type)?.ref, ok: false, error })
  }

  /** The connection ends; without a code as networks end it. */
  end(code = 1006, reason = ''): void {
    this.#tell({ type: 'close', code, reason })
  }

  lastOf(type: string): Frame | undefined {
    return this.sent.findLast((frame) => frame.type === type)
  }

  #tell(event: Parameters<Listeners>[0]): void {
    for (const listener of this.#listeners.get(event.type) ?? []) listener(event)
  }
}

/** All sockets that clients open. */
export class FakeNetwork {
  readonly sockets: FakeSocket[] = []
  readonly WebSocket: SocketConstructor

  constructor() {
    const { sockets } = this
    this.WebSocket = class extends FakeSocket {
      constructor(url: string, protocol: string) {
        super(url, protocol)
        sockets.push(this)
      }
    }
  }

  get last(): FakeSocket {
    const socket = this.sockets.at(-1)
    if (socket === undefined) throw new Error('No socket was opened.')
    return socket
  }
}

export const ann = {
  id: 1,
  name: 'ann',
  kind: 'user',
  email: null,
  createdAt: '2026-01-01T00:00:00.000Z',
} as const
export const bob = { id: 2, name: 'bob', kind: 'user' } as const

const defaultWelcome = {
  type: 'welcome',
  protocol: 1,
  session: 's',
  user: ann,
  epoch: 'e1',
  heartbeatMs: 25_000,
  limits: { textLength: 16_000 },
  rooms: [],
}

/** A room of ann's, as `welcome` tells it. */
export function room(id: number, head: number, more: Partial<OwnRoom> = {}): OwnRoom {
  return {
    id,
    name: `room${id}`,
    topic: '',
    visibility: 'public',
    archived: false,
    createdAt: ann.createdAt,
    members: 2,
    head,
    role: 'member',
    mutedUntil: null,
    lastMessageAt: null,
    read: head,
    unread: 0,
    mentions: 0,
    ...more,
  } as OwnRoom
}

/** A `message.created` event by bob. */
export function created(room: number, seq: number, more: Record<string, unknown> = {}): Frame {
  return {
    type: 'message.created',
    room,
    seq,
    at: '2026-01-01T00:00:00.000Z',
    actor: bob,
    message: seq * 10,
    text: `message ${seq}`,
    replyTo: null,
    mentions: [],
    nonce: null,
    ...more,
  }
}
