import { closes } from '@parlance/protocol/closes'
import type { CommandOf, CommandType } from '@parlance/protocol/commands'
import { type Failure, failure } from '@parlance/protocol/errors'
import type { Hello } from '@parlance/protocol/frames'
import { protocolLimits } from '@parlance/protocol/limits'
import type { RoomId, Seq } from '@parlance/protocol/models'
import { mayMention } from '@parlance/protocol/text/mentions'
import { type Chat, type Known, type Result, userOf } from '../../chat/chat.ts'
import { execute } from '../../chat/execute.ts'
import { Bucket } from '../../chat/rates.ts'
import { authenticate, authenticateCookie } from '../../chat/sessions.ts'
import { announce } from '../../live/arrivals.ts'
import type { Connection } from '../../live/connection.ts'
import type { Hub } from '../../live/hub.ts'
import { CommandQueue } from '../command-queue.ts'
import { commandWaitMs } from '../command-rate.ts'
import { memberSid } from '../contract/member-sid.ts'
import { parseJson } from '../json.ts'
import type { Listener } from '../listener.ts'
import { decode, refOf } from './decode.ts'
import { greet } from './greet.ts'

type State =
  | { readonly kind: 'opening' }
  | { readonly kind: 'greeting' }
  | { readonly kind: 'open'; readonly actor: Known }

/** What the handshake of a browser shows of who it is: the session of its cookie, or that its origin is a wrong one. */
export type BrowserProof =
  | { readonly session: string | undefined }
  | {
      /** Tells the operator that the origin was the obstacle. */
      refused(): void
    }

/** Refusals in a row after which the connection is closed with 4029. */
const maxRefused = 1_000

let connectionCount = 0

/** The native protocol on one connection: hello first, then commands, each answered once (SPEC CO1, CO2, CO3). */
export class NativeSocket implements Listener {
  readonly #chat: Chat
  readonly #hub: Hub
  readonly #connection: Connection
  readonly #proof: BrowserProof
  readonly #queue: CommandQueue
  readonly #name = `native-${++connectionCount}`
  readonly #commands = new Bucket()
  /** The rooms that were told of this connection; those joined since were told of the joining. */
  #told: ReadonlySet<RoomId> = new Set()
  readonly #stopWaiting: () => void
  #state: State = { kind: 'opening' }
  #refused = 0

