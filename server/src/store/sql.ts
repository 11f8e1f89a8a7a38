import type { Insertable, Kysely, RawBuilder } from 'kysely'
import type { Tables } from './schema.ts'

/** What differs between databases. Everything else goes through Kysely and is written once. */
export interface Dialect {
  /** The numbers of a JSON array as a subquery of one column, so that the text of a statement stays the same. */
  numbers(values: readonly number[] | RawBuilder<string>): RawBuilder<number>
  /** The same for texts. */
  texts(values: readonly string[]): RawBuilder<string>
  /** The pairs of a JSON array of arrays as a table `pairs` with the columns `number` and `text`. */
  pairs(
    values: readonly (readonly [number, string])[] | RawBuilder<string>,
  ): RawBuilder<{ number: number; text: string }>
  /** What ends `create table` so that rows lie in the order of the primary key. */
  readonly clustered: RawBuilder<unknown>
  /** What ends `create table` where ids count up and are never given twice. */
  readonly idType: 'integer' | 'bigint'
}

/** A database inside a transaction, or, for reads, as of one moment. */
export interface Sql {
  readonly db: Kysely<Tables>
  readonly dialect: Dialect
  /** Inserts rows that all have the same columns, in the way that is fastest here; `skip` those that are there. */
  insertEach<T extends keyof Tables>(
    table: T,
    rows: readonly Insertable<Tables[T]>[],
    onConflict?: 'fail' | 'skip',
  ): Promise<void>
  /** Ids for new messages, ascending. */
  messageIds(count: number): Promise<readonly number[]>
  /** Runs `work` so that its failure undoes nothing but its own writes. */
  savepoint<R>(work: () => Promise<R>): Promise<R>
}

/** The whole transaction is lost, not one statement: a full disk, a failed write or fsync. Nothing of it is acked. */
export class TransactionLost extends Error {
  override readonly name = 'TransactionLost'
}
