import type { CommandOf, CommandType, DataOf } from '@parlance/protocol/commands'
import type { Event } from '@parlance/protocol/events'
import { eventTypes } from '@parlance/protocol/events'
import type { Replay, Reply, Welcome } from '@parlance/protocol/frames'
import type { RoomId, Seq } from '@parlance/protocol/models'
import { emptyRoom, type RoomState, reduce } from '@parlance/protocol/reduce'

/** The answer of the server was a failure: it will not be another one however often one asks. */
export class Refused extends Error {
  readonly code: string

  constructor(code: string, message: string) {
    super(message)
    this.code = code
  }
}

interface Asked {
  readonly frame: object
  readonly resolve: (data: object) => void
  readonly reject: (error: Error) => void
}

type Frame = Welcome | Replay | Reply | Event

const isEvent = (frame: Frame): frame is Event => eventTypes.some((known) => known === frame.type)

/**
 * A small client that never gives up: after every cut it resumes where it was and asks again what was not answered.
 * Ask for what may be repeated only: reads, and sends with a nonce.
 */
export class Chatter implements Disposable {
  /** What it knows of each room, made of events alone. */
  readonly rooms = new Map<RoomId, RoomState>()
  /** Every (room, seq) as it was delivered, in order. */
  readonly delivered: { readonly room: RoomId; readonly seq: Seq }[] = []
  cuts = 0
  readonly #url: string
  readonly #token: string
  readonly #user: number
  readonly #asked = new Map<number, Asked>()
  #socket: WebSocket | undefined
  #epoch = ''
  #ref = 0
  #open = false
  #disposed = false

  /** `url`: of the server, as `http://127.0.0.1:8000`. */
  constructor(url: string, token: string, user: number) {
    this.#url = `${url.replace(/^http/, 'ws')}/v1/socket`
    this.#token = token
    this.#user = user
    this.#connect()
  }

  /** Knows nothing of the room yet: its whole log comes with the next resume. */
  follow(room: RoomId): void {
    if (!this.rooms.has(room)) this.rooms.set(room, emptyRoom)
  }

  /** Asks until it is answered, over any number of cuts. Rejects with `Refused` when the answer is a failure. */
  ask<T extends CommandType>(command: CommandOf<T>): Promise<DataOf<T>> {
    const ref = ++this.#ref
    const { promise, resolve, reject } = Promise.withResolvers<object>()
    const frame = { ...command, ref }
    this.#asked.set(ref, { frame, resolve, reject })
    if (this.#open) this.#socket?.send(JSON.stringify(frame))
    return promise as Promise<DataOf<T>>
  }

  /** Cuts the connection, as a network does. */
  cut(): void {
    this.cuts += 1
    this.#socket?.close()
  }

  [Symbol.dispose](): void {
    this.#disposed = true
    this.#socket?.close()
  }

  #connect(): void {
    const socket = new WebSocket(this.#url, 'parlance.v1')
    this.#socket = socket
    socket.addEventListener('open', () => {
      const rooms = Object.fromEntries([...this.rooms].map(([room, state]) => [room, state.head]))
      socket.send(
        JSON.stringify({ type: 'hello', token: this.#token, resume: { epoch: this.#epoch, rooms } }),
      )
    })
    socket.addEventListener('message', ({ data }) => {
      if (socket === this.#socket) this.#receive(JSON.parse(String(data)))
    })
    socket.addEventListener('close', () => {
      if (socket !== this.#socket) return
      this.#open = false
      // A real client waits longer each time; this one is in a hurry.
      if (!this.#disposed) setTimeout(() => this.#connect(), 20)
    })
    socket.addEventListener('error', () => socket.close())
  }

  #receive(frame: Frame): void {
    if (frame.type === 'welcome') this.#welcome(frame)
    else if (frame.type === 'replay') this.#replay(frame)
    else if (frame.type === 'reply') this.#reply(frame)
    else if (isEvent(frame)) this.#event(frame)
  }

  #welcome({ epoch }: Welcome): void {
    // The first welcome only teaches the epoch: resuming needs it.
    if (this.#epoch === '') {
      this.#epoch = epoch
      this.#socket?.close()
      return
    }
    this.#open = true
    for (const { frame } of this.#asked.values()) this.#socket?.send(JSON.stringify(frame))
  }

  #replay(frame: Replay): void {
    if (!frame.recovered) throw new Error(`Room ${frame.room} was not recovered: ${frame.reason}`)
    for (const event of frame.events) this.#event(event)
  }

  #event(event: Event): void {
    const state = this.rooms.get(event.room)
    if (state === undefined) return
    this.delivered.push({ room: event.room, seq: event.seq })
    this.rooms.set(event.room, reduce(state, event, this.#user))
  }

  #reply(reply: Reply): void {
    const asked = this.#asked.get(reply.ref ?? -1)
    if (asked === undefined || reply.ref === null) return
    // What the server cannot do now is asked again after the next cut; it stays among what was asked.
    if (!reply.ok && reply.error.code === 'unavailable') return
    this.#asked.delete(reply.ref)
    if (reply.ok) asked.resolve(reply.data)
    else asked.reject(new Refused(reply.error.code, reply.error.message))
  }
}
