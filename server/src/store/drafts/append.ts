import type { Draft } from '../../ports/store.ts'
import type { Outcome } from '../outcome.ts'
import { type Sql, TransactionLost } from '../sql.ts'
import { applyChange } from './change.ts'
import { type SendDraft, sendAll } from './sends.ts'

/**
 * Applies drafts in their order inside the caller's transaction; one outcome each. Consecutive messages go together.
 * A draft whose statements fail is undone alone (SPEC ST8).
 */
export async function appendAll(sql: Sql, drafts: readonly Draft[]): Promise<Outcome[]> {
  const outcomes: Outcome[] = []
  let next = 0
  while (next < drafts.length) {
    const sends = sendsFrom(drafts, next)
    if (sends.length > 0) {
      outcomes.push(...(await attemptSends(sql, sends)))
      next += sends.length
    }
    const draft = drafts[next]
    if (draft === undefined || draft.type === 'message.send') continue
    outcomes.push(await attempt(sql, () => applyChange(sql, draft)))
    next += 1
  }
  return outcomes
}

function sendsFrom(drafts: readonly Draft[], start: number): SendDraft[] {
  const sends: SendDraft[] = []
  for (let index = start; index < drafts.length; index += 1) {
    const draft = drafts[index]
    if (draft?.type !== 'message.send') break
    sends.push(draft)
  }
  return sends
}

async function attemptSends(sql: Sql, sends: readonly SendDraft[]): Promise<readonly Outcome[]> {
  try {
    return await sql.savepoint(() => sendAll(sql, sends))
  } catch (error) {
    if (error instanceof TransactionLost) throw error
    // One of them is at fault: each on its own, so that only that one fails.
    const outcomes: Outcome[] = []
    for (const send of sends) {
      outcomes.push(await attempt(sql, async () => (await sendAll(sql, [send]))[0] ?? nothing))
    }
    return outcomes
  }
}

const nothing: Outcome = { error: 'The draft was not applied.' }

async function attempt(sql: Sql, work: () => Promise<Outcome>): Promise<Outcome> {
  try {
    return await sql.savepoint(work)
  } catch (error) {
    if (error instanceof TransactionLost) throw error
    return { error: String(error) }
  }
}
