import type { Event, EventType } from '@parlance/protocol/events'
import type { RoomId, Seq, User } from '@parlance/protocol/models'
import { type Holes, prepared } from '../prepared.ts'
import type { Sql } from '../sql.ts'
import { mentionsOf, userFrom } from './user-from.ts'

interface After {
  readonly room: RoomId
  readonly seq: Seq
  readonly limit: number
}

/** The log of a room after a seq, in order (SPEC ST1): its messages' `message.created` and all other events. */
export async function eventsAfter(
  sql: Sql,
  room: RoomId,
  seq: Seq,
  limit: number,
): Promise<readonly Event[]> {
  const created = await createdAfter(sql, { room, seq, limit })
  const others = await othersAfter(sql, { room, seq, limit })
  return [...created, ...others].sort((a, b) => a.seq - b.seq).slice(0, limit)
}

const createdRows = prepared(({ db }, { room, seq, limit }: Holes<After>) =>
  db
    .selectFrom('messages')
    .leftJoin('users', 'users.id', 'messages.author')
    .select([
      'messages.id',
      'seq',
      'at',
      'author',
      'author_name',
      'text',
      'mentions',
      'first_text',
      'first_mentions',
    ])
    .select(['reply_to', 'nonce', 'users.name as user_name', 'users.kind as user_kind'])
    .where('room', '=', room)
    .where('seq', '>', seq)
    .orderBy('seq')
    .limit(limit),
)

/** A deleted message stays in the log without its text; an edited one as it was first sent. */
async function createdAfter(sql: Sql, after: After): Promise<Event[]> {
  const rows = await createdRows(sql, after)
  return rows.map((row) => ({
    type: 'message.created',
    room: after.room,
    seq: row.seq,
    at: row.at,
    actor: userFrom(row.author, row.user_name ?? row.author_name, row.user_kind),
    message: row.id,
    text: row.first_text ?? row.text,
    replyTo: row.reply_to,
    mentions: mentionsOf(row.first_text === null ? row.mentions : row.first_mentions),
    nonce: row.nonce,
  }))
}

const otherRows = prepared(({ db }, { room, seq, limit }: Holes<After>) =>
  db
    .selectFrom('events')
    .leftJoin('users as actors', 'actors.id', 'events.actor')
    .leftJoin('users as subjects', 'subjects.id', 'events.subject')
    .select(['seq', 'type', 'at', 'actor', 'actor_name', 'subject', 'message', 'data'])
    .select(['actors.name as user_name', 'actors.kind as user_kind'])
    .select(['subjects.name as subject_name', 'subjects.kind as subject_kind'])
    .where('room', '=', room)
    .where('seq', '>', seq)
    .orderBy('seq')
    .limit(limit),
)

async function othersAfter(sql: Sql, after: After): Promise<Event[]> {
  const rows = await otherRows(sql, after)
  return rows.map((row) => {
    const { type, at, message, subject } = row
    const actor = userFrom(row.actor, row.user_name ?? row.actor_name, row.user_kind)
    const user = subject === null ? undefined : userFrom(subject, row.subject_name, row.subject_kind)
    return compose({ type, room: after.room, seq: row.seq, at, actor }, user, message, row.data)
  })
}

interface Head {
  readonly type: EventType
  readonly room: RoomId
  readonly seq: Seq
  readonly at: string
  readonly actor: User
}

/** Puts together what `addEvent` took apart: its types hold that the fields are those of the event's type. */
function compose(head: Head, user: User | undefined, message: number | null, data: string): Event {
  const fields: object = JSON.parse(data)
  return { ...head, ...(user && { user }), ...(message !== null && { message }), ...fields } as Event
}
