import type { Connection } from '../../live/connection.ts'
import type { ContractContext } from '../contract/context.ts'
import type { Listener } from '../listener.ts'
import { lineWaitMs, newSpeaker, type Speaker, tooManyMessages } from './line-rate.ts'
import { roomLog } from './room-log.ts'

/** The one frame that is a command. */
const done = 'Done'

/** A client of a named room that speaks plain text (contracts.md §1). */
export class TextRoomSocket implements Listener {
  readonly #context: ContractContext
  readonly #connection: Connection
  readonly #room: string
  readonly #speaker: Speaker
  /** It has said `Done`: what it sent after that belongs to no conversation. */
  #isDone = false

  constructor(context: ContractContext, connection: Connection, room: string) {
    this.#context = context
    this.#connection = connection
    this.#room = room
    this.#speaker = newSpeaker(connection.address)
    roomLog.connected(context.log, room, context.hub.named.join(room, connection))
  }

  text(text: string): void {
    if (this.#isDone) return
    const { chat, hub, log } = this.#context
    // Ending the conversation is no message: it is never refused.
    if (text !== done && lineWaitMs(chat, this.#speaker) > 0) {
      // The contract has no error frame. A sentence, as at the end, is what a person at a terminal can read.
      this.#connection.send(tooManyMessages)
    } else if (text === done) {
      this.#isDone = true
      roomLog.ended(log, this.#room)
      hub.named.say(this.#room, { type: 'line.ended' })
    } else {
      roomLog.received(log, this.#room, text)
      hub.named.say(this.#room, { type: 'line.said', author: null, text, at: chat.clock.timestamp() })
    }
  }

  closed(): void {
    const { hub, log } = this.#context
    const left = hub.named.leave(this.#room, this.#connection)
    // Undefined after `Done`: the room has gone, and that has been logged.
    if (left !== undefined) roomLog.disconnected(log, this.#room, left)
  }
}
