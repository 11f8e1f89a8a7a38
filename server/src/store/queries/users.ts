import type { User, UserId } from '@parlance/protocol/models'
import { nameKey } from '@parlance/protocol/names'
import { sql as raw, type Selectable } from 'kysely'
import type { UserRow, Users } from '../../ports/store.ts'
import { setNameParts } from '../drafts/name-parts.ts'
import { loginKeys, wayIn } from '../login-keys.ts'
import type { UserTable } from '../schema.ts'
import type { Sql } from '../sql.ts'
import { foundRows, partsIn } from './name-parts.ts'

/** Spelled out, so that the index of names serves. */
const account = raw.lit<'user'>('user')

export function userRowFrom(
  row: Pick<Selectable<UserTable>, 'id' | 'name' | 'kind' | 'email' | 'password_hash' | 'created_at'>,
): UserRow {
  const { id, name, kind, email } = row
  return { id, name, kind, email, passwordHash: row.password_hash, createdAt: row.created_at }
}

/**
 * An account's name and e-mail address are its own, in any spelling, and neither is another's (SPEC AC20). A guest has
 * its name alone among the guests who are there, and none that an account has (AC23); an account may take a guest's.
 */
export async function create(sql: Sql, user: NewUser): ReturnType<Users['create']> {
  const { db } = sql
  const { name, kind, email, passwordHash, at } = user
  if (await isLogin(sql, name)) return { ok: false, code: 'name_taken' }
  if (email !== null && (await isLogin(sql, email))) return { ok: false, code: 'email_taken' }
  const row = await db
    .insertInto('users')
    .values({
      name,
      kind,
      email,
      password_hash: passwordHash,
      created_at: at,
      deleted_at: null,
      name_key: nameKey(name),
      seen_at: kind === 'guest' ? at : null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .executeTakeFirst()
  if (row === undefined) return { ok: false, code: await conflictOf(db, user) }
  if (kind === 'user') {
    await setNameParts(sql, 'user', row.id, name)
    await sql.insertEach('logins', loginsOf(row.id, name, email))
  }
  return { ok: true, user: userRowFrom(row) }
}

type NewUser = Parameters<Users['create']>[0]

function loginsOf(user: UserId, name: string, email: string | null) {
  return loginKeys(name, email).map((key) => ({ key, user }))
}

/** Whether it is the way in of an account. */
export async function isLogin({ db, dialect }: Sql, text: string): Promise<boolean> {
  const found = await db
    .selectFrom('logins')
    .select('user')
    .where('key', 'in', dialect.texts(wayIn(text)))
    .limit(1)
    .executeTakeFirst()
  return found !== undefined
}

/** What a row ran into that is no way in: a guest's name, or an address without a key of its own. */
async function conflictOf(db: Sql['db'], { email }: NewUser): Promise<'name_taken' | 'email_taken'> {
  if (email === null) return 'name_taken'
  const other = await db.selectFrom('users').select('id').where('email', '=', email).executeTakeFirst()
  return other === undefined ? 'name_taken' : 'email_taken'
}

/** Tombstones too. */
export async function get({ db }: Sql, user: UserId): Promise<UserRow | undefined> {
  const row = await db.selectFrom('users').selectAll().where('id', '=', user).executeTakeFirst()
  return row && userRowFrom(row)
}

/** By the spelling as it is typed where that alone leads to an account, else by the key of a name or an address. */
export async function byLogin({ db, dialect }: Sql, nameOrEmail: string): Promise<UserRow | undefined> {
  const keys = wayIn(nameOrEmail)
  const rows = await db
    .selectFrom('logins')
    .innerJoin('users', 'users.id', 'logins.user')
    .selectAll('users')
    .select('logins.key')
    .where('logins.key', 'in', dialect.texts(keys))
    .execute()
  const [spelling] = keys
  const row = rows.find(({ key }) => key === spelling) ?? rows[0]
  return row && userRowFrom(row)
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
