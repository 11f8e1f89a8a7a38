import { errors, type Failure, failure } from '@parlance/protocol/errors'
import { protocolLimits } from '@parlance/protocol/limits'
import { hasVisible, isReservedName, withoutForbidden } from '@parlance/protocol/names'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Actor, Known } from '../../chat/chat.ts'
import { authenticate } from '../../chat/sessions.ts'
import { setFailureHeaders } from '../native/problem.ts'
import type { ContractContext } from './context.ts'
import { type Fault, readInteger } from './fields.ts'

/** The answer to what does not fit. */
export function sendInvalid(reply: FastifyReply, faults: readonly Fault[]): FastifyReply {
  return reply.code(422).send({ detail: faults })
}

/** An answer of one sentence, as most contracts give them. */
export function sendDetail(reply: FastifyReply, status: number, detail: string): FastifyReply {
  return reply.code(status).send({ detail })
}

/** Seconds after which a limit that is no rate may be tried again: it ends when somebody makes room. */
const roomSeconds = 3_600

/** A failure that no row of the contract names: limits (429 and `Retry-After`), and what the server cannot do now. */
export function sendFailure(reply: FastifyReply, failed: Failure): FastifyReply {
  if (failed.code === 'limit_reached') {
    return sendDetail(reply.header('retry-after', roomSeconds), 429, failed.message)
  }
  setFailureHeaders(reply, failed)
  return sendDetail(reply, errors[failed.code].status, failed.message)
}

/** The id of a room in a path; undefined for numbers that no room can have (the route's 404), or the fault. */
export function readRoomId(text: unknown, name = 'room_id'): number | undefined | Fault {
  const id = readInteger(text, ['path', name])
  if (typeof id !== 'number') return id
  return Number.isSafeInteger(id) && id >= 1 && id <= 2_147_483_647 ? id : undefined
}

/** `?skip` or `?limit`: the number, the default where there is none, or the fault. The last counts where there are several. */
export function readCount(query: unknown, name: string, fallback: number): number | Fault {
  const given: unknown =
    typeof query === 'object' && query !== null && name in query ? Reflect.get(query, name) : undefined
  const text: unknown = Array.isArray(given) ? given.at(-1) : given
  return text === undefined ? fallback : readInteger(text, ['query', name])
}

/** Whether a reading gave a fault. */
export function isFault(value: unknown): value is Fault {
  return typeof value === 'object' && value !== null && 'loc' in value
}

/** The token of `Authorization: Bearer`, which is read in any case. */
export function bearerOf(request: FastifyRequest): string | undefined {
  return /^bearer +(\S+)\s*$/i.exec(request.headers.authorization ?? '')?.[1]
}

/** The account behind `Authorization: Bearer`; else the 401 that says why has been sent. */
export async function requireAccount(
  { chat, peerOf }: Pick<ContractContext, 'chat' | 'peerOf'>,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<Known | undefined> {
  const token = bearerOf(request)
  const actor =
    token === undefined
      ? failure('unauthenticated')
      : await authenticate(chat, token, peerOf(request.raw).address)
  // Native guests have no account: what the contracts' routes do is not theirs to do.
  if (!('ok' in actor) && actor.kind === 'user') return actor
  reply.header('www-authenticate', 'Bearer')
  await sendDetail(reply, 401, token === undefined ? 'Not authenticated' : 'Could not validate credentials')
  return undefined
}

/** Whoever comes without a token. */
export function anonymous(
  { peerOf }: Pick<ContractContext, 'peerOf'>,
  request: FastifyRequest,
): Extract<Actor, { kind: 'anonymous' }> {
  return { kind: 'anonymous', id: null, name: '', address: peerOf(request.raw).address }
}

/**
 * A guest's claimed name as it is shown: without what no name may hold, at most 64 characters; blank or unseen, and what
 * the server speaks by in any spelling, is `guest` (contracts.md §0, SPEC AC22). A claim: it may be anybody's name.
 */
export function claimedName(claim: string): string {
  const whole = Array.from(withoutForbidden(claim.toWellFormed()).trim())
  const name = whole.slice(0, protocolLimits.nameLength).join('')
  return !hasVisible(name) || isReservedName(name) ? 'guest' : name
}
