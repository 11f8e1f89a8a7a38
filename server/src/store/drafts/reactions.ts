import { protocolLimits } from '@parlance/protocol/limits'
import type { MessageId } from '@parlance/protocol/models'
import type { Sql } from '../sql.ts'
import type { Refusal } from './change.ts'
import { addEvent, type Log } from './log.ts'
import { messageRow } from './messages.ts'

export async function addReaction(sql: Sql, log: Log, message: MessageId, emoji: string): Promise<Refusal> {
  const user = log.actor.id
  if (user === null) return 'forbidden'
  const row = await messageRow(sql, log, message)
  if (row === undefined || row.deleted_at !== null) return 'not_found'
  const kinds = await sql.db
    .selectFrom('reactions')
    .select(['emoji', 'since'])
    .distinct()
    .where('message', '=', message)
    .execute()
  const known = kinds.find((kind) => kind.emoji === emoji)
  if (known === undefined && kinds.length >= protocolLimits.reactionKinds) return 'limit_reached'
  if (known !== undefined && (await hasReacted(sql, message, emoji, user))) return undefined
  const seq = await addEvent(sql, log, { type: 'reaction.added', message, emoji })
  await sql.insertEach('reactions', [{ message, user, emoji, seq, since: known?.since ?? seq }])
  return undefined
}

export async function removeReaction(
  sql: Sql,
  log: Log,
  message: MessageId,
  emoji: string,
): Promise<Refusal> {
  const user = log.actor.id
  if (user === null) return 'forbidden'
  if ((await messageRow(sql, log, message)) === undefined) return 'not_found'
  if (!(await hasReacted(sql, message, emoji, user))) return undefined
  await sql.db
    .deleteFrom('reactions')
    .where('message', '=', message)
    .where('emoji', '=', emoji)
    .where('user', '=', user)
    .execute()
  await addEvent(sql, log, { type: 'reaction.removed', message, emoji })
  return undefined
}

async function hasReacted({ db }: Sql, message: MessageId, emoji: string, user: number): Promise<boolean> {
  const row = await db
    .selectFrom('reactions')
    .select('seq')
    .where('message', '=', message)
    .where('emoji', '=', emoji)
    .where('user', '=', user)
    .executeTakeFirst()
  return row !== undefined
}
