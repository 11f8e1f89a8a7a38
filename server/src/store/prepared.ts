import { type Compilable, type CompiledQuery, type Kysely, type RawBuilder, sql as raw } from 'kysely'
import type { Tables } from './schema.ts'
import type { Sql } from './sql.ts'

/** Stands in a statement where the value of a run comes. */
class Hole {
  readonly name: string

  constructor(name: string) {
    this.name = name
  }
}

/** What a statement is built with in place of its values. */
export type Holes<V> = { readonly [K in keyof V]: RawBuilder<V[K]> }

/**
 * A query that is built once for each database and then run with other values. Building costs several times what
 * SQLite does for a row, so the queries of a message, of a page and of a coming back are all made like this.
 */
export function prepared<V extends object, R>(
  build: (sql: Sql, holes: Holes<V>) => Compilable<R>,
): (sql: Sql, values: V) => Promise<R[]> {
  const built = new WeakMap<Kysely<Tables>, CompiledQuery<R>>()
  return async (sql, values) => {
    let query = built.get(sql.db)
    if (query === undefined) {
      query = build(sql, holes()).compile()
      built.set(sql.db, query)
    }
    const given = new Map<unknown, unknown>(Object.entries(values))
    const parameters = query.parameters.map((value) =>
      value instanceof Hole ? given.get(value.name) : value,
    )
    const { rows } = await sql.db.executeQuery<R>({ ...query, parameters })
    return rows
  }
}

function holes<V extends object>(): Holes<V> {
  const known: Record<string, RawBuilder<unknown>> = {}
  return new Proxy(known, { get: (_, name) => raw`${new Hole(String(name))}` }) as Holes<V>
}
