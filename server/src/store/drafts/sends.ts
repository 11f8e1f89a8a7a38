import type { MessageId, RoomId, Timestamp, UserId } from '@parlance/protocol/models'
import type { Insertable } from 'kysely'
import type { Draft } from '../../ports/store.ts'
import type { Outcome } from '../outcome.ts'
import { type Holes, prepared } from '../prepared.ts'
import type { MessageTable, Tables } from '../schema.ts'
import type { Sql } from '../sql.ts'
import { type ActorRow, actorRows } from './actor-row.ts'
import { isCurrent, lostRight, type Refused } from './lost-right.ts'
import { answerAgain, nonceKey, type Original, originalsOf } from './originals.ts'
import { nextAt, type RoomRow, roomRows } from './room-row.ts'

export type SendDraft = Extract<Draft, { type: 'message.send' }>

/** What a run of messages needs to know, looked up at once. */
interface Known {
  readonly rooms: ReadonlyMap<RoomId, RoomRow>
  readonly actors: ReadonlyMap<UserId, ActorRow>
  readonly originals: Map<string, Original>
  readonly roomsOfReplied: ReadonlyMap<MessageId, RoomId>
  /** Those whose author has lost the right to write. */
  readonly refused: ReadonlyMap<SendDraft, Refused>
}

/** What it writes in the end. */
interface Writes {
  readonly messages: Insertable<MessageTable>[]
  readonly mentions: Insertable<Tables['mentions']>[]
  /** By room: who wrote there. */
  readonly authors: Map<RoomRow, Set<UserId>>
}

/**
 * Applies messages in their order: looks up what all of them need, gives each its place, then writes all rows.
 * One outcome each; those refused take no place in the log.
 */
export async function sendAll(sql: Sql, drafts: readonly SendDraft[]): Promise<readonly Outcome[]> {
  const rooms = await roomRows(
    sql,
    drafts.map(({ room }) => room),
  )
  const known: Known = {
    rooms,
    actors: await actorRows(
      sql,
      drafts.map(({ actor }) => actor),
    ),
    originals: await originalsOf(sql, drafts),
    roomsOfReplied: await roomsOfReplied(sql, drafts),
    refused: await refusedOf(sql, drafts, rooms),
  }
  const ids = await sql.messageIds(drafts.length)
  const writes: Writes = { messages: [], mentions: [], authors: new Map() }
  const outcomes = drafts.map((draft, index) => place(draft, ids[index] ?? 0, known, writes))
  await write(sql, writes)
  return outcomes
}

/** No query for those whose standing is of now, as it nearly always is. */
async function refusedOf(
  sql: Sql,
  drafts: readonly SendDraft[],
  rooms: ReadonlyMap<RoomId, RoomRow>,
): Promise<Map<SendDraft, Refused>> {
  const refused = new Map<SendDraft, Refused>()
  for (const draft of drafts) {
    const room = rooms.get(draft.room)
    if (room === undefined || isCurrent(room, draft)) continue
    const lost = await lostRight(sql, room, draft)
    if (lost !== undefined) refused.set(draft, lost)
  }
  return refused
}

function place(draft: SendDraft, id: MessageId, known: Known, writes: Writes): Outcome {
  const key = nonceKey(draft)
  const original = key === undefined ? undefined : known.originals.get(key)
  if (original !== undefined) return answerAgain(original, draft)

  const { actor, text, replyTo } = draft
  const room = known.rooms.get(draft.room)
  if (room === undefined) return { ok: false, code: 'not_found' }
  const refused = known.refused.get(draft)
  if (refused !== undefined) return refused
  if (room.archived === 1) return { ok: false, code: 'archived' }
  const user = actor.id === null ? undefined : known.actors.get(actor.id)
  if (actor.id !== null && user === undefined) return { ok: false, code: 'session_ended' }
  if (replyTo !== null && known.roomsOfReplied.get(replyTo) !== room.id)
    return { ok: false, code: 'not_found' }

  room.head += 1
  const seq = room.head
  const at = nextAt(room, draft.at)
  room.last_at = at
  addRows(draft, id, at, room, writes)
  if (key !== undefined) {
    known.originals.set(key, { message: id, room: room.id, seq, at, replyTo, content: { text } })
  }
  const isNamed = user === undefined || (user.name === actor.name && user.kind === 'user')
  if (at !== draft.at) return isNamed ? [id, seq, null, null, at] : [id, seq, user.name, user.kind, at]
  return isNamed ? [id, seq] : [id, seq, user.name, user.kind]
}

/** The rows of a message at the room's head. */
function addRows(draft: SendDraft, id: MessageId, at: Timestamp, room: RoomRow, writes: Writes): void {
  const seq = room.head
  const { actor, mentions } = draft
  writes.messages.push({
    id,
    room: room.id,
    seq,
    at,
    author: actor.id,
    author_name: actor.id === null ? actor.name : null,
    text: draft.text,
    version: 1,
    reply_to: draft.replyTo,
    mentions: mentions.length === 0 ? null : JSON.stringify(mentions),
    answered: draft.answered ?? null,
    nonce: draft.nonce,
  })
  for (const user of new Set(mentions)) {
    if (user !== actor.id) writes.mentions.push({ room: room.id, user, seq })
  }
  const authors = writes.authors.get(room) ?? new Set()
  writes.authors.set(room, authors)
  if (actor.id !== null) authors.add(actor.id)
}

async function write(sql: Sql, { messages, mentions, authors }: Writes): Promise<void> {
  await sql.insertEach('messages', messages)
  await sql.insertEach('mentions', mentions)
  const rooms = [...authors.keys()]
  await advance(sql, rooms)
  const rows = [...authors].flatMap(([room, users]) => [...users].map((user) => ({ room: room.id, user })))
  await sql.insertEach('participants', rows, 'skip')
}

/** Characters of a time as it is written: RFC 3339, UTC, milliseconds. */
const atLength = 24

const advanceHeads = prepared(({ db, dialect }, { ends }: Holes<{ ends: string }>) =>
  db
    .updateTable('rooms')
    .from(dialect.pairs(ends).as('pairs'))
    .set((eb) => ({
      head: eb.cast<number>(eb.fn('substr', ['pairs.text', eb.lit(atLength + 1)]), 'bigint'),
      last_at: eb.fn<string>('substr', ['pairs.text', eb.lit(1), eb.lit(atLength)]),
    }))
    .whereRef('rooms.id', '=', 'pairs.number'),
)

/** Writes where the logs of these rooms end and when, all in one statement: a commit may touch hundreds. */
async function advance(sql: Sql, rooms: readonly RoomRow[]): Promise<void> {
  await advanceHeads(sql, {
    ends: JSON.stringify(rooms.map(({ id, head, last_at }) => [id, last_at + head])),
  })
}

const roomsOfMessages = prepared(({ db, dialect }, { ids }: Holes<{ ids: string }>) =>
  db.selectFrom('messages').select(['id', 'room']).where('id', 'in', dialect.numbers(ids)),
)

/** The rooms of the messages that are replied to. */
async function roomsOfReplied(sql: Sql, drafts: readonly SendDraft[]): Promise<Map<MessageId, RoomId>> {
  const ids = drafts.flatMap(({ replyTo }) => (replyTo === null ? [] : [replyTo]))
  if (ids.length === 0) return new Map()
  const rows = await roomsOfMessages(sql, { ids: JSON.stringify(ids) })
  return new Map(rows.map(({ id, room }) => [id, room]))
}
