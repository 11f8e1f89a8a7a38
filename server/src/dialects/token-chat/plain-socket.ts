import { errors } from '@parlance/protocol/errors'
import type { Chat } from '../../chat/chat.ts'
import { Bucket } from '../../chat/rates.ts'
import type { Connection } from '../../live/connection.ts'
import { commandWaitMs } from '../command-rate.ts'
import type { Listener } from '../listener.ts'
import { own } from './decode.ts'
import { errorFrame, pongFrame } from './frames.ts'

/** Answers one frame by itself, in order: nobody else hears it and nothing is kept (contracts.md §3). */
class PlainSocket implements Listener {
  readonly #chat: Chat
  readonly #connection: Connection
  readonly #answer: (text: string) => string
  readonly #commands = new Bucket()

  constructor(chat: Chat, connection: Connection, answer: (text: string) => string) {
    this.#chat = chat
    this.#connection = connection
    this.#answer = answer
  }

  text(text: string): void {
    const isOver = commandWaitMs(this.#chat, this.#commands) > 0
    this.#connection.send(isOver ? errorFrame(errors.rate_limited.message) : this.#answer(text))
  }

  closed(): void {}
}

/** `/ws`: a ping is answered, all other JSON comes back. */
export function openPlain(chat: Chat, connection: Connection): Listener {
  return new PlainSocket(chat, connection, (text) => {
    let value: unknown
    try {
      value = JSON.parse(text)
    } catch {
      return errorFrame('Invalid JSON format')
    }
    return typeof value === 'object' && value !== null && own(value, 'type') === 'ping'
      ? pongFrame(chat.clock)
      : JSON.stringify({ type: 'echo', content: `Received: ${text}` })
  })
}

/** `/ws/echo`: every text comes back as text. */
export function openEcho(chat: Chat, connection: Connection): Listener {
  return new PlainSocket(chat, connection, (text) => `Echo: ${text}`)
}
