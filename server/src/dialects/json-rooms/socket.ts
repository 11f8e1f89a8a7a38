import type { Connection } from '../../live/connection.ts'
import type { ContractContext } from '../contract/context.ts'
import type { Listener } from '../listener.ts'
import { lineWaitMs, newSpeaker, type Speaker, tooManyMessages } from '../text-rooms/line-rate.ts'
import { roomLog } from '../text-rooms/room-log.ts'
import { decode } from './decode.ts'
import { frame, systemName } from './dialect.ts'

/** A client of a named room that speaks JSON, under a name that it claims (contracts.md §2). */
export class JsonRoomSocket implements Listener {
  readonly #context: ContractContext
  readonly #connection: Connection
  readonly #room: string
  readonly #username: string
  readonly #speaker: Speaker

  constructor(context: ContractContext, connection: Connection, room: string, username: string) {
    this.#context = context
    this.#connection = connection
    this.#room = room
    this.#speaker = newSpeaker(connection.address)
    this.#username = username
    const { chat, hub, log } = context
    roomLog.connected(log, room, hub.named.join(room, connection))
    hub.named.say(room, { type: 'line.joined', name: username, at: chat.clock.timestamp() })
  }

  /** Its texts are never logged: the log line is the text clients' contract alone (contracts.md §1). */
  text(text: string): void {
    const { chat, hub } = this.#context
    if (lineWaitMs(chat, this.#speaker) > 0) {
      this.#refuse(tooManyMessages)
      return
    }
    const decoded = decode(text)
    if (!decoded.ok) {
      this.#refuse(decoded.fault)
      return
    }
    const { content } = decoded
    hub.named.say(this.#room, {
      type: 'line.said',
      author: this.#username,
      text: content,
      at: chat.clock.timestamp(),
    })
  }

  closed(): void {
    const { chat, hub, log } = this.#context
    const left = hub.named.leave(this.#room, this.#connection)
    // Undefined after a text client's `Done`: there is no room to leave any more.
    if (left === undefined) return
    roomLog.disconnected(log, this.#room, left)
    hub.named.say(this.#room, { type: 'line.left', name: this.#username, at: chat.clock.timestamp() })
  }

  /** Malformed, or over a limit: told to the sender alone, in the contract's own shape (contracts.md §0). */
  #refuse(fault: string): void {
    this.#connection.send(frame('error', systemName, fault, this.#context.chat.clock.timestamp()))
  }
}
