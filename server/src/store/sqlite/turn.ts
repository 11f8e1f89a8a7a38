import { appendAll } from '../drafts/append.ts'
import { isWrite, type OperationCall, perform } from '../operations.ts'
import { type Packed, unpack } from '../packed.ts'
import { type Sql, TransactionLost } from '../sql.ts'
import type { OpenSqlite } from './open.ts'

/** What the main thread asks. Drafts come and outcomes go as JSON, the cheapest way between threads. */
export type Call =
  | OperationCall
  | { readonly id: number; readonly name: 'append'; readonly args: readonly [drafts: string] }

export type Answer =
  | { readonly id: number; readonly value: unknown }
  /** This call alone failed, and did nothing. */
  | { readonly id: number; readonly error: string }

export interface Turn {
  readonly answers: readonly Answer[]
  /** Why the writes of this turn are lost: they have no answers, and no write may be acked any more (SPEC ST8). */
  readonly lost?: string
}

/** The database as a turn needs it. */
export interface Open {
  readonly database: Pick<OpenSqlite['database'], 'exec' | 'isTransaction'>
  readonly sql: Sql
}

/**
 * Runs all calls that have arrived: the reads, then all writes in one transaction with one fsync. The answers are
 * given after COMMIT returned (SPEC ST2). Calls never interleave: SQLite answers within the call, and one turn ends
 * before the next begins.
 */
export async function runTurn(open: Open, calls: readonly Call[]): Promise<Turn> {
  const answers: Answer[] = []
  for (const call of calls)
    if (!writes(call)) answers.push(await answerOf(call.id, () => read(open.sql, call)))
  const writing = calls.filter(writes)
  if (writing.length === 0) return { answers }
  try {
    const written = await transact(open, writing)
    return { answers: [...answers, ...written] }
  } catch (error) {
    return { answers, lost: String(error) }
  }
}

function writes(call: Call): boolean {
  return call.name === 'append' || isWrite(call.name)
}

async function transact({ database, sql }: Open, calls: readonly Call[]): Promise<Answer[]> {
  database.exec('begin immediate')
  try {
    const answers: Answer[] = []
    for (const call of calls) answers.push(await answerOf(call.id, () => write(sql, call)))
    database.exec('commit')
    return answers
  } catch (error) {
    if (database.isTransaction) database.exec('rollback')
    throw error
  }
}

async function read(sql: Sql, call: Call): Promise<unknown> {
  return call.name === 'append' ? undefined : perform(sql, call)
}

async function write(sql: Sql, call: Call): Promise<unknown> {
  if (call.name !== 'append') return sql.savepoint(() => perform(sql, call))
  const drafts: readonly Packed[] = JSON.parse(call.args[0])
  return JSON.stringify(await appendAll(sql, drafts.map(unpack)))
}

async function answerOf(id: number, work: () => Promise<unknown>): Promise<Answer> {
  try {
    return { id, value: await work() }
  } catch (error) {
    if (error instanceof TransactionLost) throw error
    return { id, error: String(error) }
  }
}
