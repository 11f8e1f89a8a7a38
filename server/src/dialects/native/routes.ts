import type { IncomingMessage } from 'node:http'
import { type Command, type CommandType, commandTypes, type Grant } from '@parlance/protocol/commands'
import { type Failure, failure } from '@parlance/protocol/errors'
import { routeOf } from '@parlance/protocol/http'
import type { Route } from '@parlance/protocol/route'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Actor, Chat, Result } from '../../chat/chat.ts'
import { execute } from '../../chat/execute.ts'
import type { Peer } from '../peer.ts'
import type { Site } from '../site.ts'
import { type Credentials, callerOf, credentialsOf, refuseOrigin } from './caller.ts'
import { endedCookie, sessionCookie } from './cookie.ts'
import { inputReader } from './input.ts'
import { sendProblem } from './problem.ts'

/** What the routes need besides the chat. */
export interface NativeOptions {
  readonly site: Site
  /** How long a session lives without a refresh, in milliseconds: as long lives its cookie. */
  readonly refreshTokenLifeMs: number
  peerOf(request: IncomingMessage): Peer
}

/** One request on its way through a route. */
interface Exchange {
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  readonly peer: Peer
  readonly credentials: Credentials
}

/** Commands that may leave a session in a cookie, and those after which there is none. */
const granting: ReadonlySet<CommandType> = new Set([
  'account.create',
  'guest.create',
  'session.create',
  'session.refresh',
])
const ending: ReadonlySet<CommandType> = new Set(['session.end', 'account.delete'])

/** The REST projection: a route for each command that has one. What a route does is all in the table of commands. */
export function nativeRoutes(app: FastifyInstance, chat: Chat, options: NativeOptions): void {
  for (const type of commandTypes) {
    const route = routeOf(type)
    if (route !== undefined) addRoute(app, chat, options, type, route)
  }
}

function addRoute(
  app: FastifyInstance,
  chat: Chat,
  options: NativeOptions,
  type: CommandType,
  route: Route,
): void {
  const readInput = inputReader(type, route.path, route.method)
  app.route({
    method: route.method,
    url: route.path.replace(/\{(\w+)\}/g, ':$1'),
    handler: async (request, reply) => {
      reply.header('cache-control', 'no-store')
      const peer = options.peerOf(request.raw)
      const credentials = credentialsOf(request, peer, options.site)
      if ('ok' in credentials) return sendProblem(reply, credentials)
      const exchange = { request, reply, peer, credentials }
      const actor = await actorOf(chat, route, exchange)
      if ('ok' in actor) return sendProblem(reply, actor)
      const input = readInput(request)
      if ('ok' in input) return sendProblem(reply, input)
      const command = withHeaders(input, exchange)
      if ('ok' in command) return sendProblem(reply, command)
      // A log-in from there would be one that nothing can be done with.
      if (asksForCookie(command) && isFromElsewhere(exchange, options))
        return sendProblem(reply, refuseOrigin(request, peer, options.site))
      const result: Result<unknown> = await execute(chat, actor, command)
      const isKept = keepCookie(exchange, options, command, result)
      if (!result.ok) return sendProblem(reply, result)
      // A refresh token in the body would be in reach of scripts.
      return sendData(reply, type, route, isKept ? withoutRefreshToken(result.data) : result.data)
    },
  })
}

/**
 * Open routes are asked by nobody in particular: a token there proves nothing and is not looked at. Where anonymous callers
 * are answered too, a token has to be good; a cookie whose session has ended counts as none, since a browser sends it unasked.
 */
async function actorOf(chat: Chat, route: Route, { peer, credentials }: Exchange): Promise<Actor | Failure> {
  const anonymous: Actor = { kind: 'anonymous', id: null, name: '', address: peer.address }
  if (route.open === true) return anonymous
  if (route.anonymous !== true) return callerOf(chat, credentials, peer)
  if (credentials.kind === 'none') return anonymous
  const caller = await callerOf(chat, credentials, peer)
  return 'ok' in caller && credentials.kind === 'cookie' ? anonymous : caller
}

/** Adds what the headers say: `Idempotency-Key` is a message's nonce, a cookie holds the refresh token. */
function withHeaders(command: Command, { request, credentials }: Exchange): Command | Failure {
  if (
    command.type === 'session.refresh' &&
    command.refreshToken === undefined &&
    credentials.kind === 'cookie'
  ) {
    return { ...command, refreshToken: credentials.refreshToken }
  }
  const key = request.headers['idempotency-key']
  if (command.type !== 'message.send' || key === undefined) return command
  if (typeof key !== 'string' || !/^[A-Za-z0-9_-]{1,64}$/.test(key)) {
    return failure('bad_request', 'Idempotency-Key must be 1 to 64 of the characters A–Z, a–z, 0–9, _ and -.')
  }
  if (command.nonce !== undefined && command.nonce !== key) {
    return failure('bad_request', 'Idempotency-Key and nonce are the same thing: give one of them.')
  }
  return { ...command, nonce: key }
}

function asksForCookie(command: Command): boolean {
  return 'cookie' in command && command.cookie === true
}

/** Whether a browser says that the page is of a wrong origin; programs say nothing. */
function isFromElsewhere({ request, peer }: Exchange, { site }: NativeOptions): boolean {
  const { origin } = request.headers
  return origin !== undefined && !site.isRight(origin, peer)
}

/** Sets the session's cookie where it was asked for (then true), and ends it where the session has ended. */
function keepCookie(
  { reply, peer, credentials }: Exchange,
  options: NativeOptions,
  command: Command,
  result: Result<unknown>,
): boolean {
  const byCookie = credentials.kind === 'cookie'
  if (granting.has(command.type)) {
    const isAsked =
      'cookie' in command ? asksForCookie(command) : byCookie && command.type === 'session.refresh'
    if (result.ok && isAsked) {
      const { refreshToken = '' } = result.data as Grant
      reply.header('set-cookie', sessionCookie(refreshToken, options.refreshTokenLifeMs, peer, options.site))
      return true
    }
    if (!result.ok && byCookie && result.code === 'session_ended') {
      reply.header('set-cookie', endedCookie(peer, options.site))
    }
  } else if (byCookie && result.ok && ending.has(command.type)) {
    reply.header('set-cookie', endedCookie(peer, options.site))
  }
  return false
}

function withoutRefreshToken(data: unknown): Omit<Grant, 'refreshToken'> {
  const { refreshToken: _, ...grant } = data as Grant
  return grant
}

/** A message that had landed before is answered with 200: nothing was created by this request. */
function sendData(reply: FastifyReply, type: CommandType, route: Route, data: unknown): FastifyReply {
  if (route.status === 204) return reply.code(204).send()
  const isDuplicate = type === 'message.send' && (data as { duplicate?: boolean }).duplicate === true
  return reply
    .code(isDuplicate ? 200 : route.status)
    .type('application/json')
    .send(JSON.stringify(data))
}
