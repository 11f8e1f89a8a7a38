import type { Opening } from './wire-client.ts'
import { WireClient } from './wire-client.ts'

interface Frame {
  readonly type: string
  readonly room?: number
  readonly seq?: number
  readonly text?: string
  readonly events?: readonly Frame[]
  readonly recovered?: boolean
  readonly more?: boolean
  readonly rooms?: readonly { readonly id: number; readonly head: number }[]
}

/** A native client that remembers where it was in each room, and says so when it comes back. */
export class Resumer {
  readonly #port: number
  readonly #token: string
  readonly #epoch: string
  readonly #positions = new Map<number, number>()
  #client: WireClient | undefined
  /** Rooms whose replay has not ended yet. */
  #awaited = new Set<number>()
  #caughtUp = Promise.withResolvers<void>()
  /** Events that came again, and places where some were left out. */
  doubled = 0
  missed = 0
  /** Hears of each message the first time it comes. */
  onMessage: ((text: string) => void) | undefined

  constructor(port: number, token: string, epoch: string) {
    this.#port = port
    this.#token = token
    this.#epoch = epoch
  }

  /** The sum of all positions: how many events it knows of. */
  get known(): number {
    return this.#positions.values().reduce((sum, seq) => sum + seq, 0)
  }

  /** Connects, and resolves when it has caught up in every room. */
  async come(): Promise<void> {
    this.#caughtUp = Promise.withResolvers<void>()
    this.#awaited = new Set(this.#positions.keys())
    const resume =
      this.#positions.size === 0
        ? {}
        : { resume: { epoch: this.#epoch, rooms: Object.fromEntries(this.#positions) } }
    const hello = JSON.stringify({ type: 'hello', ref: 1, token: this.#token, ...resume })
    const opening: Opening = { port: this.#port, path: '/v1/socket', steps: [{ say: hello }] }
    const client = await WireClient.open(opening)
    this.#client = client
    client.onText = (bytes, start, length) =>
      this.#hear(JSON.parse(bytes.toString('utf8', start, start + length)))
    client.onClose = () =>
      this.#caughtUp.reject(new Error('The connection was lost before it had caught up.'))
    await this.#caughtUp.promise
  }

  /** Cuts the connection; what comes after the cut is not heard. */
  go(): void {
    const client = this.#client
    if (client === undefined) return
    client.onClose = undefined
    client.onText = undefined
    client.cut()
  }

  #hear(frame: Frame): void {
    if (frame.type === 'welcome') this.#welcome(frame)
    else if (frame.type === 'replay') this.#replay(frame)
    else if (frame.seq !== undefined) this.#event(frame)
  }

  #welcome({ rooms = [] }: Frame): void {
    for (const { id, head } of rooms) if (!this.#positions.has(id)) this.#positions.set(id, head)
    if (this.#awaited.size === 0) this.#caughtUp.resolve()
  }

  #replay({ room = 0, events = [], recovered, more }: Frame): void {
    if (recovered !== true) this.missed += 1
    for (const event of events) this.#event({ ...event, room })
    if (more === true) return
    this.#awaited.delete(room)
    if (this.#awaited.size === 0) this.#caughtUp.resolve()
  }

  #event({ type, room = 0, seq = 0, text }: Frame): void {
    const position = this.#positions.get(room) ?? 0
    if (seq <= position) {
      this.doubled += 1
      return
    }
    if (seq > position + 1) this.missed += 1
    this.#positions.set(room, seq)
    if (type === 'message.created' && text !== undefined) this.onMessage?.(text)
  }
}
