import type { User, UserId } from '@parlance/protocol/models'
import { sql as raw, type Selectable } from 'kysely'
import type { UserRow, Users } from '../../ports/store.ts'
import { setNameParts } from '../drafts/name-parts.ts'
import type { UserTable } from '../schema.ts'
import type { Sql } from '../sql.ts'
import { foundRows, partsIn } from './name-parts.ts'

/** Spelled out, so that the index of names serves. */
const account = raw.lit<'user'>('user')

export function userRowFrom(row: Omit<Selectable<UserTable>, 'deleted_at'>): UserRow {
  const { id, name, kind, email } = row
  return { id, name, kind, email, passwordHash: row.password_hash, createdAt: row.created_at }
}

/** Guests share names with anybody; an account's name and e-mail are its own. */
export async function create(sql: Sql, user: Parameters<Users['create']>[0]): ReturnType<Users['create']> {
  const { db } = sql
  const { name, kind, email, passwordHash, at } = user
  if (kind === 'user' && (await byName(db, name)) !== undefined) return { ok: false, code: 'name_taken' }
  if (email !== null && (await byEmail(db, email)) !== undefined) return { ok: false, code: 'email_taken' }
  const row = await db
    .insertInto('users')
    .values({ name, kind, email, password_hash: passwordHash, created_at: at, deleted_at: null })
    .returningAll()
    .executeTakeFirstOrThrow()
  if (kind === 'user') await setNameParts(sql, 'user', row.id, name)
  return { ok: true, user: userRowFrom(row) }
}

/** Tombstones too. */
export async function get({ db }: Sql, user: UserId): Promise<UserRow | undefined> {
  const row = await db.selectFrom('users').selectAll().where('id', '=', user).executeTakeFirst()
  return row && userRowFrom(row)
}

export async function byLogin({ db }: Sql, nameOrEmail: string): Promise<UserRow | undefined> {
  const row = (await byName(db, nameOrEmail)) ?? (await byEmail(db, nameOrEmail))
  return row?.kind === 'user' ? userRowFrom(row) : undefined
}

function byName(db: Sql['db'], name: string) {
  return db
    .selectFrom('users')
    .selectAll()
    .where('name', '=', name)
    .where('kind', '=', account)
    .executeTakeFirst()
}

function byEmail(db: Sql['db'], email: string) {
  return db.selectFrom('users').selectAll().where('email', '=', email).executeTakeFirst()
}

/** Accounts only: guests have no parts, and tombstones have lost theirs. */
export async function find({ db }: Sql, search: string, limit: number): Promise<readonly User[]> {
  return foundRows(search, limit, (range, most) =>
    partsIn(db, 'user', range)
      .innerJoin('users', 'users.id', 'found.id')
      .select(['users.id', 'users.name', 'users.kind'])
      .where('users.kind', '=', account)
      .limit(most)
      .execute(),
  )
}
