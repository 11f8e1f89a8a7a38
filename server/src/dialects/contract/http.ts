import { errors, type Failure, failure } from '@parlance/protocol/errors'
import { protocolLimits } from '@parlance/protocol/limits'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Actor, Known } from '../../chat/chat.ts'
import { authenticate } from '../../chat/sessions.ts'
import { isTooDeep } from '../json.ts'
import { setFailureHeaders } from '../native/problem.ts'
import type { ContractContext } from './context.ts'
import { type Body, type Fault, readInteger } from './fields.ts'

/** Bodies of the five contracts: JSON and forms; `readBody` tells which fields they have. */
export function addContractBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser(
    /^application\/(?:[\w.+-]+\+)?json\s*(?:;|$)/i,
    { parseAs: 'string' },
    async (_request: unknown, text: string) => (text === '' ? undefined : (parse(text) ?? null)),
  )
  app.addContentTypeParser(
    /^application\/x-www-form-urlencoded\s*(?:;|$)/i,
    { parseAs: 'string' },
    async (_request: unknown, text: string) => Object.fromEntries(new URLSearchParams(text)),
  )
}

/** A text that is no JSON, or none that is read: where and why, as clients know it. */
class Unreadable {
  readonly position: number
  readonly reason: string

  constructor(position: number, reason: string) {
    this.position = position
    this.reason = reason
  }
}

function parse(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text)
    // The answer to a fault repeats the input, and what is nested without end could not be written.
    return isTooDeep(value) ? new Unreadable(0, 'Nested too deep') : value
  } catch (error) {
    const position = error instanceof Error ? /position (\d+)/.exec(error.message)?.[1] : undefined
    return new Unreadable(position === undefined ? 0 : Number(position), 'Expecting value')
  }
}

/** The fields of a request's body, or the fault that it has none. */
export function readBody({ body, headers }: FastifyRequest): Body {
  if (body instanceof Unreadable) {
    const loc = ['body', body.position]
    const fault = {
      type: 'json_invalid',
      loc,
      msg: 'JSON decode error',
      input: {},
      ctx: { error: body.reason },
    }
    return { kind: 'fault', fault }
  }
  // An empty form is a form without fields; Fastify parses no body of length 0.
  if (body === undefined && /^application\/x-www-form-urlencoded/i.test(headers['content-type'] ?? '')) {
    return { kind: 'fields', fields: {} }
  }
  if (body === undefined || body === null) {
    return { kind: 'fault', fault: { type: 'missing', loc: ['body'], msg: 'Field required', input: null } }
  }
  if (typeof body !== 'object' || Array.isArray(body)) {
    const msg = 'Input should be a valid dictionary or object to extract fields from'
    return { kind: 'fault', fault: { type: 'model_attributes_type', loc: ['body'], msg, input: body } }
  }
  return { kind: 'fields', fields: { ...body } }
}

/** The answer to what does not fit. */
export function sendInvalid(reply: FastifyReply, faults: readonly Fault[]): FastifyReply {
  return reply.code(422).send({ detail: faults })
}

/** An answer of one sentence, as most contracts give them. */
export function sendDetail(reply: FastifyReply, status: number, detail: string): FastifyReply {
  return reply.code(status).send({ detail })
}

/** A failure that no row of the contract names: limits (429 and `Retry-After`), and what the server cannot do now. */
export function sendFailure(reply: FastifyReply, failed: Failure): FastifyReply {
  setFailureHeaders(reply, failed)
  return sendDetail(reply, errors[failed.code].status, failed.message)
}

/** The id of a room in a path; undefined for numbers that no room can have (the route's 404), or the fault. */
export function readRoomId(text: unknown, name = 'room_id'): number | undefined | Fault {
  const id = readInteger(text, ['path', name])
  if (typeof id !== 'number') return id
  return Number.isSafeInteger(id) && id >= 1 && id <= 2_147_483_647 ? id : undefined
}

/** `?skip` or `?limit`: the number, the default where there is none, or the fault. */
export function readCount(query: unknown, name: string, fallback: number): number | Fault {
  const text =
    typeof query === 'object' && query !== null && name in query ? Reflect.get(query, name) : undefined
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

/** A guest's claimed name as it is shown: without control characters, at most 64, never the system's (contracts.md §0). */
export function claimedName(claim: string): string {
  const name = [
    ...claim
      .toWellFormed()
      .replace(/\p{Cc}/gu, '')
      .trim(),
  ]
    .slice(0, protocolLimits.nameLength)
    .join('')
  return name === '' || /^(?:system|server)$/i.test(name) ? 'guest' : name
}
