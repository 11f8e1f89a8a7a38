import type { Account, OwnRoom, Role, RoomMember, UserId } from '@parlance/client/models'

/** What one may do to a member of a room. */
export interface MemberRights {
  readonly roles: readonly Role[]
  readonly canMute: boolean
  readonly canRemove: boolean
  readonly canBan: boolean
}

const none: MemberRights = { roles: [], canMute: false, canRemove: false, canBan: false }
const ranks: Readonly<Record<Role, number>> = { member: 0, moderator: 1, owner: 2 }

/**
 * Moderators act on members, owners on everyone but themselves (SPEC AC3). The server decides: this only says what is
 * worth offering.
 */
export function memberRights(
  { role, visibility, archived }: Pick<OwnRoom, 'role' | 'visibility' | 'archived'>,
  me: UserId,
  member: Pick<RoomMember, 'user' | 'role'>,
): MemberRights {
  if (visibility === 'direct' || archived || member.user.id === null || member.user.id === me) return none
  const isAbove = role === 'owner' || (role === 'moderator' && ranks[member.role] < ranks.moderator)
  if (!isAbove) return none
  const others = (['member', 'moderator', 'owner'] as const).filter((other) => other !== member.role)
  return {
    roles: role === 'owner' && member.user.kind === 'user' ? others : [],
    canMute: true,
    canRemove: true,
    canBan: true,
  }
}

/** What one may do with a room: owners everything, moderators its topic; accounts bring others in. */
export function roomRights(
  { role, visibility, archived }: Pick<OwnRoom, 'role' | 'visibility' | 'archived'>,
  kind: Account['kind'],
) {
  const isRoom = visibility !== 'direct'
  const isOpen = isRoom && !archived
  return {
    canInvite: isOpen && kind === 'user',
    canEditTopic: isOpen && role !== 'member',
    canEdit: isOpen && role === 'owner',
    canArchive: isOpen && role === 'owner',
    canSeeBans: isOpen && role !== 'member',
  }
}
