import { errors } from '@parlance/protocol/errors'
import type { RoomId } from '@parlance/protocol/models'
import { mayMention } from '@parlance/protocol/text/mentions'
import type { Known } from '../../chat/chat.ts'
import { Bucket } from '../../chat/rates.ts'
import type { Connection } from '../../live/connection.ts'
import { CommandQueue } from '../command-queue.ts'
import { commandWaitMs } from '../command-rate.ts'
import type { ContractContext } from '../contract/context.ts'
import type { Listener } from '../listener.ts'
import { join, leave, say, type } from './acts.ts'
import { decode, type Said } from './decode.ts'
import { errorFrame, pongFrame } from './frames.ts'
import { greetAccount, greetRoom } from './greet.ts'
import { type Seat, takeSeat, tellLost } from './seat.ts'

/** A connection to `/ws/auth`, or to `/ws/room/{id}` where `only` is that room (contracts.md §3). */
export class AccountSocket implements Listener {
  readonly #seat: Seat
  readonly #only: RoomId | undefined
  readonly #queue: CommandQueue
  readonly #commands = new Bucket()

  constructor(context: ContractContext, connection: Connection, actor: Known, only?: RoomId) {
    this.#seat = takeSeat(context, connection, actor)
    this.#only = only
    this.#queue = new CommandQueue(connection)
    this.#queue.add(true, async () => {
      try {
        await (only === undefined ? greetAccount(this.#seat) : greetRoom(this.#seat, only))
      } catch (error) {
        context.log.error({ err: error }, 'A connection could not be greeted.')
        connection.close(connection.endings.stateLost)
      }
    })
  }

  text(text: string): void {
    const { chat, connection } = this.#seat
    if (commandWaitMs(chat, this.#commands) > 0) {
      connection.send(errorFrame(errors.rate_limited.message))
      return
    }
    const said = decode(text, this.#only)
    this.#queue.add(!this.#overlaps(said), () => this.#run(said))
  }

  idle(): Promise<void> {
    return this.#queue.idle()
  }

  closed(): void {
    tellLost(this.#seat)
  }

  /** Messages keep their order by themselves where nothing has to be looked up or done before. */
  #overlaps(said: Said): boolean {
    if (said.type !== 'message' || mayMention(said.content)) return false
    const { chat, actor } = this.#seat
    return chat.standings.peek(actor.id, said.room)?.member != null
  }

  async #run(said: Said): Promise<void> {
    const { chat, connection } = this.#seat
    if (connection.closed) return
    try {
      await this.#do(said)
    } catch (error) {
      chat.log.error({ err: error, command: said.type }, 'A command failed.')
      connection.send(errorFrame(errors.internal.message))
    }
  }

  async #do(said: Said): Promise<void> {
    const seat = this.#seat
    switch (said.type) {
      case 'ping':
        seat.connection.send(pongFrame(seat.chat.clock))
        break
      case 'error':
        seat.connection.send(errorFrame(said.content))
        break
      case 'message':
        await say(seat, said.room, said.content, this.#only === undefined)
        break
      case 'typing':
        await type(seat, said.room)
        break
      case 'join_room':
        await join(seat, said.room)
        break
      case 'leave_room':
        await leave(seat, said.room)
        break
    }
  }
}
