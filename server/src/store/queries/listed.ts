import type { Visibility } from '@parlance/protocol/models'
import { type Kysely, sql } from 'kysely'
import type { Tables } from '../schema.ts'

/** Whether rooms of this visibility are in the list of rooms. */
export function isListed(visibility: Visibility): boolean {
  return visibility === 'open' || visibility === 'public'
}

/** What is asked of rooms of the list. Written out as in the indexes `rooms_listed` and `rooms_name`, so that they serve. */
export const inTheList = sql<boolean>`visibility in ('open', 'public') and archived = 0`

/** The rooms of the list. */
export function listedRooms(db: Kysely<Tables>) {
  return db.selectFrom('rooms').where(inTheList)
}
