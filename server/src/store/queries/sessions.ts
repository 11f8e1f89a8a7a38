import type { Timestamp, UserId } from '@parlance/protocol/models'
import type { RawBuilder, Selectable } from 'kysely'
import type { SessionRow, Sessions, UserRow } from '../../ports/store.ts'
import { type Holes, prepared } from '../prepared.ts'
import type { SessionTable } from '../schema.ts'
import type { Sql } from '../sql.ts'
import { endGuest, see } from './guests.ts'
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
function standing({ db }: Sql, at: RawBuilder<Timestamp>) {
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

const byId = prepared((sql, { id, at }: Holes<{ id: string; at: Timestamp }>) =>
  standing(sql, at).where('sessions.id', '=', id),
)

export async function get(sql: Sql, id: string, at: Timestamp) {
  const [row] = await byId(sql, { id, at })
  return withAccount(row)
}

const byHash = prepared((sql, { hash, at }: Holes<{ hash: string; at: Timestamp }>) =>
  standing(sql, at).where('refresh_hash', '=', hash),
)

async function byCurrent(sql: Sql, refreshHash: string, at: Timestamp) {
  const [row] = await byHash(sql, { hash: refreshHash, at })
  return withAccount(row)
}

export async function byRefresh(sql: Sql, refreshHash: string, at: Timestamp, steadyAt: Timestamp = at) {
  const session = await byCurrent(sql, refreshHash, at)
  if (session !== undefined) return session
  const successor = unusedSuccessor(await tradeOf(sql, refreshHash), steadyAt)
  return successor === undefined ? undefined : byCurrent(sql, successor, at)
}

/** Milliseconds in which a trade may be repeated: its answer may have been lost on the way. */
const repeatMs = 30_000
/** By how much a trade may lie in the future: the server started anew after its clock was set back. */
const setBackMs = 60_000

/** The trade of a refresh token that was traded for another. */
function tradeOf({ db }: Sql, refreshHash: string) {
  return db
    .selectFrom('traded_refreshes')
    .innerJoin('sessions', 'sessions.id', 'traded_refreshes.session')
    .select(['sessions.id', 'sessions.user', 'refresh_hash', 'at', 'successor'])
    .where('hash', '=', refreshHash)
    .executeTakeFirst()
}

/** What a token was traded for, where that was just now and its holder may not have got it: nobody has traded it. */
function unusedSuccessor(
  traded: Awaited<ReturnType<typeof tradeOf>>,
  steadyAt: Timestamp,
): string | undefined {
  if (traded?.successor == null || traded.successor !== traded.refresh_hash) return undefined
  const ageMs = Date.parse(steadyAt) - Date.parse(traded.at)
  return ageMs >= -setBackMs && ageMs <= repeatMs ? traded.successor : undefined
}

/**
 * Each token is good once; one that was traded before ends its session, since two hold it (SPEC AC9). But whoever asks
 * again soon, while nobody has traded the successor, has not got the answer: another successor takes that one's place.
 */
export async function rotate(
  sql: Sql,
  refreshHash: string,
  nextHash: string,
  at: Timestamp,
  expiresAt: Timestamp,
  steadyAt: Timestamp = at,
): ReturnType<Sessions['rotate']> {
  const found = await byCurrent(sql, refreshHash, at)
  if (found === undefined) return rotateAgain(sql, refreshHash, nextHash, at, expiresAt, steadyAt)
  await sql.insertEach('traded_refreshes', [
    { hash: refreshHash, session: found.id, at: steadyAt, successor: nextHash },
  ])
  return giveNext(sql, found, nextHash, at, expiresAt)
}

async function rotateAgain(
  sql: Sql,
  refreshHash: string,
  nextHash: string,
  at: Timestamp,
  expiresAt: Timestamp,
  steadyAt: Timestamp,
): ReturnType<Sessions['rotate']> {
  const traded = await tradeOf(sql, refreshHash)
  if (traded === undefined) return { ok: false }
  const { id, user } = traded
  const successor = unusedSuccessor(traded, steadyAt)
  const found = successor === undefined ? undefined : await byCurrent(sql, successor, at)
  if (successor === undefined || found === undefined) {
    await end(sql, user, id)
    return { ok: false, reused: { id, user } }
  }
  // Whoever comes with the one that was replaced is a second holder.
  await sql.insertEach('traded_refreshes', [{ hash: successor, session: id, at: steadyAt, successor: null }])
  await sql.db
    .updateTable('traded_refreshes')
    .set({ successor: nextHash })
    .where('hash', '=', refreshHash)
    .execute()
  return giveNext(sql, found, nextHash, at, expiresAt)
}

async function giveNext(
  sql: Sql,
  { account, ...before }: SessionRow & { readonly account: UserRow },
  nextHash: string,
  at: Timestamp,
  expiresAt: Timestamp,
): ReturnType<Sessions['rotate']> {
  await sql.db
    .updateTable('sessions')
    .set({ refresh_hash: nextHash, last_used_at: at, expires_at: expiresAt })
    .where('id', '=', before.id)
    .execute()
  if (account.kind === 'guest') await see(sql, [account.id], at, at)
  return { ok: true, session: { ...before, lastUsedAt: at, expiresAt }, account }
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

/** A guest whose last session ends is gone (SPEC AC24). */
export async function end(sql: Sql, user: UserId, id: string): Promise<boolean> {
  const ended = await sql.db
    .deleteFrom('sessions')
    .where('id', '=', id)
    .where('user', '=', user)
    .returning('id')
    .executeTakeFirst()
  if (ended !== undefined) await endGuest(sql, user)
  return ended !== undefined
}

export async function endAll(sql: Sql, user: UserId, except: string | null): Promise<readonly string[]> {
  const ended = await sql.db
    .deleteFrom('sessions')
    .where('user', '=', user)
    .where('id', '!=', except ?? '')
    .returning('id')
    .execute()
  await endGuest(sql, user)
  return ended.map(({ id }) => id)
}
