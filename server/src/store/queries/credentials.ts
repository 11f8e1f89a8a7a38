import type { Event } from '@parlance/protocol/events'
import type { Timestamp, UserId } from '@parlance/protocol/models'
import type { Sessions, Users } from '../../ports/store.ts'
import type { Sql } from '../sql.ts'
import { create as createSession, endAll } from './sessions.ts'
import { remove as removeUser } from './user-removal.ts'
import { create as createUser } from './users.ts'

/** Makes an account or a guest and its first session, both or neither. */
export async function enroll(
  sql: Sql,
  user: Parameters<Users['create']>[0],
  session: Parameters<Users['enroll']>[1],
): ReturnType<Users['enroll']> {
  const made = await createUser(sql, user)
  if (made.ok) await createSession(sql, { ...session, user: made.user.id })
  return made
}

/** Opens a session of an account whose password is still the one that was checked (SPEC AC38). */
export async function logIn(
  sql: Sql,
  session: Parameters<Sessions['create']>[0],
  passwordHash: string | null,
): Promise<boolean> {
  const stands = await hasPassword(sql, session.user, passwordHash)
  if (stands) await createSession(sql, session)
  return stands
}

/** Changes the password and ends every other session, both or neither (SPEC AC6, AC38). */
export async function changePassword(
  sql: Sql,
  user: UserId,
  { from, to, except }: Parameters<Users['changePassword']>[1],
): Promise<boolean> {
  if (!(await replaceHash(sql, user, from, to))) return false
  await endAll(sql, user, except)
  return true
}

/** Another hash of the same password; it takes the place of the one that was checked only. */
export async function replaceHash(
  { db }: Sql,
  user: UserId,
  from: string | null,
  to: string,
): Promise<boolean> {
  const changed = await db
    .updateTable('users')
    .set({ password_hash: to })
    .where('id', '=', user)
    .where('kind', '!=', 'deleted')
    .where('password_hash', 'is not distinct from', from)
    .returning('id')
    .executeTakeFirst()
  return changed !== undefined
}

/** Removes an account whose password is still the one that was checked. */
export async function removeAs(
  sql: Sql,
  user: UserId,
  passwordHash: string | null,
  at: Timestamp,
): Promise<readonly Event[] | undefined> {
  return (await hasPassword(sql, user, passwordHash)) ? removeUser(sql, user, at) : undefined
}

async function hasPassword({ db }: Sql, user: UserId, passwordHash: string | null): Promise<boolean> {
  const found = await db
    .selectFrom('users')
    .select('id')
    .where('id', '=', user)
    .where('kind', '!=', 'deleted')
    .where('password_hash', 'is not distinct from', passwordHash)
    .executeTakeFirst()
  return found !== undefined
}
