import { type Failure, failure } from '@parlance/protocol/errors'
import type { Chat, Known } from '../../chat/chat.ts'
import { authenticate } from '../../chat/sessions.ts'
import type { Endings } from '../../live/connection.ts'
import type { Visit } from '../visit.ts'
import type { ContractContext } from './context.ts'

/** How the server ends a socket of the five contracts (RFC 6455 §7.4.1; 1008 for a session that ended, contracts.md §5). */
export const contractEndings: Endings = {
  stateLost: { code: 1011, reason: 'state lost' },
  slow: { code: 1013, reason: 'too slow' },
  silent: { code: 1011, reason: 'keepalive ping timeout' },
  sessionEnded: { code: 1008, reason: 'session ended' },
  goingAway: { code: 1001, reason: 'going away' },
}

/** The token of a handshake: the header's, else the query's where the setting allows it (contracts.md §7). */
function tokenOf({ headers, query }: Visit, tokenInQuery: boolean): string | undefined {
  const bearer = /^bearer +(\S+)\s*$/i.exec(headers.authorization ?? '')?.[1]
  return bearer ?? (tokenInQuery ? (query.get('token') ?? undefined) : undefined)
}

/**
 * The account behind a handshake, or the failure; every failure is refused with 403. Native guests have no account.
 */
export async function visitor(
  chat: Chat,
  visit: Visit,
  tokenInQuery: boolean,
): Promise<Known | Failure | undefined> {
  const token = tokenOf(visit, tokenInQuery)
  if (token === undefined) return undefined
  const actor = await authenticate(chat, token, visit.peer.address)
  return 'ok' in actor || actor.kind === 'user' ? actor : failure('unauthenticated')
}

/** Refuses a handshake that the limits have no room for. */
export function refuseOverLimit(visit: Visit): boolean {
  if (visit.isOverLimit) visit.refuse(429, 'Too many connections', { 'Retry-After': '10' })
  return visit.isOverLimit
}

/** Refuses a handshake of an account that has as many connections as it may have. */
export function refuseOverAccountLimit(
  { chat, hub }: Pick<ContractContext, 'chat' | 'hub'>,
  visit: Visit,
  { id }: Known,
): boolean {
  const most = chat.limits.connectionsPerAccount
  const isOver = most > 0 && hub.connectionsOf(id).size >= most
  if (isOver) visit.refuse(429, 'Too many connections', { 'Retry-After': '10' })
  return isOver
}

/** The one decoded path segment after a prefix; undefined for none, several, or one with an encoded slash. */
export function segmentAfter(path: string, prefix: string): string | undefined {
  if (!path.startsWith(prefix)) return undefined
  const rest = path.slice(prefix.length)
  if (rest === '' || rest.includes('/')) return undefined
  try {
    const segment = decodeURIComponent(rest)
    return segment.includes('/') ? undefined : segment
  } catch {
    return undefined
  }
}
