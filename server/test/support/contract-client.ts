import assert from 'node:assert/strict'
import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import { WebSocket } from 'ws'

// biome-ignore lint/suspicious/noExplicitAny: tests look into frames of every shape.
type Frame = any

/** Milliseconds after which a frame that does not come has not come. */
const patienceMs = 10_000

/** A plain WebSocket of one of the five contracts: frames are taken one by one, in the order in which they came. */
export class ContractClient implements Disposable {
  readonly socket: WebSocket
  readonly closed: Promise<{ readonly code: number; readonly reason: string }>
  readonly #texts: string[] = []
  #wake: () => void = () => {}

  constructor(
    { url }: { readonly url: string },
    path: string,
    headers: Readonly<Record<string, string>> = {},
  ) {
    this.socket = new WebSocket(`${url.replace(/^http/, 'ws')}${path}`, { headers })
    this.closed = new Promise((resolve) => {
      this.socket.on('close', (code, reason) => {
        resolve({ code, reason: String(reason) })
        this.#wake()
      })
    })
    this.socket.on('error', () => {})
    this.socket.on('message', (data) => {
      this.#texts.push(String(data))
      this.#wake()
    })
  }

  /** Connected; fails where the handshake is refused. */
  static async open(
    server: { readonly url: string },
    path: string,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<ContractClient> {
    const client = new ContractClient(server, path, headers)
    await once(client.socket, 'open')
    return client
  }

  /** Sends a text as it is, or anything else as JSON. */
  send(frame: unknown): void {
    this.socket.send(typeof frame === 'string' ? frame : JSON.stringify(frame))
  }

  /** The next frame as it came. */
  async nextText(): Promise<string> {
    const deadline = AbortSignal.timeout(patienceMs)
    for (;;) {
      const text = this.#texts.shift()
      if (text !== undefined) return text
      assert.ok(!deadline.aborted, 'no frame came')
      assert.notEqual(this.socket.readyState, WebSocket.CLOSED, 'closed before a frame came')
      const { promise, resolve } = Promise.withResolvers<void>()
      this.#wake = resolve
      deadline.addEventListener('abort', () => resolve())
      await promise
    }
  }

  /** The next frame, which has to be JSON. */
  async next(): Promise<Frame> {
    return JSON.parse(await this.nextText())
  }

  /** The next so many frames. */
  async take(count: number): Promise<Frame[]> {
    const frames: Frame[] = []
    while (frames.length < count) frames.push(await this.next())
    return frames
  }

  /** The frames up to and with the first for which this holds. */
  async until(wanted: (frame: Frame) => boolean): Promise<Frame[]> {
    const frames: Frame[] = []
    for (;;) {
      const frame = await this.next()
      frames.push(frame)
      if (wanted(frame)) return frames
    }
  }

  /** Closes and waits until that is done. */
  async close(): Promise<void> {
    this.socket.close()
    await this.closed
  }

  [Symbol.dispose](): void {
    this.socket.terminate()
  }
}

/** How a handshake is refused: the HTTP answer, which has to be one. */
export async function refusal(
  { url }: { readonly url: string },
  path: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<{ readonly status: number; readonly body: Frame; readonly headers: IncomingMessage['headers'] }> {
  const socket = new WebSocket(`${url.replace(/^http/, 'ws')}${path}`, { headers })
  socket.on('error', () => {})
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    socket.on('unexpected-response', (_request, answer) => resolve(answer))
    socket.on('open', () => {
      socket.terminate()
      reject(new Error(`${path} was accepted`))
    })
  })
  let text = ''
  for await (const chunk of response) text += chunk
  return { status: response.statusCode ?? 0, body: JSON.parse(text), headers: response.headers }
}
