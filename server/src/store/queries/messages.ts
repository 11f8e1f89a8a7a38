import type { Message, MessageId, Reaction, Reactor, RoomId, Seq, UserId } from '@parlance/protocol/models'
import { type RawBuilder, sql as raw } from 'kysely'
import type { Page, Recent } from '../../ports/store.ts'
import { type Holes, prepared } from '../prepared.ts'
import type { Sql } from '../sql.ts'
import { mentionsOf, userFrom } from './user-from.ts'

function selectMessages({ db }: Sql, room: RoomId | RawBuilder<RoomId>) {
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

export async function memberOf({ db }: Sql, room: RoomId, message: MessageId): Promise<UserId | undefined> {
  const row = await db
    .selectFrom('messages')
    .innerJoin('members', (join) =>
      join.onRef('members.user', '=', 'messages.author').on('members.room', '=', room),
    )
    .select('members.user')
    .where('messages.id', '=', message)
    .where('messages.room', '=', room)
    .where('messages.deleted_at', 'is', null)
    .executeTakeFirst()
  return row?.user
}

const headOf = prepared(({ db }, { room }: Holes<{ room: RoomId }>) =>
  db.selectFrom('rooms').select('head').where('id', '=', room),
)

/** A page, oldest first, with the room's head in the same moment; `more` is in the direction of the page. */
export async function page(
  sql: Sql,
  room: RoomId,
  wanted: Page,
  limit: number,
  viewer: UserId | null,
): Promise<{ readonly messages: readonly Message[]; readonly head: Seq; readonly more: boolean }> {
  const [{ head } = { head: 0 }] = await headOf(sql, { room })
  const { rows, more } = await rowsOf(sql, room, head, wanted, limit)
  return { messages: await withReactions(sql, rows, viewer), head, more }
}

interface Rows {
  readonly rows: Row[]
  readonly more: boolean
}

async function rowsOf(sql: Sql, room: RoomId, head: Seq, wanted: Page, limit: number): Promise<Rows> {
  switch (wanted.kind) {
    case 'newest':
      return rowsUpTo(sql, room, Number.MAX_SAFE_INTEGER, limit)
    case 'before':
      return rowsUpTo(sql, room, wanted.seq - 1, limit)
    case 'after':
      return rowsAfter(sql, room, wanted.seq, limit)
    case 'around':
      return rowsAround(sql, room, wanted.seq, limit)
    case 'since': {
      const seq = await firstSince(sql, room, head, wanted.atMs)
      return seq === undefined
        ? rowsUpTo(sql, room, Number.MAX_SAFE_INTEGER, limit)
        : rowsAround(sql, room, seq, limit)
    }
  }
}

/**
 * The place of the first message sent at a time or later: halving by seq, since times rise with it, so that sending
 * pays for no index by time. In logs of older versions, where the clock was set back, it is a place next to the change.
 */
async function firstSince({ db }: Sql, room: RoomId, head: Seq, atMs: number): Promise<Seq | undefined> {
  let low = 1
  let high = head
  let first: Seq | undefined
  while (low <= high) {
    const middle = Math.floor((low + high) / 2)
    const next = await db
      .selectFrom('messages')
      .select(['seq', 'at'])
      .where('room', '=', room)
      .where('seq', '>=', middle)
      .where('seq', '<=', high)
      .orderBy('seq')
      .limit(1)
      .executeTakeFirst()
    if (next !== undefined && Date.parse(next.at) < atMs) {
      low = next.seq + 1
    } else {
      first = next?.seq ?? first
      high = middle - 1
    }
  }
  return first
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

interface Place {
  readonly room: RoomId
  readonly seq: Seq
  readonly limit: number
}

const downFrom = prepared((sql, { room, seq, limit }: Holes<Place>) =>
  selectMessages(sql, room).where('seq', '<=', seq).orderBy('seq', 'desc').limit(limit),
)

const upAfter = prepared((sql, { room, seq, limit }: Holes<Place>) =>
  selectMessages(sql, room).where('seq', '>', seq).orderBy('seq').limit(limit),
)

async function rowsUpTo(sql: Sql, room: RoomId, seq: Seq, limit: number): Promise<Rows> {
  const rows = await downFrom(sql, { room, seq, limit: limit + 1 })
  return { rows: rows.slice(0, limit).reverse(), more: rows.length > limit }
}

async function rowsAround(sql: Sql, room: RoomId, seq: Seq, limit: number): Promise<Rows> {
  const older = await rowsUpTo(sql, room, seq, Math.ceil(limit / 2))
  const newer = await rowsAfter(sql, room, seq, Math.floor(limit / 2))
  return { rows: [...older.rows, ...newer.rows], more: older.more || newer.more }
}

async function rowsAfter(sql: Sql, room: RoomId, seq: Seq, limit: number): Promise<Rows> {
  const rows = await upAfter(sql, { room, seq, limit: limit + 1 })
  return { rows: rows.slice(0, limit), more: rows.length > limit }
}

/** Undefined where the room has no such message. */
export async function reactors(
  { db }: Sql,
  room: RoomId,
  message: MessageId,
  emoji: string,
  after: Seq,
  limit: number,
): Promise<readonly Reactor[] | undefined> {
  const row = await db.selectFrom('messages').select('room').where('id', '=', message).executeTakeFirst()
  if (row?.room !== room) return undefined
  const rows = await db
    .selectFrom('reactions')
    .innerJoin('users', 'users.id', 'reactions.user')
    .select(['users.id', 'users.name', 'users.kind', 'reactions.seq'])
    .where('message', '=', message)
    .where('emoji', '=', emoji)
    .where('reactions.seq', '>', after)
    .orderBy('reactions.seq')
    .limit(limit)
    .execute()
  return rows.map(({ id, name, kind, seq }) => ({ user: { id, name, kind }, seq }))
}

async function withReactions(sql: Sql, rows: readonly Row[], viewer: UserId | null): Promise<Message[]> {
  const reactions = await reactionsOf(
    sql,
    rows.map(({ id }) => id),
    viewer,
  )
  return rows.map((row) => messageFrom(row, reactions.get(row.id) ?? []))
}

const counted = prepared(({ db, dialect }, of: Holes<{ messages: string; viewer: UserId }>) =>
  db
    .selectFrom('reactions')
    .select((eb) => [
      'message',
      'emoji',
      'since',
      eb.fn.countAll<number>().as('count'),
      eb.fn.sum<number>(eb.case().when('user', '=', of.viewer).then(1).else(0).end()).as('own'),
    ])
    .where('message', 'in', dialect.numbers(of.messages))
    .groupBy(['message', 'emoji', 'since']),
)

/** The reactions of messages, in the order of their first use: `reduce` has them so too. */
async function reactionsOf(sql: Sql, messages: readonly MessageId[], viewer: UserId | null) {
  const found = new Map<MessageId, Reaction[]>()
  if (messages.length === 0) return found
  const rows = await counted(sql, { messages: JSON.stringify(messages), viewer: viewer ?? 0 })
  rows.sort((a, b) => a.since - b.since)
  for (const { message, emoji, count, own } of rows) {
    const reaction = { emoji, count: Number(count), me: Number(own) > 0 }
    const ofMessage = found.get(message)
    if (ofMessage === undefined) found.set(message, [reaction])
    else ofMessage.push(reaction)
  }
  return found
}
