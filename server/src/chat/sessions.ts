import { createHash, randomBytes, randomUUID } from 'node:crypto'
import type { Grant } from '@parlance/protocol/commands'
import { type Failure, failure } from '@parlance/protocol/errors'
import type { Account, Session } from '@parlance/protocol/models'
import { passwordForm } from '@parlance/protocol/names'
import type { SessionRow, UserRow } from '../ports/store.ts'
import { type Actor, type Chat, type Known, type Result, success } from './chat.ts'
import { leaveWithSession } from './guests.ts'
import { countLogin } from './login-throttle.ts'

function hashRefreshToken(refreshToken: string): string {
  return createHash('sha256').update(refreshToken).digest('base64url')
}

export function accountOf(user: UserRow): Account {
  return {
    id: user.id,
    name: user.name,
    kind: user.kind === 'user' ? 'user' : 'guest',
    email: user.email,
    createdAt: user.createdAt,
  }
}

function knownActor(session: SessionRow, user: UserRow, address: string): Known {
  return {
    kind: user.kind === 'user' ? 'user' : 'guest',
    id: user.id,
    name: user.name,
    session: session.id,
    address,
  }
}

/** The actor behind an access token: the token is good, its session stands, its account is there (SPEC AC5). */
export async function authenticate(chat: Chat, token: string, address: string): Promise<Known | Failure> {
  const claims = await chat.tokens.verify(token)
  if (claims === undefined) return failure('unauthenticated')
  const session = await chat.store.sessions.get(claims.session, chat.clock.timestamp())
  if (session === undefined || session.user !== claims.user) return failure('session_ended')
  return knownActor(session, session.account, address)
}

/**
 * The actor behind a browser's session cookie, which holds the session's current refresh token, or for a moment the one
 * before: a page that was left in the middle of a refresh has not got the new one (SPEC AC9).
 */
export async function authenticateCookie(
  chat: Chat,
  refreshToken: string,
  address: string,
): Promise<Known | Failure> {
  const session = await chat.store.sessions.byRefresh(
    hashRefreshToken(refreshToken),
    chat.clock.timestamp(),
    chat.clock.steadyTimestamp(),
  )
  return session === undefined ? failure('session_ended') : knownActor(session, session.account, address)
}

/** A session that is to be opened, and the refresh token that only its holder will know. */
export interface NewSession {
  readonly row: Omit<SessionRow, 'user'> & { readonly refreshHash: string }
  readonly refreshToken: string
}

export function newSession(chat: Chat, actor: Actor, client: string | undefined): NewSession {
  const refreshToken = randomBytes(32).toString('base64url')
  const at = chat.clock.timestamp()
  const row = {
    id: randomUUID(),
    createdAt: at,
    lastUsedAt: at,
    expiresAt: new Date(chat.clock.wallMs() + chat.sessionLifeMs).toISOString(),
    client: client ?? null,
    address: actor.address,
    refreshHash: hashRefreshToken(refreshToken),
  }
  return { row, refreshToken }
}

/** The first pair of tokens of a session that was opened. */
export async function grantOf(chat: Chat, user: UserRow, { row, refreshToken }: NewSession): Promise<Grant> {
  const issued = await chat.tokens.issue(user.id, row.id)
  return { ...issued, refreshToken, session: row.id, account: accountOf(user) }
}

/**
 * Checks a name or an e-mail address and a password, in any spelling of them (SPEC AC21). Wrong attempts are throttled,
 * right ones do not count (AC7). Unknown names take the same work and get the same answer (AC8). What is done by it is done
 * only while the account has the `passwordHash` that is given: the password may be changed meanwhile (AC38).
 */
export async function checkPassword(
  chat: Chat,
  actor: Actor,
  name: string,
  password: string,
): Promise<UserRow | Failure> {
  const attempt = await countLogin(chat, actor, name)
  if ('ok' in attempt) return attempt
  if (chat.passwords.full) return failure('unavailable', undefined, 1_000)
  const user = await verified(chat, attempt.user, password)
  if (user === undefined) {
    chat.metrics.loginsFailed.inc()
    return failure('bad_credentials')
  }
  attempt.right()
  return user
}

