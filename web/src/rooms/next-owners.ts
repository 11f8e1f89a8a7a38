import type { RoomMember, UserId } from '@parlance/client/models'
import { groupMembers } from './group-members.ts'

interface NextOwners {
  /** Whether the one who leaves is the only owner and not alone: somebody has to own the room after them. */
  readonly isOnly: boolean
  /** Who may own it then: moderators first, and guests only where there is nobody else. */
  readonly others: readonly RoomMember[]
}

/** Who may own a room after `me`, found by a part of the name. */
export function nextOwners(
  all: Iterable<RoomMember>,
  me: UserId,
  part: string,
  language: string,
): NextOwners {
  const others = [...all].filter(({ user }) => user.id !== me && user.kind !== 'deleted')
  const accounts = others.filter(({ user }) => user.kind === 'user')
  const { others: named } = groupMembers(accounts.length > 0 ? accounts : others, undefined, part, language)
  return {
    isOnly: others.length > 0 && !others.some(({ role }) => role === 'owner'),
    others: [
      ...named.filter(({ role }) => role === 'moderator'),
      ...named.filter(({ role }) => role !== 'moderator'),
    ],
  }
}
