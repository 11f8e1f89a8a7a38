import type { UserId } from '@parlance/protocol/models'
import { nameKey } from '@parlance/protocol/names'
import { type Kysely, sql } from 'kysely'
import { partRows } from '../drafts/name-parts.ts'
import type { Tables } from '../schema.ts'
import { type Settled, settleGuests, settleLogins } from '../settle-logins.ts'
import type { Dialect } from '../sql.ts'
import type { MigrationNote } from './all.ts'

/** Names and e-mail addresses in one space, by their keys; guests that hold their name, and when they were last here. */
export async function logins(
  db: Kysely<Tables>,
  dialect: Dialect,
  note: MigrationNote = () => {},
): Promise<void> {
  const id = dialect.idType
  await db.schema
    .createTable('logins')
    .addColumn('key', 'text', (c) => c.primaryKey())
    .addColumn('user', id, (c) => c.notNull().references('users.id'))
    .modifyEnd(dialect.clustered)
    .execute()
  await db.schema.alterTable('users').addColumn('name_key', 'text').execute()
  await db.schema.alterTable('users').addColumn('seen_at', 'text').execute()
  for (const { id, name } of await db.selectFrom('rooms').select(['id', 'name']).execute()) {
    await db
      .updateTable('rooms')
      .set({ name_key: nameKey(name) })
      .where('id', '=', id)
      .execute()
  }
  await settleUsers(db, note)
  const statements = [
    sql`create index logins_user on logins ("user")`,
    sql`create unique index users_name_key on users (name_key) where kind = 'user'`,
    sql`create unique index users_guest_name on users (name_key) where kind = 'guest'`,
    sql`create index users_guests_seen on users (seen_at) where kind = 'guest' and seen_at is not null`,
  ]
  for (const statement of statements) await statement.execute(db)
}

async function settleUsers(db: Kysely<Tables>, note: MigrationNote): Promise<void> {
  const users = await db.selectFrom('users').select(['id', 'name', 'email', 'kind']).orderBy('id').execute()
  const accounts = settleLogins(users.filter(({ kind }) => kind === 'user'))
  const guests = settleGuests(
    users.filter(({ kind }) => kind === 'guest'),
    accounts.logins,
  )
  for (const [key, user] of accounts.logins) await db.insertInto('logins').values({ key, user }).execute()
  await keep(db, accounts, true)
  await keep(db, guests, false)
  await seeGuests(db, [...guests.identities.keys()])
  for (const { id, name } of accounts.renamed) {
    note({ user: id, name }, 'An account was renamed: its name is another one’s way in, or shows nobody.')
  }
  for (const user of accounts.emailsLost) {
    note(
      { user },
      'An account logs in by its e-mail address as it wrote it only: it is another one’s way in.',
    )
  }
  const { length } = guests.renamed
  if (length > 0) note({ guests: length }, 'Guests were renamed: others have their names.')
}

/** Writes the names down; `isFound`: people are found by them. */
async function keep(db: Kysely<Tables>, { identities, renamed }: Settled, isFound: boolean): Promise<void> {
  for (const [user, key] of identities) {
    await db.updateTable('users').set({ name_key: key }).where('id', '=', user).execute()
  }
  for (const { id, name } of renamed) {
    await db.updateTable('users').set({ name }).where('id', '=', id).execute()
    if (!isFound) continue
    await db.deleteFrom('name_parts').where('kind', '=', 'user').where('id', '=', id).execute()
    const rows = partRows('user', id, name)
    if (rows.length > 0) await db.insertInto('name_parts').values(rows).execute()
  }
}

/** Guests were last here when their session was last used; without one they are gone, and the next look finds them. */
async function seeGuests(db: Kysely<Tables>, guests: readonly UserId[]): Promise<void> {
  for (const user of guests) {
    const session = await db
      .selectFrom('sessions')
      .select((eb) => eb.fn.max('last_used_at').as('at'))
      .where('user', '=', user)
      .executeTakeFirst()
    await db
      .updateTable('users')
      .set({ seen_at: session?.at ?? '' })
      .where('id', '=', user)
      .execute()
  }
}
