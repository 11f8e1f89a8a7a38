import type { MessageId, RoomId, Seq, Timestamp } from '@parlance/protocol/models'
import type { Selectable } from 'kysely'
import type { Appended } from '../../ports/store.ts'
import { type Holes, prepared } from '../prepared.ts'
import type { MessageTable } from '../schema.ts'
import type { Sql } from '../sql.ts'
import { contentHash } from './content-hash.ts'
import type { SendDraft } from './sends.ts'

/** A message that was sent with a nonce: what is answered and compared when the nonce comes again. */
export interface Original {
  readonly message: MessageId
  readonly room: RoomId
  readonly seq: Seq
  readonly at: Timestamp
  readonly replyTo: MessageId | null
  /** As first sent; the hash once it is deleted. */
  readonly content: { readonly text: string } | { readonly hash: string | null }
}

/** Where a draft stands among the nonces; undefined where it has none that counts. */
export function nonceKey({ actor, nonce }: SendDraft): string | undefined {
  return nonce === null || actor.id === null ? undefined : `${actor.id} ${nonce}`
}

const sentBefore = prepared(({ db, dialect }, { pairs }: Holes<{ pairs: string }>) =>
  db
    .selectFrom(dialect.pairs(pairs).as('pairs'))
    .innerJoin('messages', (join) =>
      join.onRef('messages.author', '=', 'pairs.number').onRef('messages.nonce', '=', 'pairs.text'),
    )
    .select(['id', 'room', 'seq', 'at', 'author', 'nonce', 'reply_to', 'messages.text', 'first_text'])
    .select(['deleted_at', 'content_hash']),
)

/** The messages that were sent before with the nonces of these drafts, by `nonceKey`. */
export async function originalsOf(sql: Sql, drafts: readonly SendDraft[]): Promise<Map<string, Original>> {
  const pairs: [number, string][] = []
  for (const { actor, nonce } of drafts)
    if (actor.id !== null && nonce !== null) pairs.push([actor.id, nonce])
  if (pairs.length === 0) return new Map()
  const rows = await sentBefore(sql, { pairs: JSON.stringify(pairs) })
  return new Map(rows.map((row) => [`${row.author} ${row.nonce}`, originalOf(row)]))
}

type Row = Pick<
  Selectable<MessageTable>,
  'id' | 'room' | 'seq' | 'at' | 'reply_to' | 'text' | 'first_text' | 'deleted_at' | 'content_hash'
>

function originalOf(row: Row): Original {
  return {
    message: row.id,
    room: row.room,
    seq: row.seq,
    at: row.at,
    replyTo: row.reply_to,
    content: row.deleted_at === null ? { text: row.first_text ?? row.text } : { hash: row.content_hash },
  }
}

/** The same answer as the first time, or `conflict` where the content is another (SPEC ST3). */
export function answerAgain(original: Original, draft: SendDraft): Appended {
  const { room, replyTo, text, nonce } = draft
  const { content } = original
  const same =
    original.room === room &&
    original.replyTo === replyTo &&
    ('text' in content
      ? content.text === text
      : content.hash === contentHash(nonce ?? '', room, text, replyTo))
  if (!same) return { ok: false, code: 'conflict' }
  return {
    ok: true,
    room,
    message: original.message,
    seq: original.seq,
    at: original.at,
    events: [],
    duplicate: true,
  }
}
