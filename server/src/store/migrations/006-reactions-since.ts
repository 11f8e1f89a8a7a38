import type { MessageId, RoomId, Seq } from '@parlance/protocol/models'
import { type Kysely, sql } from 'kysely'
import type { Tables } from '../schema.ts'
import type { Dialect } from '../sql.ts'

/** Events that are read at once. */
const pageSize = 5_000

/** An emoji of a message: how many stand, and since when there was one all the time. */
interface Run {
  count: number
  since: Seq
}

type Runs = Map<MessageId, Map<string, Run>>

/** Reactions stand in the order of their first use; for those that are there already the log knows it. */
export async function reactionsSince(db: Kysely<Tables>, dialect: Dialect): Promise<void> {
  await db.schema
    .alterTable('reactions')
    .addColumn('since', dialect.idType, (c) => c.notNull().defaultTo(0))
    .execute()
  await sql`create index reactions_place on reactions (message, emoji, seq)`.execute(db)
  const messages = await db.selectFrom('reactions').select('message').distinct().execute()
  const runs: Runs = new Map(messages.map(({ message }) => [message, new Map()]))
  if (runs.size > 0) await replay(db, runs)
  for (const [message, ofMessage] of runs) {
    for (const [emoji, { since }] of ofMessage) {
      await db
        .updateTable('reactions')
        .set({ since })
        .where('message', '=', message)
        .where('emoji', '=', emoji)
        .execute()
    }
  }
}

async function replay(db: Kysely<Tables>, runs: Runs): Promise<void> {
  for (let last = { room: 0 as RoomId, seq: 0 as Seq }; ; ) {
    const { room, seq } = last
    const events = await db
      .selectFrom('events')
      .select(['room', 'seq', 'type', 'message', 'data'])
      .where(({ eb, or, and }) =>
        or([eb('room', '>', room), and([eb('room', '=', room), eb('seq', '>', seq)])]),
      )
      .where('type', 'in', ['reaction.added', 'reaction.removed'])
      .orderBy('room')
      .orderBy('seq')
      .limit(pageSize)
      .execute()
    for (const { message, data, type, seq: at } of events) {
      const ofMessage = runs.get(message ?? 0)
      if (ofMessage === undefined) continue
      const { emoji }: { emoji: string } = JSON.parse(data)
      const run = ofMessage.get(emoji)
      if (type === 'reaction.added') {
        if (run === undefined || run.count === 0) ofMessage.set(emoji, { count: 1, since: at })
        else run.count += 1
      } else if (run !== undefined) run.count -= 1
    }
    const end = events.at(-1)
    if (end === undefined || events.length < pageSize) return
    last = end
  }
}
