import type { User, UserId } from '@parlance/protocol/models'

/** The name of every account that is gone. */
export const deletedName = 'Deleted user'

/** A user as joined from a row; without an id it is a claimed name. */
export function userFrom(id: UserId | null, name: string | null, kind: User['kind'] | null): User {
  if (id === null) return { id: null, name: name ?? '', kind: 'guest' }
  return { id, name: name ?? deletedName, kind: kind ?? 'deleted' }
}

/** The stored mentions of a message; null is none. */
export function mentionsOf(json: string | null): UserId[] {
  return json === null ? [] : JSON.parse(json)
}
