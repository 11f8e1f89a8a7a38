import type { UserId } from '@parlance/protocol/models'
import type { Author } from '../../ports/store.ts'
import { type Holes, prepared } from '../prepared.ts'
import type { Sql } from '../sql.ts'

/** A user as one who acts: not deleted. */
export interface ActorRow {
  readonly id: UserId
  readonly name: string
  readonly kind: 'user' | 'guest'
}

const usersIn = prepared(({ db, dialect }, { ids }: Holes<{ ids: string }>) =>
  db.selectFrom('users').select(['id', 'name', 'kind']).where('id', 'in', dialect.numbers(ids)),
)

/** The users behind these authors; those who are deleted or were never there are left out. */
export async function actorRows(sql: Sql, actors: readonly Author[]): Promise<Map<UserId, ActorRow>> {
  const ids = new Set<UserId>()
  for (const { id } of actors) if (id !== null) ids.add(id)
  const found = new Map<UserId, ActorRow>()
  if (ids.size === 0) return found
  const rows = await usersIn(sql, { ids: JSON.stringify([...ids]) })
  for (const { id, name, kind } of rows) if (kind !== 'deleted') found.set(id, { id, name, kind })
  return found
}
