import assert from 'node:assert/strict'
import { ContractClient } from './contract-client.ts'
import { type Frame, NativeClient } from './native-client.ts'
import { PacketClient } from './packet-client.ts'
import { ask } from './rest.ts'
import { type Holder, roomSocket } from './token-chat.ts'

/** What one watcher heard, as who did what. */
export type Heard = readonly (string | number | null)[]

/** What each kind of watcher heard. */
export interface Hearing {
  readonly room: readonly Heard[]
  readonly auth: readonly Heard[]
  readonly packets: readonly Heard[]
  readonly envelope: readonly Heard[]
  readonly native: readonly Heard[]
}

interface Watchers {
  readonly room: ContractClient
  readonly auth: ContractClient
  readonly packets: PacketClient
  readonly envelope: ContractClient
  readonly native: NativeClient
}

let count = 0

/** One open room with a watcher of each dialect: an account by 002 (both sockets), 004 and native, a guest by 003. */
export class Stage implements Disposable {
  readonly room: number
  readonly #server: { readonly url: string }
  readonly #watch: Holder
  readonly #clients: Watchers

  private constructor(server: { readonly url: string }, watch: Holder, room: number, clients: Watchers) {
    this.#server = server
    this.#watch = watch
    this.room = room
    this.#clients = clients
  }

  static async open(server: { readonly url: string }, watch: Holder): Promise<Stage> {
    const made = await ask(server, 'POST', '/chatrooms', { body: { name: `stage ${++count}` } })
    const room: number = made.body.id
    const { token } = watch
    const first = await roomSocket(server, watch, room)
    const packets = await PacketClient.open(server)
    await packets.join(room, 'Watcher')
    return new Stage(server, watch, room, {
      room: first,
      auth: await ContractClient.open(server, `/ws/auth?token=${token}`),
      packets,
      envelope: await ContractClient.open(server, `/ws/chat/${room}?token=${token}`),
      native: await NativeClient.open(server, { token }),
    })
  }

  /** Waits for the next frame of the 002 socket, so that what was done has been told before the marker is. */
  async told(): Promise<Heard> {
    return heard002(await this.#clients.room.next())
  }

  /** Everything that the watchers have heard and nobody looked at, up to a marker that is sent now. */
  async heard(): Promise<Hearing> {
    const marker = `marker ${++count}`
    const path = `/api/rooms/${this.room}/messages`
    const sent = await ask(this.#server, 'POST', path, {
      token: this.#watch.token,
      body: { content: marker },
    })
    assert.equal(sent.status, 200, sent.text)
    const { room, auth, packets, envelope, native } = this.#clients
    return {
      room: (await until(room, ({ content }) => content === marker)).map(heard002),
      auth: this.#here(await until(auth, ({ content }) => content === marker)).map(heard002),
      packets: await packetsUntil(packets, marker),
      envelope: (await until(envelope, ({ text }) => text === marker)).map(heard004),
      native: this.#here(await nativeUntil(native, marker)).map(heardNative),
    }
  }

  /** Accounts that follow all their rooms hear of the others too. */
  #here(frames: readonly Frame[]): Frame[] {
    return frames.filter((frame) => (frame.room_id ?? frame.room) === this.room)
  }

  [Symbol.dispose](): void {
    for (const client of Object.values(this.#clients)) client[Symbol.dispose]()
  }
}

async function until(client: ContractClient, isMarker: (frame: Frame) => boolean): Promise<Frame[]> {
  return (await client.until(isMarker)).slice(0, -1)
}

async function packetsUntil(client: PacketClient, marker: string): Promise<Heard[]> {
  const heard: Heard[] = []
  for (;;) {
    const { name, data } = await client.nextEvent()
    if (data.content === marker) return heard
    heard.push(name === 'new_message' ? [name, data.sender, data.content] : [name, data.username])
  }
}

/** Without what comes and goes by itself: presence, read markers. */
async function nativeUntil(client: NativeClient, marker: string): Promise<Frame[]> {
  await client.next(({ text }) => text === marker)
  return client.frames
    .splice(0)
    .filter(({ type, text }) => text !== marker && /^(?:message|member|reaction|room|typing)/.test(type))
}

function heardNative({ type, user, actor, text }: Frame): Heard {
  const { name } = user ?? actor
  return text === undefined ? [type, name] : [type, name, text]
}

function heard002({ type, user_id: id, username, content }: Frame): Heard {
  return content === undefined ? [type, id, username] : [type, id, username, content]
}

function heard004(frame: Frame): Heard {
  return frame.type === 'new_message'
    ? [frame.type, frame.sender_id, frame.sender_username, frame.text]
    : [frame.type, frame.user_id, frame.action]
}