/**
 * The account whose password this is, with the hash that stands in the store. Hashes of other parameters, and those that
 * were once made of passwords as they were typed, are made anew.
 */
async function verified(
  chat: Chat,
  user: UserRow | undefined,
  password: string,
): Promise<UserRow | undefined> {
  const phc = user?.passwordHash ?? null
  const form = passwordForm(password)
  const isRight = await chat.passwords.verify(form, phc)
  const isAsTyped = !isRight && form !== password && (await chat.passwords.verify(password, phc))
  if (user === undefined || phc === null || !(isRight || isAsTyped)) return undefined
  if (!isAsTyped && !chat.passwords.isStale(phc)) return user
  const passwordHash = await chat.passwords.hash(form)
  if (await chat.store.users.replaceHash(user.id, phc, passwordHash)) return { ...user, passwordHash }
  // Another log-in made it anew meanwhile, or the password was changed: the hash that stands by now tells which.
  const now = await chat.store.users.get(user.id)
  if (now === undefined) return undefined
  return (await chat.passwords.verify(form, now.passwordHash)) ? now : undefined
}

export async function logIn(
  chat: Chat,
  actor: Actor,
  { name, password, client }: { name: string; password: string; client?: string },
): Promise<Result<Grant>> {
  const user = await checkPassword(chat, actor, name, password)
  if ('ok' in user) return user
  const session = newSession(chat, actor, client)
  const isOpen = await chat.store.sessions.logIn({ ...session.row, user: user.id }, user.passwordHash)
  return isOpen ? success(await grantOf(chat, user, session)) : failure('bad_credentials')
}

/** Trades a refresh token for the next pair; one that was traded before ends its session, but for a lost answer (SPEC AC9). */
export async function refreshSession(chat: Chat, refreshToken: string | undefined): Promise<Result<Grant>> {
  if (refreshToken === undefined) return failure('unauthenticated')
  const next = randomBytes(32).toString('base64url')
  const expiresAt = new Date(chat.clock.wallMs() + chat.sessionLifeMs).toISOString()
  const rotated = await chat.store.sessions.rotate(
    hashRefreshToken(refreshToken),
    hashRefreshToken(next),
    chat.clock.timestamp(),
    expiresAt,
    chat.clock.steadyTimestamp(),
  )
  if (!rotated.ok) {
    if (rotated.reused !== undefined) {
      chat.log.warn({ session: rotated.reused.id }, 'A refresh token was used twice: its session is ended.')
      publishEnded(chat, rotated.reused.user, [rotated.reused.id])
      await leaveWithSession(chat, rotated.reused.user)
    }
    return failure('session_ended')
  }
  const { session, account } = rotated
  const issued = await chat.tokens.issue(account.id, session.id)
  return success({ ...issued, refreshToken: next, session: session.id, account: accountOf(account) })
}

export async function listSessions(chat: Chat, actor: Known): Promise<Result<{ sessions: Session[] }>> {
  const rows = await chat.store.sessions.list(actor.id, chat.clock.timestamp())
  return success({
    sessions: rows.map(({ user: _, ...session }) => ({ ...session, current: session.id === actor.session })),
  })
}

/** Ends one session: its token is void and its sockets close, on every node (SPEC AC6); a guest leaves with it (AC24). */
export async function endSession(
  chat: Chat,
  actor: Known,
  id: string,
): Promise<Result<Record<string, never>>> {
  if (!(await chat.store.sessions.end(actor.id, id))) return failure('not_found')
  publishEnded(chat, actor.id, [id])
  if (actor.kind === 'guest') await leaveWithSession(chat, actor.id)
  return success({})
}

function publishEnded(chat: Chat, user: number, sessions: readonly string[]): void {
  chat.broker.publish(`user:${user}`, { kind: 'sessions.ended', sessions, except: null })
}

/** Tells that all sessions of a user have ended but the one that did it. */
export function publishOthersEnded(chat: Chat, { id, session }: Known): void {
  chat.broker.publish(`user:${id}`, { kind: 'sessions.ended', sessions: null, except: session })
}
