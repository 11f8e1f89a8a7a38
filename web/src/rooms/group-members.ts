import type { RoomMember, UserId } from '@parlance/client/models'

/** Members in the order of their list: who is online first, where that is known. */
export interface GroupedMembers {
  readonly online: readonly RoomMember[]
  readonly others: readonly RoomMember[]
}

/** Sorts by name as the language does; `online` is undefined where the room is too large to say. */
export function groupMembers(
  members: Iterable<RoomMember>,
  online: ReadonlySet<UserId> | undefined,
  part: string,
  language: string,
): GroupedMembers {
  const { compare } = new Intl.Collator(language, { numeric: true, sensitivity: 'base' })
  const wanted = part.trim().toLocaleLowerCase(language)
  const sorted = [...members]
    .filter(({ user }) => user.name.toLocaleLowerCase(language).includes(wanted))
    .sort((a, b) => compare(a.user.name, b.user.name))
  const isOnline = ({ user }: RoomMember) => user.id !== null && online?.has(user.id) === true
  return {
    online: sorted.filter(isOnline),
    others: sorted.filter((member) => !isOnline(member)),
  }
}
