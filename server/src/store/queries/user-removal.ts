import type { Event } from '@parlance/protocol/events'
import type { RoomId, Timestamp, UserId } from '@parlance/protocol/models'
import { addEvent, type Log } from '../drafts/log.ts'
import { appointOwner, dropMember, memberRow } from '../drafts/members.ts'
import { setNameParts } from '../drafts/name-parts.ts'
import { nextAt, roomRows } from '../drafts/room-row.ts'
import type { Sql } from '../sql.ts'
import { eventsAfter } from './events.ts'
import { endAll } from './sessions.ts'
import { deletedName } from './user-from.ts'

/**
 * Makes the account a tombstone: sessions, memberships, bans and links end, name and e-mail are free, its rooms have no
 * creator, and each room whose log names it hears `user.deleted`. Gives those events; none if it was gone already.
 */
export async function remove(sql: Sql, user: UserId, at: Timestamp): Promise<readonly Event[]> {
  const { db } = sql
  const tombstone = {
    name: deletedName,
    kind: 'deleted',
    email: null,
    password_hash: null,
    deleted_at: at,
    name_key: null,
    seen_at: null,
  } as const
  const made = await db
    .updateTable('users')
    .set(tombstone)
    .where('id', '=', user)
    .where('kind', '!=', 'deleted')
    .returning('id')
    .executeTakeFirst()
  if (made === undefined) return []
  await db.deleteFrom('logins').where('user', '=', user).execute()
  await endAll(sql, user, null)
  await setNameParts(sql, 'user', user, undefined)
  await db.updateTable('rooms').set({ creator: null }).where('creator', '=', user).execute()
  await db.deleteFrom('bans').where('user', '=', user).execute()
  await db.deleteFrom('invites').where('user', '=', user).execute()
  const places = await db
    .selectFrom('participants')
    .select('room')
    .where('user', '=', user)
    .orderBy('room')
    .execute()
  const events: Event[] = []
  for (const { room } of places) events.push(...(await leaveLog(sql, room, user, at)))
  return events
}

async function leaveLog(sql: Sql, id: RoomId, user: UserId, at: Timestamp): Promise<readonly Event[]> {
  const room = (await roomRows(sql, [id])).get(id)
  if (room === undefined) return []
  const before = room.head
  const log: Log = { room, actor: { id: user, name: deletedName }, at: nextAt(room, at) }
  const member = await memberRow(sql, log, user)
  if (member !== undefined) await dropMember(sql, log, user)
  await addEvent(sql, log, { type: 'user.deleted', user })
  if (member?.role === 'owner' && room.visibility !== 'direct') await appointOwner(sql, log)
  return eventsAfter(sql, id, before, room.head - before)
}
