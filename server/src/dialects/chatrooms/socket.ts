import { errors } from '@parlance/protocol/errors'
import { mayMention } from '@parlance/protocol/text/mentions'
import { room as accessRoom, isFailure } from '../../chat/access.ts'
import type { Chat } from '../../chat/chat.ts'
import { sendMessage } from '../../chat/messages.ts'
import { Bucket } from '../../chat/rates.ts'
import { guestOutlook } from '../../chat/rooms.ts'
import { announce } from '../../live/arrivals.ts'
import type { Connection } from '../../live/connection.ts'
import type { Hub } from '../../live/hub.ts'
import type { Notice } from '../../ports/notice.ts'
import { CommandQueue } from '../command-queue.ts'
import { commandWaitMs } from '../command-rate.ts'
import type { PacketListener } from '../packet-listener.ts'
import { decode, type Request } from './decode.ts'
import { guest } from './guest.ts'
import { messageObject } from './message.ts'
import { ackPacket, eventPacket } from './packets.ts'
import type { Place } from './place.ts'
import type { Roster } from './roster.ts'

/** Places in which one socket can be at a time. */
const maxPlaces = 1_000

/** Commands that may wait. Polling cannot be paused: whoever has more under way is not worth the memory. */
const maxOutstanding = 3_000

const notFound = 'Chatroom not found'

export interface ChatroomsSocketContext {
  readonly chat: Chat
  readonly hub: Hub
  readonly roster: Roster
  readonly connection: Connection
  readonly sid: string
}

/** One Socket.IO client (contracts.md §4): nobody's account, under a name for each place that it has joined. */
export class ChatroomsSocket implements PacketListener {
  readonly #chat: Chat
  readonly #hub: Hub
  readonly #roster: Roster
  readonly #connection: Connection
  readonly #sid: string
  readonly #queue: CommandQueue
  readonly #commands = new Bucket()
  /** Where it is, and the name it has there. */
  readonly #places = new Map<string, { readonly place: Place; readonly name: string }>()

  constructor({ chat, hub, roster, connection, sid }: ChatroomsSocketContext) {
    this.#chat = chat
    this.#hub = hub
    this.#roster = roster
    this.#connection = connection
    this.#sid = sid
    this.#queue = new CommandQueue(connection)
  }

  event(name: string, args: readonly unknown[], ack: number | undefined): void {
    const request = decode(name, args[0])
    if (request === undefined) return
    if (this.#queue.outstanding >= maxOutstanding) {
      this.#connection.close(this.#connection.endings.slow)
      return
    }
    // What an answer to a message holds; that to the other events is without an argument.
    const isSend = name === 'send_message'
    const answer = (data: object) => {
      if (ack !== undefined) this.#connection.send(isSend ? ackPacket(ack, data) : ackPacket(ack))
    }
    const refuse = (error: string) => {
      this.#connection.send(eventPacket('error', { error }))
      answer({ error })
    }
    const isOver = commandWaitMs(this.#chat, this.#commands) > 0
    // Who is mentioned is looked up before the commit: only messages without keep their order by themselves.
    const overlaps = !isOver && request.kind === 'send' && !mayMention(request.content)
    this.#queue.add(!overlaps, async () => {
      try {
        const error = isOver ? errors.rate_limited.message : await this.#run(request, answer)
        if (error !== undefined) refuse(error)
      } catch (error) {
        this.#chat.log.error({ err: error, event: name }, 'A command failed.')
        refuse(errors.internal.message)
      }
    })
  }

  idle(): Promise<void> {
    return this.#queue.idle()
  }

  closed(): void {
    for (const { place, name } of this.#places.values()) {
      this.#roster.leave(place.key, this.#sid)
      this.#unlisten(place)
      this.#tell('connection.lost', place, name).catch((error: unknown) => {
        this.#chat.log.error({ err: error }, 'A place was not told that a client is gone.')
      })
    }
    this.#places.clear()
  }

  /** Answers, or gives why not. */
  async #run(request: Request, answer: (data: object) => void): Promise<string | undefined> {
    if (this.#connection.closed) return undefined
    switch (request.kind) {
      case 'refused':
        return request.error
      case 'join': {
        const error = await this.#join(request.place, request.username)
        if (error === undefined) answer({})
        return error
      }
      case 'leave':
        await this.#leave(request.place)
        answer({})
        return undefined
      case 'send':
        return this.#send(request, answer)
    }
  }

  async #join(place: Place, username: string | undefined): Promise<string | undefined> {
    const { address } = this.#connection
    const { name } = guest(username ?? `user_${this.#sid.slice(0, 5)}`, address)
    if (!this.#places.has(place.key)) {
      if (this.#places.size >= maxPlaces) return `A client joins at most ${maxPlaces} rooms`
      await this.#listen(place)
      if (this.#connection.closed) return undefined
    }
    this.#places.set(place.key, { place, name })
    this.#roster.enter(place.key, this.#sid, name)
    await this.#tell('connection.entered', place, name)
    return undefined
  }

  async #leave(place: Place): Promise<void> {
    const joined = this.#places.get(place.key)
    if (joined === undefined) return
    this.#places.delete(place.key)
    this.#roster.leave(place.key, this.#sid)
    this.#unlisten(place)
    await this.#tell('connection.left', place, joined.name)
  }

  async #send(
    { place, sender, content }: Extract<Request, { kind: 'send' }>,
    answer: (data: object) => void,
  ): Promise<string | undefined> {
    if (place?.room === undefined) return notFound
    const actor = guest(sender, this.#connection.address)
    const sent = await sendMessage(this.#chat, actor, { room: place.room, text: content })
    if (!sent.ok) return sent.code === 'not_found' ? notFound : sent.message
    answer(messageObject(sent.data))
    return undefined
  }

  /** From now on it hears what is told there: of a room, if it is open, or becomes so. */
  async #listen(place: Place): Promise<void> {
    if (place.room === undefined) {
      this.#hub.named.join(nameOf(place), this.#connection)
      return
    }
    const { open, after } = await guestOutlook(this.#chat, place.room)
    await this.#hub.attach(this.#connection, place.room, { after, open })
  }

  #unlisten(place: Place): void {
    if (place.room === undefined) this.#hub.named.leave(nameOf(place), this.#connection)
    else this.#hub.detach(this.#connection, place.room)
  }

  /** Tells all who are there; under the id of no open room those are only guests like this one. */
  async #tell(type: Notice['type'], place: Place, name: string): Promise<void> {
    const { broker, clock } = this.#chat
    const sid = this.#sid
    if (place.room === undefined) {
      const line = type === 'connection.entered' ? 'line.joined' : 'line.left'
      const where = { room: place.key, connection: sid }
      this.#hub.named.say(nameOf(place), { type: line, name, at: clock.timestamp(), place: where })
      return
    }
    const seen = await accessRoom(this.#chat, guest(name, this.#connection.address), place.room, 'see')
    const user = { id: null, name, kind: 'guest' } as const
    announce(
      { hub: this.#hub, broker, clock },
      type,
      place.room,
      user,
      this.#connection,
      sid,
      isFailure(seen),
    )
  }
}

/** Where those gather who joined an id that no room can have. A slash is in no name of contracts.md §1. */
function nameOf({ key }: Place): string {
  return `chatrooms/${key}`
}
