import type { RoomId, Timestamp, UserId } from '@parlance/protocol/models'
import { nameKey } from '@parlance/protocol/names'
import { sql as raw } from 'kysely'
import type { Sql } from '../sql.ts'
import { isLogin } from './users.ts'

/** Spelled out, so that the indexes of guests serve. */
const guest = raw.lit<'guest'>('guest')

/** Of these users the guests are here; one whose sessions have ended stays gone. */
export async function see({ db, dialect }: Sql, users: readonly UserId[], at: Timestamp, since: Timestamp) {
  await db
    .updateTable('users')
    .set({ seen_at: at })
    .where('id', 'in', dialect.numbers(users))
    .where('kind', '=', guest)
    .where('seen_at', '>', '')
    .where('seen_at', '<', since)
    .execute()
}

/** Guests who hold their name and were last here at `seenBefore` or earlier, those whose sessions have ended first. */
export function gone(
  { db }: Sql,
  seenBefore: Timestamp | '',
  limit: number,
): Promise<readonly { readonly id: UserId; readonly name: string }[]> {
  return db
    .selectFrom('users')
    .select(['id', 'name'])
    .where('kind', '=', guest)
    .where('seen_at', 'is not', null)
    .where('seen_at', '<=', seenBefore)
    .orderBy('seen_at')
    .limit(limit)
    .execute()
}

/** The rooms that the user is a member of. */
export async function rooms({ db }: Sql, user: UserId): Promise<readonly RoomId[]> {
  const rows = await db
    .selectFrom('members')
    .select('room')
    .where('user', '=', user)
    .orderBy('room')
    .execute()
  return rows.map(({ room }) => room)
}

/** Frees the name of a guest who is in no room any more, unless it has come back since. */
export async function release({ db }: Sql, user: UserId, seenBefore: Timestamp | ''): Promise<void> {
  await db
    .updateTable('users')
    .set({ name_key: null, seen_at: null })
    .where('id', '=', user)
    .where('kind', '=', guest)
    .where('seen_at', '<=', seenBefore)
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('members').select('members.user').where('members.user', '=', user))),
    )
    .execute()
}

/** A guest without a session is gone for good: the next look finds it (SPEC AC24). */
export async function endGuest({ db }: Sql, user: UserId): Promise<void> {
  await db
    .updateTable('users')
    .set({ seen_at: '' })
    .where('id', '=', user)
    .where('kind', '=', guest)
    .where('seen_at', 'is not', null)
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('sessions').select('sessions.id').where('sessions.user', '=', user))),
    )
    .execute()
}

/** Gives a guest who was gone its name back. False where somebody else has it now; an account has its own. */
export async function holdName(sql: Sql, user: UserId, at: Timestamp): Promise<boolean> {
  const { db } = sql
  const row = await db
    .selectFrom('users')
    .select(['name', 'kind', 'name_key'])
    .where('id', '=', user)
    .executeTakeFirstOrThrow()
  if (row.kind !== 'guest' || row.name_key !== null) return true
  const key = nameKey(row.name)
  const other = await db
    .selectFrom('users')
    .select('id')
    .where('name_key', '=', key)
    .where('kind', '=', guest)
    .executeTakeFirst()
  if (other !== undefined || (await isLogin(sql, row.name))) return false
  await db.updateTable('users').set({ name_key: key, seen_at: at }).where('id', '=', user).execute()
  return true
}
