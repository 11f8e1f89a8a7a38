import type { RoomMember, UserId } from '@parlance/client/models'
import { findIn, searchKey } from '@parlance/client/search'

/** Members in the order of their list: who is online first, where that is known. */
export interface GroupedMembers {
  readonly online: readonly RoomMember[]
  readonly others: readonly RoomMember[]
}

/** Sorts by how well a part of the name is found, then by name as the language does; `online` is undefined where the room is too large to say. */
export function groupMembers(
  members: Iterable<RoomMember>,
  online: ReadonlySet<UserId> | undefined,
  part: string,
  language: string,
): GroupedMembers {
  const { compare } = new Intl.Collator(language, { numeric: true, sensitivity: 'base' })
  const isAll = searchKey(part) === ''
  const sorted = [...members]
    .map((member) => ({ member, rank: isAll ? 0 : findIn(part, member.user.name)?.rank }))
    .filter(({ rank }) => rank !== undefined)
    .sort((a, b) => (a.rank ?? 0) - (b.rank ?? 0) || compare(a.member.user.name, b.member.user.name))
    .map(({ member }) => member)
  const isOnline = ({ user }: RoomMember) => user.id !== null && online?.has(user.id) === true
  return {
    online: sorted.filter(isOnline),
    others: sorted.filter((member) => !isOnline(member)),
  }
}
