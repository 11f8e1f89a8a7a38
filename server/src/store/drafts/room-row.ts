import type { RoomId, Timestamp } from '@parlance/protocol/models'
import type { Selectable } from 'kysely'
import { type Holes, prepared } from '../prepared.ts'
import type { RoomTable } from '../schema.ts'
import type { Sql } from '../sql.ts'

/** A room inside a write transaction; `head` goes up as events are added. */
export type RoomRow = Selectable<RoomTable>

/**
 * The time of the room's next event, where it is drafted at `at`: never before the last one, though the clock on the wall
 * was set back (SPEC CO14). Times are written so that their texts compare as they do.
 */
export function nextAt({ last_at }: Pick<RoomRow, 'last_at'>, at: Timestamp): Timestamp {
  return at < last_at ? last_at : at
}

const roomsIn = prepared(({ db, dialect }, { ids }: Holes<{ ids: string }>) =>
  db.selectFrom('rooms').selectAll().where('id', 'in', dialect.numbers(ids)),
)

/** The rooms as they are now; nobody else changes them before this transaction ends. */
export async function roomRows(sql: Sql, rooms: readonly RoomId[]): Promise<Map<RoomId, RoomRow>> {
  const rows = await roomsIn(sql, { ids: JSON.stringify([...new Set(rooms)]) })
  return new Map(rows.map((row) => [row.id, row]))
}
