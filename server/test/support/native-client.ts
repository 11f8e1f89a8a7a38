import assert from 'node:assert/strict'
import { once } from 'node:events'
import type { CommandType, InputOf } from '@parlance/protocol/commands'
import { WebSocket } from 'ws'

// biome-ignore lint/suspicious/noExplicitAny: tests look into frames of every shape.
export type Frame = any

export interface HelloOptions {
  readonly token?: string
  readonly resume?: { readonly epoch: string; readonly rooms: Readonly<Record<string, number>> }
  readonly headers?: Readonly<Record<string, string>>
}

/** Milliseconds after which a frame that does not come has not come. */
const patienceMs = 10_000

/** A native socket that keeps every frame and lets a test wait for one. */
export class NativeClient implements Disposable {
  readonly frames: Frame[] = []
  readonly socket: WebSocket
  readonly closed: Promise<{ readonly code: number; readonly reason: string }>
  #ref = 0
  #waiting = new Set<() => void>()

  constructor(url: string, headers: Readonly<Record<string, string>> = {}) {
    this.socket = new WebSocket(`${url.replace(/^http/, 'ws')}/v1/socket`, 'parlance.v1', { headers })
    this.closed = new Promise((resolve) => {
      this.socket.on('close', (code, reason) => {
        resolve({ code, reason: String(reason) })
        this.#wake()
      })
    })
    this.socket.on('error', () => {})
    this.socket.on('message', (data) => {
      this.frames.push(JSON.parse(String(data)))
      this.#wake()
    })
  }

  /** Connected, greeted and welcomed. */
  static async open(
    { url }: { readonly url: string },
    { token, resume, headers }: HelloOptions,
  ): Promise<NativeClient> {
    const client = new NativeClient(url, headers)
    await once(client.socket, 'open')
    client.send({ type: 'hello', ...(token !== undefined && { token }), ...(resume && { resume }) })
    await client.next((frame) => frame.type === 'welcome')
    return client
  }

  get welcome(): Frame {
    return this.frames.find(({ type }) => type === 'welcome')
  }

  /** Events of a room, replayed and live, in the order in which they came. */
  events(room: number): Frame[] {
    return this.frames
      .flatMap((frame) => (frame.type === 'replay' ? (frame.events ?? []) : [frame]))
      .filter((frame) => frame.room === room && frame.seq !== undefined)
  }

  send(frame: object | string): void {
    this.socket.send(typeof frame === 'string' ? frame : JSON.stringify(frame))
  }

  /** The reply to a command. */
  ask<T extends CommandType>(type: T, input: InputOf<T>): Promise<Frame> {
    const ref = ++this.#ref
    this.send({ ...input, type, ref })
    return this.next((frame) => (frame.type === 'reply' || frame.type === 'pong') && frame.ref === ref)
  }

  /** The data of the reply, which has to be ok. */
  async do<T extends CommandType>(type: T, input: InputOf<T>): Promise<Frame> {
    const reply = await this.ask(type, input)
    assert.equal(reply.ok, true, JSON.stringify(reply))
    return reply.data
  }

  /** The code of the failure, which has to be one. */
  async refused<T extends CommandType>(type: T, input: InputOf<T>): Promise<string> {
    const reply = await this.ask(type, input)
    assert.equal(reply.ok, false, JSON.stringify(reply))
    return reply.error.code
  }

  /** The first frame, seen or coming, for which this holds. */
  async next(wanted: (frame: Frame) => boolean): Promise<Frame> {
    const deadline = AbortSignal.timeout(patienceMs)
    for (;;) {
      const found = this.frames.find(wanted)
      if (found !== undefined) return found
      assert.ok(
        !deadline.aborted,
        `no such frame came: ${wanted}; there were ${JSON.stringify(this.frames.slice(-5))}`,
      )
      assert.notEqual(this.socket.readyState, WebSocket.CLOSED, `closed before ${wanted}`)
      await new Promise<void>((resolve) => {
        const wake = () => {
          this.#waiting.delete(wake)
          deadline.removeEventListener('abort', wake)
          resolve()
        }
        this.#waiting.add(wake)
        deadline.addEventListener('abort', wake)
      })
    }
  }

  /** Resolves when everything that was sent before has been answered. */
  async settled(): Promise<void> {
    await this.ask('ping', {})
  }

  [Symbol.dispose](): void {
    this.socket.terminate()
  }

  #wake(): void {
    for (const wake of [...this.#waiting]) wake()
  }
}