  constructor(chat: Chat, hub: Hub, connection: Connection, proof: BrowserProof) {
    this.#chat = chat
    this.#hub = hub
    this.#connection = connection
    this.#proof = proof
    this.#queue = new CommandQueue(connection)
    this.#stopWaiting = chat.clock.after(protocolLimits.helloMs, () =>
      connection.close(closes.notAuthenticated),
    )
  }

  text(text: string): void {
    const parsed = parseJson(text)
    if (!parsed.ok) {
      this.#refuse(refOf(parsed.value), parsed)
      return
    }
    const decoded = decode(parsed.value)
    switch (decoded.kind) {
      case 'failure':
        this.#refuse(decoded.ref, decoded.failure)
        break
      case 'hello':
        this.#add(true, () => this.#hello(decoded.ref, decoded.hello))
        break
      case 'command':
        this.#add(!overlaps(decoded.command), () => this.#command(decoded.ref, decoded.command))
        break
    }
  }

  idle(): Promise<void> {
    return this.#queue.idle()
  }

  closed(): void {
    this.#stopWaiting()
    this.#announce('connection.lost')
  }

  goodbye(retryAfterMs: number): void {
    this.#connection.send(JSON.stringify({ type: 'goodbye', retryAfterMs }))
  }

  #add(alone: boolean, run: () => Promise<void>): void {
    this.#queue.add(alone, () =>
      run().catch((error: unknown) => {
        this.#chat.log.error({ err: error }, 'A command failed.')
        this.#connection.close(closes.stateLost)
      }),
    )
  }

  async #hello(ref: number | null, { token, resume }: Hello): Promise<void> {
    if (this.#state.kind !== 'opening') {
      this.#refuse(ref, failure('not_open'))
      return
    }
    this.#state = { kind: 'greeting' }
    const actor = await this.#authenticate(token)
    if ('ok' in actor) {
      this.#end(ref, actor, actor.code === 'bad_origin' ? closes.badOrigin : closes.notAuthenticated)
      return
    }
    this.#stopWaiting()
    const most = this.#chat.limits.connectionsPerAccount
    if (most > 0 && this.#hub.connectionsOf(actor.id).size >= most) {
      this.#end(
        ref,
        failure('limit_reached', `An account has at most ${most} connections.`),
        closes.connectionLimit,
      )
      return
    }
    if (await greet(this.#chat, this.#hub, this.#connection, actor, resume)) {
      this.#state = { kind: 'open', actor }
      this.#told = new Set(this.#connection.rooms)
      this.#announce('connection.entered')
    } else {
      this.#end(ref, failure('session_ended'), closes.sessionEnded)
    }
  }

  /** Tells its rooms, for the contracts that show connections. */
  #announce(type: 'connection.entered' | 'connection.lost'): void {
    if (this.#state.kind !== 'open') return
    const user = userOf(this.#state.actor)
    const around = { hub: this.#hub, broker: this.#chat.broker, clock: this.#chat.clock }
    for (const room of this.#connection.rooms) {
      const name = this.#told.has(room) ? this.#name : memberSid(user.id)
      announce(around, type, room, user, this.#connection, name)
    }
  }

  #authenticate(token: string | undefined): Promise<Known | Failure> | Failure {
    const { address } = this.#connection
    if (token !== undefined) return authenticate(this.#chat, token, address)
    if ('refused' in this.#proof) {
      this.#proof.refused()
      return failure('bad_origin')
    }
    const { session } = this.#proof
    return session === undefined
      ? failure('unauthenticated')
      : authenticateCookie(this.#chat, session, address)
  }

  async #command(ref: number | null, command: CommandOf<CommandType>): Promise<void> {
    const state = this.#state
    if (state.kind !== 'open') {
      this.#refuse(ref, failure('not_open'))
      return
    }
    const waitMs = commandWaitMs(this.#chat, this.#commands)
    if (waitMs > 0) {
      this.#refuse(ref, failure('rate_limited', undefined, waitMs))
      return
    }
    if (command.type === 'ping') {
      this.#pong(ref, 'rooms' in command ? (command.rooms ?? {}) : {})
      return
    }
    const result = await this.#execute(state.actor, command)
    if (!result.ok) {
      this.#refuse(ref, result)
      return
    }
    this.#refused = 0
    this.#connection.send(`{"type":"reply","ref":${ref},"ok":true,"data":${JSON.stringify(result.data)}}`)
  }

  /** What fails unforeseen is unknown to the client: it may retry with the same nonce. */
  async #execute(actor: Known, command: CommandOf<CommandType>): Promise<Result<object>> {
    try {
      return await execute(this.#chat, actor, command)
    } catch (error) {
      this.#chat.log.error({ err: error, command: command.type }, 'A command failed.')
      return failure('internal')
    }
  }

  /** The heads of the rooms in which the client is not where the server is. */
  #pong(ref: number | null, positions: Readonly<Record<string, Seq>>): void {
    const heads: Record<string, Seq> = {}
    for (const room of this.#connection.rooms) {
      const head = this.#hub.headOf(room)
      if (head !== undefined && positions[room] !== head) heads[room] = head
    }
    this.#connection.send(JSON.stringify({ type: 'pong', ref, heads, now: this.#chat.clock.timestamp() }))
  }

  #refuse(ref: number | null, { code, message, retryAfterMs }: Failure): void {
    const error = retryAfterMs === undefined ? { code, message } : { code, message, retryAfterMs }
    this.#connection.send(JSON.stringify({ type: 'reply', ref, ok: false, error }))
    this.#refused += 1
    if (this.#refused >= maxRefused) this.#connection.close(closes.tooManyRequests)
  }

  #end(
    ref: number | null,
    failed: Failure,
    ending: { readonly code: number; readonly reason: string },
  ): void {
    this.#refuse(ref, failed)
    this.#connection.close(ending)
  }
}

/**
 * Plain sends keep their order by themselves and share a commit; anything else runs alone (SPEC CO8), as does what
 * looks up first who is told of it.
 */
function overlaps(command: CommandOf<CommandType>): boolean {
  if (command.type !== 'message.send' || !('text' in command) || mayMention(command.text)) return false
  return !('replyTo' in command) || command.replyTo === undefined || command.notifyReplied === false
}
