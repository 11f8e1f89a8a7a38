import { type Failure, failure } from '@parlance/protocol/errors'
import type { FastifyRequest } from 'fastify'
import type { Chat, Known } from '../../chat/chat.ts'
import { authenticate, authenticateCookie } from '../../chat/sessions.ts'
import type { Peer } from '../peer.ts'
import type { Site } from '../site.ts'
import { readSessionCookie } from './cookie.ts'

/** What a request shows of who makes it. */
export type Credentials =
  | { readonly kind: 'bearer'; readonly token: string }
  | { readonly kind: 'cookie'; readonly refreshToken: string }
  | { readonly kind: 'none' }

/**
 * Reads a request's credentials: `Authorization` before the cookie. By cookie, whatever changes something needs the
 * origin of the server's own pages or an allowed one (SPEC AC13): else `bad_origin`.
 */
export function credentialsOf(request: FastifyRequest, peer: Peer, site: Site): Credentials | Failure {
  const { authorization, cookie, origin } = request.headers
  if (authorization !== undefined) {
    const token = /^bearer +([^\s]+) *$/i.exec(authorization)?.[1]
    return token === undefined ? failure('unauthenticated') : { kind: 'bearer', token }
  }
  const refreshToken = readSessionCookie(cookie, peer, site)
  if (refreshToken === undefined) return { kind: 'none' }
  const isSafe = request.method === 'GET' || request.method === 'HEAD'
  if (!isSafe && !site.isRight(origin, peer)) return refuseOrigin(request, peer, site)
  return { kind: 'cookie', refreshToken }
}

/** Refuses a request for its origin, and tells the operator why (SPEC AC33). */
export function refuseOrigin({ headers }: FastifyRequest, peer: Peer, site: Site): Failure {
  site.refused(headers, peer)
  return failure('bad_origin')
}

/** The actor behind the credentials. */
export async function callerOf(
  chat: Chat,
  credentials: Credentials,
  { address }: Peer,
): Promise<Known | Failure> {
  switch (credentials.kind) {
    case 'bearer':
      return authenticate(chat, credentials.token, address)
    case 'cookie':
      return authenticateCookie(chat, credentials.refreshToken, address)
    case 'none':
      return failure('unauthenticated')
  }
}
