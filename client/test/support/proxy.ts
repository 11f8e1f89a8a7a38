import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'

/** What a network does to the bytes of either direction. */
interface Trouble {
  /** Bytes at a time; 0: as they come. */
  sliceBytes: number
  /** Milliseconds that each piece is held back. */
  delayMs: number
  /** Takes bytes and passes none on, as a half-open connection does. */
  isBlackhole: boolean
  /** What the server says does not arrive. */
  isDeafClient: boolean
  /** New connections are refused. */
  isDown: boolean
}

/** A network between client and server, with all that may go wrong in one. */
export class TcpProxy implements AsyncDisposable {
  readonly trouble: Trouble = {
    sliceBytes: 0,
    delayMs: 0,
    isBlackhole: false,
    isDeafClient: false,
    isDown: false,
  }
  /** Connections so far. */
  connections = 0
  readonly #server: Server
  readonly #pairs = new Set<readonly [Socket, Socket]>()
  #target: number
  /** Bytes to the client until everything is cut. */
  #cutAfterBytes: number | undefined

  private constructor(server: Server, target: number) {
    this.#server = server
    this.#target = target
    server.on('connection', (client) => this.#connect(client))
  }

  /** A proxy on a free port, to a port of this machine. */
  static async start(target: number): Promise<TcpProxy> {
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    return new TcpProxy(server, target)
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  /** From now on, connections go to another port. */
  retarget(port: number): void {
    this.#target = port
  }

  /** Cuts every connection, without a goodbye. */
  cut(): void {
    for (const pair of this.#pairs) for (const socket of pair) socket.resetAndDestroy()
  }

  /** Cuts every connection after so many bytes more have gone to clients: in the middle of a frame. */
  cutAfter(bytes: number): void {
    this.#cutAfterBytes = bytes
  }

  /** No cut is to come any more. */
  heal(): void {
    this.#cutAfterBytes = undefined
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.close()
    this.cut()
    await once(this.#server, 'close')
  }

  #connect(client: Socket): void {
    this.connections += 1
    if (this.trouble.isDown) {
      client.resetAndDestroy()
      return
    }
    const server = connect(this.#target, '127.0.0.1')
    const pair = [client, server] as const
    this.#pairs.add(pair)
    for (const socket of pair) {
      socket.setNoDelay()
      socket.on('error', () => {})
      socket.on('close', () => {
        this.#pairs.delete(pair)
        for (const other of pair) other.destroy()
      })
    }
    client.on('data', (bytes) => this.#pass(bytes, server))
    server.on('data', (bytes) => {
      if (!this.trouble.isDeafClient) this.#pass(this.#upToCut(bytes), client)
    })
  }

  #upToCut(bytes: Buffer): Buffer {
    if (this.#cutAfterBytes === undefined) return bytes
    const passed = bytes.subarray(0, this.#cutAfterBytes)
    this.#cutAfterBytes -= passed.length
    if (this.#cutAfterBytes === 0) {
      this.#cutAfterBytes = undefined
      setImmediate(() => this.cut())
    }
    return passed
  }

  #pass(bytes: Buffer, to: Socket): void {
    const { sliceBytes, delayMs, isBlackhole } = this.trouble
    if (isBlackhole) return
    const size = sliceBytes || bytes.length
    for (let i = 0; i < bytes.length; i += size) {
      const piece = bytes.subarray(i, i + size)
      if (delayMs > 0) setTimeout(() => to.write(piece), delayMs)
      else to.write(piece)
    }
  }
}
