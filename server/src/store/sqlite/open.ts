import { DatabaseSync, type SQLInputValue } from 'node:sqlite'
import { Kysely, type RawBuilder, sql } from 'kysely'
import { migrate } from '../migrate.ts'
import type { MigrationNote } from '../migrations/all.ts'
import { StoreRefused } from '../refused.ts'
import type { Tables } from '../schema.ts'
import { type Dialect, type Sql, TransactionLost } from '../sql.ts'
import { keepStatements, type Statements, sqliteDialect } from './driver.ts'

export interface OpenSqlite {
  readonly database: DatabaseSync
  readonly sql: Sql
  readonly epoch: string
}

export interface SqliteOptions {
  /** How long to wait for another process that still holds the file, in milliseconds. */
  readonly lockWaitMs?: number
  /** The file was restored from a backup: it gets a new epoch. */
  readonly restored?: boolean
  /** Hears the text of each statement when it is first prepared. */
  readonly onPrepare?: (text: string) => void
  /** Hears of accounts that a migration changes. */
  readonly onNote?: MigrationNote
}

/**
 * Opens and migrates a database file (or `:memory:`) for this process alone (SPEC ST10), in WAL mode with
 * `synchronous=FULL`: a commit that returned has been fsynced (ST2).
 * Throws `StoreRefused` where the file is in use, is no database, or is newer than this code.
 */
export async function openSqlite(path: string, options: SqliteOptions = {}): Promise<OpenSqlite> {
  const { lockWaitMs = 2_000, restored = false, onPrepare, onNote } = options
  let database: DatabaseSync | undefined
  try {
    database = new DatabaseSync(path, { timeout: lockWaitMs, enableForeignKeyConstraints: true })
    // Exclusive before WAL: the lock is held for the life of the process and no shared memory file is needed.
    database.exec('pragma locking_mode = exclusive; pragma journal_mode = wal; pragma synchronous = full')
    // What is deleted is overwritten, so that no deleted text stays in free space of the file (ST6).
    database.exec(
      'pragma secure_delete = on; pragma wal_autocheckpoint = 1000; pragma cache_size = -65536; pragma temp_store = memory',
    )
    database.exec('begin exclusive')
    const sqlOf = sqliteSql(database, keepStatements(database, onPrepare))
    const { epoch } = await migrate(sqlOf, undefined, restored, onNote)
    database.exec('commit')
    return { database, sql: sqlOf, epoch }
  } catch (error) {
    if (database?.isOpen) database.close()
    throw refusal(path, error)
  }
}

/** The store's SQL over one `node:sqlite` database. */
function sqliteSql(database: DatabaseSync, statements: Statements): Sql {
  const db = new Kysely<Tables>({ dialect: sqliteDialect(statements) })
  return {
    db,
    dialect,
    // One prepared statement run per row: measured at 3 µs a message, against 5 µs for one statement over json_each.
    insertEach(table, rows, onConflict = 'fail') {
      const [first] = rows
      if (first === undefined) return Promise.resolve()
      const columns = Object.keys(first)
      const names = columns.map((column) => `"${column}"`).join(', ')
      const marks = columns.map(() => '?').join(', ')
      const { statement } = statements.prepare(
        `insert into "${table}" (${names}) values (${marks})${onConflict === 'skip' ? ' on conflict do nothing' : ''}`,
      )
      for (const row of rows) statement.run(...(Object.values(row) as SQLInputValue[]))
      return Promise.resolve()
    },
    messageIds(count) {
      // Rows of messages are never deleted, so the greatest id is the last one given; there is one writer.
      const last = statements.prepare('select max(id) as id from messages').statement.get()
      const next = Number(last?.id ?? 0) + 1
      return Promise.resolve(Array.from({ length: count }, (_, index) => next + index))
    },
    async savepoint(work) {
      database.exec('savepoint work')
      try {
        const result = await work()
        database.exec('release work')
        return result
      } catch (error) {
        if (error instanceof TransactionLost) throw error
        if (!database.isTransaction || endsTransaction(error))
          throw new TransactionLost(String(error), { cause: error })
        database.exec('rollback to work; release work')
        throw error
      }
    },
  }
}

const dialect: Dialect = {
  numbers: (values) => sql<number>`(select value from json_each(${jsonOf(values)}))`,
  texts: (values) => sql<string>`(select value from json_each(${JSON.stringify(values)}))`,
  pairs: (values) =>
    sql`(select value ->> 0 as "number", value ->> 1 as "text" from json_each(${jsonOf(values)}))`,
  clustered: sql`without rowid`,
  idType: 'integer',
}

/** The JSON of an array, where it is not given as such. */
function jsonOf(values: readonly unknown[] | RawBuilder<string>): string | RawBuilder<string> {
  return 'compile' in values ? values : JSON.stringify(values)
}

/** SQLite's primary result code behind an error of `node:sqlite`, https://www.sqlite.org/rescode.html. */
function resultCode(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number')
    return undefined
  return error.errcode & 0xff
}

/** Errors after which SQLite has undone, or may have undone, the whole transaction: https://www.sqlite.org/lang_transaction.html. */
const lost = new Set([
  7 /* NOMEM */, 8 /* READONLY */, 10 /* IOERR */, 11 /* CORRUPT */, 13 /* FULL */, 14 /* CANTOPEN */,
  26 /* NOTADB */,
])

/** Whether the error concerns the database and not this one statement. */
function endsTransaction(error: unknown): boolean {
  const code = resultCode(error)
  return code !== undefined && lost.has(code)
}

function refusal(path: string, error: unknown): unknown {
  switch (resultCode(error)) {
    case 5: // SQLITE_BUSY
    case 6: // SQLITE_LOCKED
      return new StoreRefused(`The database ${path} is in use by another process: stop that one first.`, {
        cause: error,
      })
    case 11: // SQLITE_CORRUPT
    case 26: // SQLITE_NOTADB
      return new StoreRefused(`The file ${path} is damaged or no SQLite database: restore a backup.`, {
        cause: error,
      })
    case 8: // SQLITE_READONLY
    case 14: // SQLITE_CANTOPEN
      return new StoreRefused(
        `The database ${path} cannot be opened for writing: check the folder and its rights.`,
        {
          cause: error,
        },
      )
    case 10: // SQLITE_IOERR
    case 13: // SQLITE_FULL
      return new StoreRefused(`The database ${path} cannot be read or written: check the disk.`, {
        cause: error,
      })
    default:
      return error
  }
}
