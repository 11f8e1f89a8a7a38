import { type Kysely, sql } from 'kysely'
import { partRows } from '../drafts/name-parts.ts'
import { listedRooms } from '../queries/listed.ts'
import type { Tables } from '../schema.ts'
import type { Dialect } from '../sql.ts'

/** Names whose rows are written at once. */
const pageSize = 100

/** What accounts and rooms of the list are found by; those that are there already as well. */
export async function nameParts(db: Kysely<Tables>, dialect: Dialect): Promise<void> {
  await db.schema
    .createTable('name_parts')
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('id', dialect.idType, (c) => c.notNull())
    .addColumn('part', 'text', (c) => c.notNull())
    .addColumn('rank', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('name_parts_key', ['kind', 'id', 'part'])
    .modifyEnd(dialect.clustered)
    .execute()
  await sql`create index name_parts_found on name_parts (kind, rank, part, id)`.execute(db)
  const accounts = db.selectFrom('users').select(['id', 'name']).where('kind', '=', 'user')
  const rooms = listedRooms(db).select(['id', 'name'])
  await fill(db, 'user', (after) => accounts.where('id', '>', after).orderBy('id').limit(pageSize).execute())
  await fill(db, 'room', (after) => rooms.where('id', '>', after).orderBy('id').limit(pageSize).execute())
}

async function fill(
  db: Kysely<Tables>,
  kind: 'user' | 'room',
  page: (after: number) => Promise<readonly { readonly id: number; readonly name: string }[]>,
): Promise<void> {
  for (let after = 0; ; ) {
    const named = await page(after)
    const last = named.at(-1)
    if (last === undefined) return
    after = last.id
    // One statement each: a long name has near 200 rows, and a statement's values are counted.
    for (const { id, name } of named) {
      const rows = partRows(kind, id, name)
      if (rows.length > 0) await db.insertInto('name_parts').values(rows).execute()
    }
  }
}
