import type { Message, MessageId, Reaction, RoomId, Seq, UserId } from '@parlance/protocol/models'
import { sql as raw } from 'kysely'
import type { Page, Recent } from '../../ports/store.ts'
import type { Sql } from '../sql.ts'
import { mentionsOf, userFrom } from './user-from.ts'

function selectMessages({ db }: Sql, room: RoomId) {
  return db
    .selectFrom('messages')
    .leftJoin('users', 'users.id', 'messages.author')
    .select(['messages.id', 'room', 'seq', 'at', 'author', 'author_name', 'text', 'version', 'edited_at'])
    .select(['messages.deleted_at', 'reply_to', 'mentions', 'nonce', 'users.name as user_name'])
    .select('users.kind as user_kind')
    .where('room', '=', room)
}

type Row = Awaited<ReturnType<ReturnType<typeof selectMessages>['execute']>>[number]

function messageFrom(row: Row, reactions: Reaction[]): Message {
  return {
    id: row.id,
    room: row.room,
    seq: row.seq,
    at: row.at,
    author: userFrom(row.author, row.user_name ?? row.author_name, row.user_kind),
    text: row.text,
    version: row.version,
    editedAt: row.edited_at,
    deletedAt: row.deleted_at,
    replyTo: row.reply_to,
    mentions: mentionsOf(row.mentions),
    reactions,
    nonce: row.nonce,
  }
}

export async function get(
  sql: Sql,
  room: RoomId,
  message: MessageId,
  viewer: UserId | null,
): Promise<Message | undefined> {
  const rows = await selectMessages(sql, room).where('messages.id', '=', message).execute()
  return (await withReactions(sql, rows, viewer))[0]
}

/** A page, oldest first, with the room's head in the same moment; `more` is in the direction of the page. */
export async function page(
  sql: Sql,
  room: RoomId,
  wanted: Page,
  limit: number,
  viewer: UserId | null,
): Promise<{ readonly messages: readonly Message[]; readonly head: Seq; readonly more: boolean }> {
  const found = await sql.db.selectFrom('rooms').select('head').where('id', '=', room).executeTakeFirst()
  const head = found?.head ?? 0
  const { rows, more } = await rowsOf(sql, room, wanted, limit)
  return { messages: await withReactions(sql, rows, viewer), head, more }
}

interface Rows {
  readonly rows: Row[]
  readonly more: boolean
}

async function rowsOf(sql: Sql, room: RoomId, wanted: Page, limit: number): Promise<Rows> {
  switch (wanted.kind) {
    case 'newest':
      return rowsUpTo(sql, room, Number.MAX_SAFE_INTEGER, limit)
    case 'before':
      return rowsUpTo(sql, room, wanted.seq - 1, limit)
    case 'after':
      return rowsAfter(sql, room, wanted.seq, limit)
    case 'around': {
      const older = await rowsUpTo(sql, room, wanted.seq, Math.ceil(limit / 2))
      const newer = await rowsAfter(sql, room, wanted.seq, Math.floor(limit / 2))
      return { rows: [...older.rows, ...newer.rows], more: older.more || newer.more }
    }
  }
}

export async function recent(
  sql: Sql,
  room: RoomId,
  { limit, skip = 0, before }: Recent,
): Promise<readonly Message[]> {
  const rows = await selectMessages(sql, room)
    .where('messages.deleted_at', 'is', null)
    .$if(before !== undefined, (query) =>
      query.where('seq', '<', seqOf(sql, room, before ?? 0)).where('messages.id', '<', before ?? 0),
    )
    .orderBy('seq', 'desc')
    .limit(limit)
    .offset(skip)
    .execute()
  return rows.reverse().map((row) => messageFrom(row, []))
}

/** The place of a message of the room, past its end where it is none of it. */
function seqOf({ db }: Sql, room: RoomId, message: MessageId) {
  const place = db.selectFrom('messages').select('seq').where('id', '=', message).where('room', '=', room)
  return raw<Seq>`coalesce(${place}, ${raw.lit(Number.MAX_SAFE_INTEGER)})`
}

async function rowsUpTo(sql: Sql, room: RoomId, seq: Seq, limit: number): Promise<Rows> {
  const query = selectMessages(sql, room).where('seq', '<=', seq).orderBy('seq', 'desc')
  const rows = await query.limit(limit + 1).execute()
  return { rows: rows.slice(0, limit).reverse(), more: rows.length > limit }
}

async function rowsAfter(sql: Sql, room: RoomId, seq: Seq, limit: number): Promise<Rows> {
  const query = selectMessages(sql, room).where('seq', '>', seq).orderBy('seq')
  const rows = await query.limit(limit + 1).execute()
  return { rows: rows.slice(0, limit), more: rows.length > limit }
}

async function withReactions(sql: Sql, rows: readonly Row[], viewer: UserId | null): Promise<Message[]> {
  const reactions = await reactionsOf(
    sql,
    rows.map(({ id }) => id),
    viewer,
  )
  return rows.map((row) => messageFrom(row, reactions.get(row.id) ?? []))
}

/** The reactions of messages, in the order of their emoji as strings compare: `reduce` has them so too. */
async function reactionsOf({ db, dialect }: Sql, messages: readonly MessageId[], viewer: UserId | null) {
  const found = new Map<MessageId, Reaction[]>()
  if (messages.length === 0) return found
  const rows = await db
    .selectFrom('reactions')
    .select((eb) => [
      'message',
      'emoji',
      eb.fn.countAll<number>().as('count'),
      eb.fn
        .sum<number>(
          eb
            .case()
            .when('user', '=', viewer ?? 0)
            .then(1)
            .else(0)
            .end(),
        )
        .as('own'),
    ])
    .where('message', 'in', dialect.numbers(messages))
    .groupBy(['message', 'emoji'])
    .execute()
  for (const { message, emoji, count, own } of rows) {
    const reaction = { emoji, count: Number(count), me: Number(own) > 0 }
    const ofMessage = found.get(message)
    if (ofMessage === undefined) found.set(message, [reaction])
    else ofMessage.push(reaction)
  }
  for (const ofMessage of found.values()) ofMessage.sort((a, b) => (a.emoji < b.emoji ? -1 : 1))
  return found
}
