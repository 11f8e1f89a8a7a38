import type { Grant } from '@parlance/protocol/commands'
import { type Failure, failure } from '@parlance/protocol/errors'
import type { Account, User } from '@parlance/protocol/models'
import { normalizeName } from '@parlance/protocol/names'
import type { UserRow } from '../ports/store.ts'
import { type Actor, type Chat, type Known, type Result, success } from './chat.ts'
import { checkUserName } from './names.ts'
import { publishEvents } from './publish.ts'
import { networkOf } from './rates.ts'
import { accountOf, checkPassword, endSessions, openSession } from './sessions.ts'

const hourMs = 3_600_000

/** Makes an account. The caller has checked what its contract asks of the fields. */
export async function register(
  chat: Chat,
  actor: Actor,
  { name, email, password }: { name: string; email: string | null; password: string },
): Promise<UserRow | Failure> {
  const waitMs = chat.rates.take(
    `register:${networkOf(actor.address)}`,
    chat.limits.registrationsPerHour,
    hourMs,
  )
  if (waitMs > 0) return failure('rate_limited', 'Too many registrations. Try again later.', waitMs)
  if (chat.passwords.full) return failure('unavailable', undefined, 1_000)
  const passwordHash = await chat.passwords.hash(password)
  const made = await chat.store.users.create({
    name,
    kind: 'user',
    email,
    passwordHash,
    at: chat.clock.timestamp(),
  })
  return made.ok ? made.user : failure(made.code)
}

export async function createAccount(
  chat: Chat,
  actor: Actor,
  input: { name: string; password: string; email?: string | null; client?: string },
): Promise<Result<Grant>> {
  const name = normalizeName(input.name)
  const wrong = checkUserName(name)
  if (wrong !== undefined) return wrong
  const user = await register(chat, actor, { name, email: input.email ?? null, password: input.password })
  return 'ok' in user ? user : success(await openSession(chat, user, actor, input.client))
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
  const made = await chat.store.users.create({
    name,
    kind: 'guest',
    email: null,
    passwordHash: null,
    at: chat.clock.timestamp(),
  })
  return made.ok ? success(await openSession(chat, made.user, actor, input.client)) : failure(made.code)
}

export async function getAccount(chat: Chat, actor: Known): Promise<Result<Account>> {
  const user = await chat.store.users.get(actor.id)
  return user === undefined ? failure('session_ended') : success(accountOf(user))
}

/** Changes the password and ends every other session (SPEC AC6). */
export async function changePassword(
  chat: Chat,
  actor: Known,
  { password, newPassword }: { password: string; newPassword: string },
): Promise<Result<Record<string, never>>> {
  if (actor.kind === 'guest') return failure('forbidden', 'Guests have no password.')
  const user = await checkPassword(chat, actor, actor.name, password)
  if ('ok' in user) return user
  await chat.store.users.setPassword(actor.id, await chat.passwords.hash(newPassword))
  await endSessions(chat, actor, actor.session)
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
  }
  await removeAccount(chat, actor)
  return success({})
}

/** The deletion itself: a tombstone in the store, silence on the sockets, an event in each room. */
export async function removeAccount(chat: Chat, actor: Known): Promise<void> {
  const events = await chat.store.users.remove(actor.id, chat.clock.timestamp())
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
