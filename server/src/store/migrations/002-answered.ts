import type { Kysely } from 'kysely'
import type { Tables } from '../schema.ts'
import type { Dialect } from '../sql.ts'

/** Who is told of a message because it answers them; those sent before told nobody. */
export async function answered(db: Kysely<Tables>, dialect: Dialect): Promise<void> {
  await db.schema.alterTable('messages').addColumn('answered', dialect.idType).execute()
}
