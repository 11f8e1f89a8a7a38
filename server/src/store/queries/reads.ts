import type { RoomId, Seq, UserId } from '@parlance/protocol/models'
import type { ReadState } from '../../ports/store.ts'
import type { Sql } from '../sql.ts'
import { mentionsAfter, unreadAfter } from './unread.ts'

/** Moves the read marker forward, never back and never past the head; who is no member has none. */
export async function mark(
  { db }: Sql,
  user: UserId,
  room: RoomId,
  seq: Seq,
): Promise<(ReadState & { readonly moved: boolean }) | undefined> {
  const before = await db
    .selectFrom('members')
    .innerJoin('rooms', 'rooms.id', 'members.room')
    .select(['read', 'head'])
    .where('room', '=', room)
    .where('user', '=', user)
    .executeTakeFirst()
  if (before === undefined) return undefined
  const read = Math.max(before.read, Math.min(seq, before.head))
  const moved = read > before.read
  if (moved) {
    await db.updateTable('members').set({ read }).where('room', '=', room).where('user', '=', user).execute()
  }
  const counts = await db
    .selectFrom('members')
    .select((eb) => [unreadAfter(eb, user).as('unread'), mentionsAfter(eb, user).as('mentions')])
    .where('room', '=', room)
    .where('user', '=', user)
    .executeTakeFirstOrThrow()
  return { read, unread: counts.unread ?? 0, mentions: counts.mentions ?? 0, moved }
}
