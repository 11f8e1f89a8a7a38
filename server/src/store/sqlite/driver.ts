import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite'
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely'

interface Prepared {
  readonly statement: StatementSync
  readonly gives: boolean
}

/** More texts than this code has; beyond it the oldest is prepared anew. */
const maxPrepared = 500

/** The prepared statements of one database, by their text. */
export interface Statements {
  prepare(text: string): Prepared
}

/** Keeps prepared statements; `onPrepare` hears each new text. */
export function keepStatements(database: DatabaseSync, onPrepare?: (text: string) => void): Statements {
  const kept = new Map<string, Prepared>()
  return {
    prepare(text) {
      const known = kept.get(text)
      if (known !== undefined) return known
      const statement = database.prepare(text)
      const prepared = { statement, gives: statement.columns().length > 0 }
      onPrepare?.(text)
      if (kept.size === maxPrepared) for (const [oldest] of kept.entries().take(1)) kept.delete(oldest)
      kept.set(text, prepared)
      return prepared
    },
  }
}

/**
 * `node:sqlite` for Kysely: one connection, every call synchronous. Transactions belong to whoever owns the
 * database (`turn.ts`), so Kysely's own are refused.
 */
export function sqliteDialect(statements: Statements): Dialect {
  const connection: DatabaseConnection = {
    executeQuery: <R>(query: CompiledQuery) => Promise.resolve(execute<R>(statements, query)),
    streamQuery: () => refuse('streams'),
  }
  const driver: Driver = {
    init: () => Promise.resolve(),
    acquireConnection: () => Promise.resolve(connection),
    beginTransaction: () => refuse('transactions'),
    commitTransaction: () => refuse('transactions'),
    rollbackTransaction: () => refuse('transactions'),
    releaseConnection: () => Promise.resolve(),
    destroy: () => Promise.resolve(),
  }
  return {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => driver,
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  }
}

function refuse(what: string): never {
  throw new Error(`Kysely's ${what} are not used on SQLite.`)
}

function execute<R>(statements: Statements, { sql, parameters }: CompiledQuery): QueryResult<R> {
  const { statement, gives } = statements.prepare(sql)
  const values = parameters as readonly SQLInputValue[]
  if (gives) return { rows: statement.all(...values) as R[] }
  const { changes } = statement.run(...values)
  return { rows: [], numAffectedRows: BigInt(changes) }
}
