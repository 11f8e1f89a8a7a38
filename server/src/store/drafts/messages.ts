import type { MessageId, UserId } from '@parlance/protocol/models'
import { sql as raw, type Selectable } from 'kysely'
import type { Draft } from '../../ports/store.ts'
import type { MessageTable } from '../schema.ts'
import type { Sql } from '../sql.ts'
import type { Refusal } from './change.ts'
import { contentHash } from './content-hash.ts'
import { addEvent, type Log } from './log.ts'

type MessageRow = Selectable<MessageTable>

/** The message, where this room has it; deleted ones too. */
export async function messageRow({ db }: Sql, { room }: Log, id: MessageId): Promise<MessageRow | undefined> {
  const row = await db.selectFrom('messages').selectAll().where('id', '=', id).executeTakeFirst()
  return row?.room === room.id ? row : undefined
}

export async function editMessage(
  sql: Sql,
  log: Log,
  draft: Extract<Draft, { type: 'message.edit' }>,
): Promise<Refusal> {
  const { text } = draft
  const row = await messageRow(sql, log, draft.message)
  if (row === undefined || row.deleted_at !== null) return 'not_found'
  if (row.text === text) return undefined
  const version = row.version + 1
  const mentions = [...new Set([...draft.mentions, ...(row.answered === null ? [] : [row.answered])])]
  await sql.db
    .updateTable('messages')
    .set({
      text,
      mentions: mentions.length === 0 ? null : JSON.stringify(mentions),
      version,
      edited_at: log.at,
      ...(row.first_text === null && { first_text: row.text, first_mentions: row.mentions }),
    })
    .where('id', '=', row.id)
    .execute()
  await setMentions(sql, row, mentions)
  await addEvent(sql, log, { type: 'message.edited', message: row.id, version, text, mentions })
  return undefined
}

/** Makes a tombstone: nothing of its texts stays, neither in the message nor in the log (SPEC ST6). */
export async function deleteMessage(sql: Sql, log: Log, id: MessageId): Promise<Refusal> {
  const { db } = sql
  const row = await messageRow(sql, log, id)
  if (row === undefined) return 'not_found'
  if (row.deleted_at !== null) return undefined
  const { nonce, room, reply_to } = row
  const version = row.version + 1
  await db
    .updateTable('messages')
    .set({
      text: '',
      mentions: null,
      answered: null,
      first_text: null,
      first_mentions: null,
      version,
      deleted_at: log.at,
      content_hash: nonce === null ? null : contentHash(nonce, room, row.first_text ?? row.text, reply_to),
    })
    .where('id', '=', id)
    .execute()
  if (row.edited_at !== null) await scrubEdits(sql, id)
  await setMentions(sql, row, [])
  await db.deleteFrom('reactions').where('message', '=', id).execute()
  await addEvent(sql, log, { type: 'message.deleted', message: id, version })
  return undefined
}

/** Takes the texts out of the log's edits of a message; which versions there were stays. */
async function scrubEdits({ db }: Sql, id: MessageId): Promise<void> {
  const edits = await db
    .selectFrom('events')
    .select(['room', 'seq', 'data'])
    .where('message', '=', id)
    .where('type', '=', raw.lit<'message.edited'>('message.edited'))
    .execute()
  for (const { room, seq, data } of edits) {
    const { version }: { version: number } = JSON.parse(data)
    const scrubbed = JSON.stringify({ version, text: '', mentions: [] })
    await db
      .updateTable('events')
      .set({ data: scrubbed })
      .where('room', '=', room)
      .where('seq', '=', seq)
      .execute()
  }
}

/** Who is mentioned at the message's place, for counting; never its author. */
async function setMentions(
  { db, insertEach }: Sql,
  row: MessageRow,
  users: readonly UserId[],
): Promise<void> {
  const { room, seq, author } = row
  if (row.mentions !== null) {
    await db.deleteFrom('mentions').where('room', '=', room).where('seq', '=', seq).execute()
  }
  const mentioned = [...new Set(users)].filter((user) => user !== author)
  await insertEach(
    'mentions',
    mentioned.map((user) => ({ room, user, seq })),
  )
}
