import type { User } from '@parlance/protocol/models'

/** The id of an account; a guest has none that the five contracts know (contracts.md §6). */
export function shownId({ id, kind }: User): User['id'] {
  return kind === 'guest' ? null : id
}
