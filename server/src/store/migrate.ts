import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { type Migration, type MigrationNote, migrations } from './migrations/all.ts'
import { StoreRefused } from './refused.ts'
import type { Sql } from './sql.ts'

/**
 * Brings the database to the version of this code, inside the caller's transaction, and gives its epoch (SPEC ST7).
 * `restored`: the data came from a backup, so that this is another life of the store: the epoch is a new one.
 * `note` hears of accounts that a step changes.
 * Throws `StoreRefused` where the database is newer than the code.
 */
export async function migrate(
  { db, dialect }: Sql,
  steps: readonly Migration[] = migrations,
  restored = false,
  note?: MigrationNote,
): Promise<{ readonly epoch: string }> {
  await sql`create table if not exists meta (key text primary key, value text not null)`.execute(db)
  const meta = new Map(
    (await db.selectFrom('meta').selectAll().execute()).map(({ key, value }) => [key, value]),
  )
  const version = Number(meta.get('version') ?? 0)
  if (version > steps.length) {
    throw new StoreRefused(
      `The database is at version ${version}, this Parlance knows up to ${steps.length}: start the newer one, or restore a backup.`,
    )
  }
  for (const step of steps.slice(version)) await step(db, dialect, note)
  const known = meta.get('epoch')
  const epoch = known === undefined || restored ? randomUUID() : known
  if (version < steps.length || epoch !== known) {
    await db
      .insertInto('meta')
      .values([
        { key: 'version', value: String(steps.length) },
        { key: 'epoch', value: epoch },
      ])
      .onConflict((conflict) =>
        conflict.column('key').doUpdateSet({ value: (eb) => eb.ref('excluded.value') }),
      )
      .execute()
  }
  return { epoch }
}
