import type { Sql } from '../sql.ts'
import { addEvents, type Log } from './log.ts'
import { appointOwner, hasOwner } from './members.ts'

/**
 * Removes every guest of a room that is not open any more, in the transaction of that change (SPEC AC35): one
 * `member.removed` each, by user id. Mutes go on outside. A few statements, however many they are.
 */
export async function removeGuests(sql: Sql, log: Log): Promise<void> {
  const { db, dialect, insertEach } = sql
  const { room, at } = log
  const guests = await db
    .selectFrom('members')
    .innerJoin('users', 'users.id', 'members.user')
    .select(['user', 'role', 'muted_until'])
    .where('room', '=', room.id)
    .where('kind', '=', 'guest')
    .orderBy('user')
    .execute()
  if (guests.length === 0) return
  const ids = guests.map(({ user }) => user)
  const mutes = guests.flatMap(({ user, muted_until: until }) =>
    until !== null && until > at ? [{ room: room.id, user, until }] : [],
  )
  await insertEach('mutes', mutes)
  await db
    .deleteFrom('members')
    .where('room', '=', room.id)
    .where('user', 'in', dialect.numbers(ids))
    .execute()
  room.member_count -= guests.length
  await db.updateTable('rooms').set({ member_count: room.member_count }).where('id', '=', room.id).execute()
  await addEvents(
    sql,
    log,
    ids.map((user) => ({ type: 'member.removed', user })),
  )
  const lostOwner = guests.some(({ role }) => role === 'owner')
  if (lostOwner && !(await hasOwner(sql, log))) await appointOwner(sql, log)
}
