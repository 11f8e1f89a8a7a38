import { nameParts } from '@parlance/protocol/name-parts'
import type { Insertable } from 'kysely'
import type { Tables } from '../schema.ts'
import type { Sql } from '../sql.ts'

/** Whose names are found. */
export type FoundKind = Tables['name_parts']['kind']

/** The rows by which an account or a room is found under this name. */
export function partRows(kind: FoundKind, id: number, name: string): Insertable<Tables['name_parts']>[] {
  return nameParts(name).map(({ part, rank }) => ({ kind, id, part, rank }))
}

/** From here on it is found by this name, and by no earlier one; undefined: not at all. */
export async function setNameParts(
  { db, insertEach }: Sql,
  kind: FoundKind,
  id: number,
  name: string | undefined,
): Promise<void> {
  await db.deleteFrom('name_parts').where('kind', '=', kind).where('id', '=', id).execute()
  if (name !== undefined) await insertEach('name_parts', partRows(kind, id, name))
}
