import type { RoomId } from '@parlance/protocol/models'
import type { Selectable } from 'kysely'
import type { RoomTable } from '../schema.ts'
import type { Sql } from '../sql.ts'

/** A room inside a write transaction; `head` goes up as events are added. */
export type RoomRow = Selectable<RoomTable>

/** The rooms as they are now; nobody else changes them before this transaction ends. */
export async function roomRows(
  { db, dialect }: Sql,
  rooms: readonly RoomId[],
): Promise<Map<RoomId, RoomRow>> {
  const ids = [...new Set(rooms)]
  const rows = await db.selectFrom('rooms').selectAll().where('id', 'in', dialect.numbers(ids)).execute()
  return new Map(rows.map((row) => [row.id, row]))
}
