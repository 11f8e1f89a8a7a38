import { connect, type Socket } from 'node:net'
import { FrameReader } from './frame-reader.ts'
import { maskedFrame } from './masked-frame.ts'

/** How a socket comes to where it listens: wait for a text that begins so, then say that. */
export interface Step {
  readonly await?: string
  readonly say?: string
}

export interface Opening {
  readonly port: number
  readonly path: string
  readonly steps: readonly Step[]
}

/** One chunk of all sockets at a time: what they bring is looked at before the next is read. */
const chunk = Buffer.allocUnsafeSlow(64 * 1024)

const textOpcode = 1
const closeOpcode = 8
const pingOpcode = 9
const pongOpcode = 10

/** One WebSocket over a socket of its own: no library between the load and the bytes. */
export class WireClient {
  readonly #socket: Socket
  readonly #reader: FrameReader
  readonly #steps: Step[]
  readonly #opened = Promise.withResolvers<void>()
  #head: Buffer | undefined = Buffer.alloc(0)
  /** Text frames that came, those of its opening included. */
  texts = 0
  closed = false
  /** Hears of each text once the opening is over. */
  onText: ((bytes: Buffer, start: number, length: number) => void) | undefined
  onClose: (() => void) | undefined

  private constructor({ port, path, steps }: Opening) {
    this.#steps = [...steps]
    this.#reader = new FrameReader((opcode, bytes, start, length) =>
      this.#frame(opcode, bytes, start, length),
    )
    this.#socket = connect({
      port,
      host: '127.0.0.1',
      noDelay: true,
      onread: { buffer: chunk, callback: (count) => this.#read(count) },
    })
    this.#socket.on('error', (error) => this.#opened.reject(error))
    this.#socket.on('close', () => this.#gone(path))
    this.#socket.write(
      `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
        'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n',
    )
  }

  /** Resolves when all steps are taken. */
  static async open(opening: Opening): Promise<WireClient> {
    const client = new WireClient(opening)
    await client.#opened.promise
    return client
  }

  /** Sends frames that are made already, one or several. */
  write(frames: Buffer): void {
    this.#socket.write(frames)
  }

  say(text: string): void {
    this.#socket.write(maskedFrame(textOpcode, Buffer.from(text)))
  }

  /** Reads no more; `resume` reads on. */
  pause(): void {
    this.#socket.pause()
  }

  resume(): void {
    this.#socket.resume()
  }

  /** Ends the connection without a word, as a cut does. */
  cut(): void {
    this.#socket.destroy()
  }

  #read(count: number): boolean {
    if (this.#head === undefined) this.#reader.feed(chunk, count)
    else this.#handshake(chunk.subarray(0, count))
    return true
  }

  #handshake(bytes: Buffer): void {
    const head = Buffer.concat([this.#head ?? Buffer.alloc(0), bytes])
    const end = head.indexOf('\r\n\r\n')
    if (end === -1) {
      this.#head = head
      return
    }
    const status = head.toString('latin1', 0, head.indexOf('\r\n'))
    if (!status.includes(' 101 ')) {
      this.#opened.reject(new Error(`The handshake was refused: ${status}`))
      return
    }
    this.#head = undefined
    this.#advance()
    if (end + 4 < head.length) this.#reader.feed(head.subarray(end + 4), head.length - end - 4)
  }

  #frame(opcode: number, bytes: Buffer, start: number, length: number): void {
    if (opcode === textOpcode) this.#text(bytes, start, length)
    else if (opcode === pingOpcode) {
      this.write(maskedFrame(pongOpcode, bytes.subarray(start, start + length)))
    } else if (opcode === closeOpcode) this.#socket.destroy()
  }

  #text(bytes: Buffer, start: number, length: number): void {
    this.texts += 1
    const step = this.#steps[0]
    if (step === undefined) this.onText?.(bytes, start, length)
    else if (bytes.toString('latin1', start, start + (step.await?.length ?? 0)) === step.await) {
      this.#steps.shift()
      if (step.say !== undefined) this.say(step.say)
      this.#advance()
    }
  }

  /** Takes the steps that wait for nothing. */
  #advance(): void {
    for (let step = this.#steps[0]; step !== undefined && step.await === undefined; step = this.#steps[0]) {
      this.#steps.shift()
      if (step.say !== undefined) this.say(step.say)
    }
    if (this.#steps.length === 0) this.#opened.resolve()
  }

  #gone(path: string): void {
    this.closed = true
    this.#opened.reject(new Error(`The connection to ${path} was closed while it opened.`))
    this.onClose?.()
  }
}
