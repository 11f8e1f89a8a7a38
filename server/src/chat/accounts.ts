import type { Grant } from '@parlance/protocol/commands'
import { type Failure, failure } from '@parlance/protocol/errors'
import type { Event } from '@parlance/protocol/events'
import { protocolLimits } from '@parlance/protocol/limits'
import type { Account, User } from '@parlance/protocol/models'
import { normalizeEmail, normalizeName, passwordForm } from '@parlance/protocol/names'
import type { UserRow } from '../ports/store.ts'
import { type Actor, type Chat, type Known, type Result, success } from './chat.ts'
import { checkUserName } from './names.ts'
import { publishEvents } from './publish.ts'
import { networkOf } from './rates.ts'
import {
  accountOf,
  checkPassword,
  grantOf,
  type NewSession,
  newSession,
  publishOthersEnded,
} from './sessions.ts'
import { storable } from './storable.ts'

const hourMs = 3_600_000

interface NewAccount {
  readonly name: string
  readonly email: string | null
  readonly password: string
}

/**
 * Makes an account, with its first session where one is wanted: both or neither. The caller has checked what its contract
 * asks of the name and the e-mail address; any string is a password for the older contracts, the empty one too, which
 * RFC 8265 would refuse.
 */
export async function register(
  chat: Chat,
  actor: Actor,
  { name, email, password }: NewAccount,
  session?: NewSession,
): Promise<UserRow | Failure> {
  const waitMs = chat.rates.take(
    `register:${networkOf(actor.address)}`,
    chat.limits.registrationsPerHour,
    hourMs,
  )
  if (waitMs > 0) return failure('rate_limited', 'Too many registrations. Try again later.', waitMs)
  if (chat.passwords.full) return failure('unavailable', undefined, 1_000)
  const passwordHash = await chat.passwords.hash(passwordForm(password))
  const user = {
    name,
    kind: 'user',
    email: email === null ? null : storable(email),
    passwordHash,
    at: chat.clock.timestamp(),
  } as const
  const { users } = chat.store
  const made = await (session === undefined ? users.create(user) : users.enroll(user, session.row))
  return made.ok ? made.user : failure(made.code)
}

/** Marks that become one letter with it count as that letter. */
function checkNewPassword(password: string): Failure | undefined {
  const least = protocolLimits.passwordMin
  return Array.from(passwordForm(password)).length < least
    ? failure('bad_request', `A password has at least ${least} characters.`)
    : undefined
}

export async function createAccount(
  chat: Chat,
  actor: Actor,
  input: { name: string; password: string; email?: string | null; client?: string },
): Promise<Result<Grant>> {
  const name = normalizeName(input.name)
  const wrong = checkUserName(name) ?? checkNewPassword(input.password)
  if (wrong !== undefined) return wrong
  const session = newSession(chat, actor, input.client)
  const email = input.email == null ? null : normalizeEmail(input.email)
  const user = await register(chat, actor, { name, email, password: input.password }, session)
  return 'ok' in user ? user : success(await grantOf(chat, user, session))
}

export async function createGuest(
  chat: Chat,
  actor: Actor,
  input: { name: string; client?: string },
): Promise<Result<Grant>> {
  const name = normalizeName(input.name)
  const wrong = checkUserName(name)
  if (wrong !== undefined) return wrong
  const waitMs = chat.rates.take(
    `register:${networkOf(actor.address)}`,
    chat.limits.registrationsPerHour,
    hourMs,
  )
  if (waitMs > 0) return failure('rate_limited', 'Too many registrations. Try again later.', waitMs)
  const user = { name, kind: 'guest', email: null, passwordHash: null, at: chat.clock.timestamp() } as const
  const session = newSession(chat, actor, input.client)
  const made = await chat.store.users.enroll(user, session.row)
  return made.ok ? success(await grantOf(chat, made.user, session)) : failure(made.code)
}

export async function getAccount(chat: Chat, actor: Known): Promise<Result<Account>> {
  const user = await chat.store.users.get(actor.id)
  return user === undefined ? failure('session_ended') : success(accountOf(user))
}

/** Changes the password and ends every other session, in one commit (SPEC AC6, AC38). */
export async function changePassword(
  chat: Chat,
  actor: Known,
  { password, newPassword }: { password: string; newPassword: string },
): Promise<Result<Record<string, never>>> {
  if (actor.kind === 'guest') return failure('forbidden', 'Guests have no password.')
  const wrong = checkNewPassword(newPassword)
  if (wrong !== undefined) return wrong
  const user = await checkPassword(chat, actor, actor.name, password)
  if ('ok' in user) return user
  const to = await chat.passwords.hash(passwordForm(newPassword))
  const change = { from: user.passwordHash, to, except: actor.session }
  // Another change was first: the password that was given is the old one by now.
  if (!(await chat.store.users.changePassword(actor.id, change))) return failure('bad_credentials')
  publishOthersEnded(chat, actor)
  return success({})
}

/** Deletes the account behind the session; natively its password is asked once more. */
export async function deleteAccount(
  chat: Chat,
  actor: Known,
  { password }: { password?: string },
): Promise<Result<Record<string, never>>> {
  if (actor.kind === 'user') {
    const user = await checkPassword(chat, actor, actor.name, password ?? '')
    if ('ok' in user) return user
    const events = await chat.store.users.removeAs(actor.id, user.passwordHash, chat.clock.timestamp())
    if (events === undefined) return failure('bad_credentials')
    publishGone(chat, actor, events)
  } else {
    await removeAccount(chat, actor)
  }
  return success({})
}

/** The deletion itself: a tombstone in the store, silence on the sockets, an event in each room. */
export async function removeAccount(chat: Chat, actor: Known): Promise<void> {
  publishGone(chat, actor, await chat.store.users.remove(actor.id, chat.clock.timestamp()))
}

function publishGone(chat: Chat, actor: Known, events: readonly Event[]): void {
  chat.broker.publish(`user:${actor.id}`, {
    kind: 'sessions.ended',
    sessions: null,
    except: null,
    gone: true,
  })
  publishEvents(chat, events)
}

export async function findUsers(
  chat: Chat,
  actor: Known,
  { name, limit }: { name: string; limit?: number },
): Promise<Result<{ users: User[] }>> {
  if (actor.kind !== 'user') return failure('forbidden', 'Guests cannot look accounts up.')
  return success({ users: [...(await chat.store.users.find(name, limit ?? 20))] })
}
