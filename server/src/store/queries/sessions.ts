import type { Timestamp, UserId } from '@parlance/protocol/models'
import type { Selectable } from 'kysely'
import type { SessionRow, Sessions, UserRow } from '../../ports/store.ts'
import type { SessionTable } from '../schema.ts'
import type { Sql } from '../sql.ts'
import { userRowFrom } from './users.ts'

function sessionFrom(row: Omit<Selectable<SessionTable>, 'refresh_hash'>): SessionRow {
  return {
    id: row.id,
    user: row.user,
    createdAt: row.created_at,
    lastUsedAt: row.last_used_at,
    expiresAt: row.expires_at,
    client: row.client,
    address: row.address,
  }
}

/** Opens a session; those of the same user that have expired are swept away with it. */
export async function create({ db }: Sql, session: Parameters<Sessions['create']>[0]): Promise<void> {
  const { id, user, createdAt, lastUsedAt, expiresAt, client, address, refreshHash } = session
  await db.deleteFrom('sessions').where('user', '=', user).where('expires_at', '<=', createdAt).execute()
  await db
    .insertInto('sessions')
    .values({
      id,
      user,
      refresh_hash: refreshHash,
      created_at: createdAt,
      last_used_at: lastUsedAt,
      expires_at: expiresAt,
      client,
      address,
    })
    .execute()
}

/** Sessions that stand at a time, with the account; those of deleted accounts do not. */
function standing({ db }: Sql, at: Timestamp) {
  return db
    .selectFrom('sessions')
    .innerJoin('users', 'users.id', 'sessions.user')
    .select(['sessions.id', 'user', 'last_used_at', 'expires_at', 'client', 'address'])
    .select([
      'sessions.created_at',
      'name',
      'kind',
      'email',
      'password_hash',
      'users.created_at as user_created_at',
    ])
    .where('expires_at', '>', at)
    .where('kind', '!=', 'deleted')
}

type Row = Awaited<ReturnType<ReturnType<typeof standing>['execute']>>[number]

function withAccount(row: Row | undefined): (SessionRow & { readonly account: UserRow }) | undefined {
  if (row === undefined) return undefined
  return {
    ...sessionFrom(row),
    account: userRowFrom({ ...row, id: row.user, created_at: row.user_created_at }),
  }
}

export async function get(sql: Sql, id: string, at: Timestamp) {
  return withAccount(await standing(sql, at).where('sessions.id', '=', id).executeTakeFirst())
}

export async function byRefresh(sql: Sql, refreshHash: string, at: Timestamp) {
  return withAccount(await standing(sql, at).where('refresh_hash', '=', refreshHash).executeTakeFirst())
}

/** Each token is good once; one that was traded before ends its session, since two hold it (SPEC AC9). */
export async function rotate(
  sql: Sql,
  refreshHash: string,
  nextHash: string,
  at: Timestamp,
  expiresAt: Timestamp,
): ReturnType<Sessions['rotate']> {
  const { db } = sql
  const found = await byRefresh(sql, refreshHash, at)
  if (found === undefined) return endReused(sql, refreshHash)
  const { account, ...before } = found
  await sql.insertEach('traded_refreshes', [{ hash: refreshHash, session: before.id }])
  await db
    .updateTable('sessions')
    .set({ refresh_hash: nextHash, last_used_at: at, expires_at: expiresAt })
    .where('id', '=', before.id)
    .execute()
  return { ok: true, session: { ...before, lastUsedAt: at, expiresAt }, account }
}

async function endReused(sql: Sql, refreshHash: string): Promise<Awaited<ReturnType<Sessions['rotate']>>> {
  const traded = await sql.db
    .selectFrom('traded_refreshes')
    .innerJoin('sessions', 'sessions.id', 'traded_refreshes.session')
    .select(['sessions.id', 'sessions.user'])
    .where('hash', '=', refreshHash)
    .executeTakeFirst()
  if (traded === undefined) return { ok: false }
  await end(sql, traded.user, traded.id)
  return { ok: false, reused: traded }
}

export async function list({ db }: Sql, user: UserId, at: Timestamp): Promise<readonly SessionRow[]> {
  const rows = await db
    .selectFrom('sessions')
    .selectAll()
    .where('user', '=', user)
    .where('expires_at', '>', at)
    .orderBy('created_at')
    .orderBy('id')
    .execute()
  return rows.map(sessionFrom)
}

export async function end({ db }: Sql, user: UserId, id: string): Promise<boolean> {
  const ended = await db
    .deleteFrom('sessions')
    .where('id', '=', id)
    .where('user', '=', user)
    .returning('id')
    .executeTakeFirst()
  return ended !== undefined
}

export async function endAll({ db }: Sql, user: UserId, except: string | null): Promise<readonly string[]> {
  const ended = await db
    .deleteFrom('sessions')
    .where('user', '=', user)
    .where('id', '!=', except ?? '')
    .returning('id')
    .execute()
  return ended.map(({ id }) => id)
}
