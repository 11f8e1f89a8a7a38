import { type Kysely, sql } from 'kysely'
import type { Tables } from '../schema.ts'

/**
 * Removes the guests that are members of rooms which are not open (SPEC AC37). Older versions removed them one by one
 * after the change that closed the room, and some stayed when the server was stopped in between. The log gets what it
 * would have: `member.removed` of each, by whoever changed the room last.
 */
export async function guestsShutOut(db: Kysely<Tables>): Promise<void> {
  const at = new Date().toISOString()
  const stayed = await db
    .selectFrom('users')
    .innerJoin('members', 'members.user', 'users.id')
    .innerJoin('rooms', 'rooms.id', 'members.room')
    .select(['rooms.id as room', 'users.id as user', 'muted_until'])
    .where('users.kind', '=', 'guest')
    .where('visibility', '!=', 'open')
    .orderBy('rooms.id')
    .orderBy('users.id')
    .execute()
  for (const [room, guests] of Map.groupBy(stayed, (one) => one.room)) await shutOut(db, room, guests, at)
}

async function shutOut(
  db: Kysely<Tables>,
  room: number,
  guests: readonly { readonly user: number; readonly muted_until: string | null }[],
  at: string,
): Promise<void> {
  const { head } = await db
    .selectFrom('rooms')
    .select('head')
    .where('id', '=', room)
    .executeTakeFirstOrThrow()
  const by = await db
    .selectFrom('events')
    .select(['actor', 'actor_name'])
    .where('room', '=', room)
    .where('type', 'in', ['room.created', 'room.updated'])
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow()
  const event = { room, at, ...by, message: null }
  for (const [index, { user, muted_until: until }] of guests.entries()) {
    await db.deleteFrom('members').where('room', '=', room).where('user', '=', user).execute()
    if (until !== null && until > at) await db.insertInto('mutes').values({ room, user, until }).execute()
    const seq = head + 1 + index
    await db
      .insertInto('events')
      .values({ ...event, seq, type: 'member.removed', subject: user, data: '{}' })
      .execute()
  }
  const last = await appointOwner(db, room, { ...event, seq: head + guests.length + 1 })
  await db
    .updateTable('rooms')
    .set({
      head: last,
      rights_seq: last,
      member_count: sql<number>`(select count(*) from members where room = ${room})`,
    })
    .where('id', '=', room)
    .execute()
}

/** Where a guest was its last owner, whoever has been there longest becomes one. Gives the seq of the last event. */
async function appointOwner(
  db: Kysely<Tables>,
  room: number,
  event: {
    readonly room: number
    readonly seq: number
    readonly at: string
    readonly actor: number | null
    readonly actor_name: string | null
    readonly message: null
  },
): Promise<number> {
  const members = await db
    .selectFrom('members')
    .select(['user', 'role', 'muted_until'])
    .where('room', '=', room)
    .orderBy('joined_at')
    .orderBy('user')
    .execute()
  const heir = members.find(({ role }) => role === 'moderator') ?? members[0]
  if (heir === undefined || members.some(({ role }) => role === 'owner')) return event.seq - 1
  const { user, muted_until: mutedUntil } = heir
  await db
    .updateTable('members')
    .set({ role: 'owner' })
    .where('room', '=', room)
    .where('user', '=', user)
    .execute()
  const data = JSON.stringify({ role: 'owner', mutedUntil })
  await db
    .insertInto('events')
    .values({ ...event, type: 'member.updated', subject: user, data })
    .execute()
  return event.seq
}
