import { type Kysely, sql } from 'kysely'
import type { Tables } from '../schema.ts'

/** When the last event of each room's log was, so that the next one is not before it (SPEC CO14). */
export async function lastAt(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .alterTable('rooms')
    .addColumn('last_at', 'text', (column) => column.notNull().defaultTo(''))
    .execute()
  await sql`
    update rooms set last_at = coalesce(
      (select at from messages where room = rooms.id and seq = rooms.head),
      (select at from events where room = rooms.id and seq = rooms.head),
      created_at
    )
  `.execute(db)
}
