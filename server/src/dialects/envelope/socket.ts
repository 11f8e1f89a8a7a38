import { errors } from '@parlance/protocol/errors'
import type { RoomId } from '@parlance/protocol/models'
import { mayMention } from '@parlance/protocol/text/mentions'
import { type Chat, type Known, userOf } from '../../chat/chat.ts'
import { sendMessage } from '../../chat/messages.ts'
import { Bucket } from '../../chat/rates.ts'
import { announce } from '../../live/arrivals.ts'
import type { Connection } from '../../live/connection.ts'
import type { Hub } from '../../live/hub.ts'
import { CommandQueue } from '../command-queue.ts'
import { commandWaitMs } from '../command-rate.ts'
import { contractRoom } from '../contract/room.ts'
import type { Listener } from '../listener.ts'
import { decode } from './decode.ts'

const tooMany = { kind: 'refused', message: errors.rate_limited.message } as const

let connectionCount = 0

/**
 * One connection to one room (contracts.md §5). It is silenced and closed with 1008 as soon as its session or the
 * membership ends, however that came about: what the handshake refuses does not go on behind it.
 */
export class EnvelopeSocket implements Listener {
  readonly #chat: Chat
  readonly #hub: Hub
  readonly #connection: Connection
  readonly #actor: Known
  readonly #room: RoomId
  readonly #queue: CommandQueue
  readonly #name = `envelope-${++connectionCount}`
  readonly #commands = new Bucket()
  /** Whether the room has been told of this connection. */
  #entered = false

  constructor(chat: Chat, hub: Hub, connection: Connection, actor: Known, room: RoomId) {
    this.#chat = chat
    this.#hub = hub
    this.#connection = connection
    this.#actor = actor
    this.#room = room
    this.#queue = new CommandQueue(connection)
    this.#queue.add(true, () =>
      this.#enter().catch((error: unknown) => {
        chat.log.error({ err: error }, 'A connection could not enter its room.')
        connection.close(connection.endings.stateLost)
      }),
    )
  }

  text(text: string): void {
    const waitMs = commandWaitMs(this.#chat, this.#commands)
    const frame = waitMs === 0 ? decode(text) : tooMany
    switch (frame.kind) {
      case 'nothing':
        break
      case 'refused':
        this.#queue.add(true, async () => this.#refuse(frame.message))
        break
      case 'message':
        // Who is mentioned is looked up before the commit: only texts without keep their order by themselves.
        this.#queue.add(mayMention(frame.text), () => this.#send(frame.text))
        break
    }
  }

  idle(): Promise<void> {
    return this.#queue.idle()
  }

  closed(): void {
    if (this.#entered) this.#announce('connection.lost')
  }

  /** Listens first, then reads: a session or membership that ended since the handshake is seen here. */
  async #enter(): Promise<void> {
    const connection = this.#connection
    const { id: user, session: sessionId } = this.#actor
    const { store, clock } = this.#chat
    await this.#hub.identify(connection, { user, session: sessionId, isGuest: false })
    const [session, standing] = await Promise.all([
      store.sessions.get(sessionId, clock.timestamp()),
      store.rooms.standing(user, this.#room),
    ])
    const { sessionEnded, roomLeft = sessionEnded } = connection.endings
    if (session === undefined || standing === undefined || standing.member === null) {
      connection.close(session === undefined ? sessionEnded : roomLeft)
      return
    }
    const attached = this.#hub.attach(connection, this.#room, { after: standing.room.head })
    this.#hub.release(connection)
    await attached
    if (connection.closed) return
    this.#entered = true
    // What was said while it caught up stays before its coming.
    this.#hub.batch.flush()
    this.#announce('connection.entered')
  }

  /** Tells the room, where the connection is still in it: who left it has been told of by the leaving itself. */
  #announce(type: 'connection.entered' | 'connection.lost'): void {
    if (!this.#connection.rooms.has(this.#room)) return
    const around = { hub: this.#hub, broker: this.#chat.broker, clock: this.#chat.clock }
    announce(around, type, this.#room, userOf(this.#actor), this.#connection, this.#name)
  }

  async #send(text: string): Promise<void> {
    if (this.#connection.closed) return
    try {
      const found = contractRoom(this.#chat, this.#actor, this.#room, 'see')
      const standing = found instanceof Promise ? await found : found
      const sent =
        'ok' in standing ? standing : await sendMessage(this.#chat, this.#actor, { room: this.#room, text })
      if (!sent.ok) this.#refuse(sent.message)
    } catch (error) {
      this.#chat.log.error({ err: error }, 'A message could not be sent.')
      this.#refuse(errors.internal.message)
    }
  }

  #refuse(message: string): void {
    this.#connection.send(JSON.stringify({ type: 'error', message }))
  }
}
