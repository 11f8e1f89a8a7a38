import type { Command, CommandType, DataOf } from '@parlance/protocol/commands'
import type { Reply } from '@parlance/protocol/frames'
import type { Cancel, Clock } from './clock.ts'
import { ParlanceError, type ParlanceErrorCode } from './errors.ts'
import { isTooLarge } from './frames.ts'

/** Commands that may be asked again when a cut took the answer: a second time does nothing, or the same. */
const repeatable: ReadonlySet<CommandType> = new Set<CommandType>([
  'account.get',
  'session.list',
  'user.find',
  'room.get',
  'room.update',
  'room.archive',
  'room.join',
  'room.list',
  'room.members',
  'room.events',
  'room.bans',
  'invite.list',
  'invite.get',
  'invite.accept',
  'direct.open',
  'member.role',
  'member.unban',
  'member.mute',
  'message.get',
  'message.edit',
  'message.delete',
  'message.history',
  'reaction.add',
  'reaction.remove',
  'reaction.list',
  'read.mark',
  'presence',
])

/** Whether a command may be asked twice; a message may where its nonce makes one of both. */
function isRepeatable(command: Command): boolean {
  return repeatable.has(command.type) || (command.type === 'message.send' && command.nonce !== undefined)
}

/** To wait where the server does not say for how long, in milliseconds. */
const pauseMs = 1_000

interface Asked {
  readonly command: Command
  readonly resolve: (data: unknown) => void
  readonly reject: (error: ParlanceError) => void
  readonly cancel: Cancel | undefined
  /** Ends the wait before it is sent again. */
  pause: Cancel | undefined
  sent: boolean
}

/** Commands that wait for their answer, over any number of connections. */
export class Requests {
  readonly #clock: Clock
  readonly #asked = new Map<number, Asked>()
  #send: ((text: string) => void) | undefined
  #ref = 0

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /**
   * Sends a command as soon as there is a connection. Throws a `ParlanceError`. Without `timeoutMs` it also waits
   * where the server says that it was too soon.
   */
  ask<const C extends Command>(command: C, timeoutMs?: number): Promise<DataOf<C['type']>> {
    const ref = ++this.#ref
    const { promise, resolve, reject } = Promise.withResolvers<unknown>()
    const cancel = timeoutMs === undefined ? undefined : this.#clock.after(timeoutMs, () => this.#late(ref))
    const asked: Asked = { command, resolve, reject, cancel, pause: undefined, sent: false }
    this.#asked.set(ref, asked)
    this.#transmit(ref, asked)
    return promise as Promise<DataOf<C['type']>>
  }

  /** Sends a command whose answer does not matter, or does not where there is no connection. */
  tell(command: Command): void {
    this.#send?.(JSON.stringify({ ...command, ref: ++this.#ref }))
  }

  /** There is a connection: what waits is sent, in its order. */
  opened(send: (text: string) => void): void {
    this.#send = send
    for (const [ref, asked] of this.#asked) this.#transmit(ref, asked)
  }

  /** The connection is gone: what may be asked again waits for the next one, the rest fails. */
  cut(): void {
    this.#send = undefined
    for (const [ref, asked] of this.#asked) {
      asked.pause?.()
      if (asked.sent && !isRepeatable(asked.command)) this.#fail(ref, 'connection_lost')
      else asked.sent = false
    }
  }

  /** Nothing will be answered any more. */
  failAll(code: ParlanceErrorCode): void {
    this.cut()
    for (const ref of this.#asked.keys()) this.#fail(ref, code)
  }

  reply(reply: Reply): void {
    const { ref } = reply
    const asked = ref === null ? undefined : this.#asked.get(ref)
    if (ref === null || asked === undefined) return
    if (!reply.ok && reply.error.code === 'rate_limited' && asked.cancel === undefined) {
      const waitMs = reply.error.retryAfterMs ?? pauseMs
      asked.pause = this.#clock.after(waitMs, () => this.#transmit(ref, asked))
      return
    }
    this.#settle(ref)
    if (reply.ok) asked.resolve(reply.data)
    else asked.reject(new ParlanceError(reply.error.code, reply.error.message, reply.error.retryAfterMs))
  }

  #transmit(ref: number, asked: Asked): void {
    if (this.#send === undefined) return
    const text = JSON.stringify({ ...asked.command, ref })
    if (isTooLarge(text)) {
      this.#fail(ref, 'too_large')
      return
    }
    asked.sent = true
    this.#send(text)
  }

  #late(ref: number): void {
    const asked = this.#asked.get(ref)
    if (asked === undefined) return
    const isUnknown = asked.sent && !isRepeatable(asked.command)
    this.#fail(ref, isUnknown ? 'connection_lost' : 'offline')
  }

  #fail(ref: number, code: ParlanceErrorCode): void {
    this.#settle(ref)?.reject(new ParlanceError(code))
  }

  #settle(ref: number): Asked | undefined {
    const asked = this.#asked.get(ref)
    this.#asked.delete(ref)
    asked?.cancel?.()
    return asked
  }
}
