import type { Ban, RoomId, UserId } from '@parlance/protocol/models'
import type { Sql } from '../sql.ts'
import { userFrom } from './user-from.ts'

/** Rooms that the user is kept out of. */
export async function bannedFrom({ db }: Sql, user: UserId): Promise<readonly RoomId[]> {
  const rows = await db.selectFrom('bans').select('room').where('user', '=', user).execute()
  return rows.map(({ room }) => room)
}

/** Who is kept out of a room, by id. */
export async function bans(
  { db }: Sql,
  room: RoomId,
  after: UserId,
  limit: number,
): Promise<readonly (Ban & { readonly user: { readonly id: UserId } })[]> {
  const rows = await db
    .selectFrom('bans')
    .innerJoin('users', 'users.id', 'bans.user')
    .leftJoin('users as makers', 'makers.id', 'bans.by')
    .select(['bans.user', 'users.name', 'users.kind', 'at', 'by'])
    .select(['makers.name as maker_name', 'makers.kind as maker_kind'])
    .where('room', '=', room)
    .where('user', '>', after)
    .orderBy('user')
    .limit(limit)
    .execute()
  return rows.map(({ user, name, kind, at, by, maker_name, maker_kind }) => ({
    user: { id: user, name, kind },
    at,
    by: userFrom(by, maker_name, maker_kind),
  }))
}
