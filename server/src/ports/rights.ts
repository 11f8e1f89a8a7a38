import { type Failure, failure } from '@parlance/protocol/errors'
import type { EventType } from '@parlance/protocol/events'
import type { Role } from '@parlance/protocol/models'
import type { Standing } from './store.ts'

/**
 * What an actor wants of a room:
 * `see` that it exists and its description, `read` its log, `write` messages and signals, `join` it,
 * `moderate` its members, `own` it.
 */
export type Need = 'see' | 'read' | 'write' | 'join' | 'moderate' | 'own'

/**
 * Why a standing does not allow something; undefined where it does. The one judgement of access (SPEC AC1): it is made
 * before a draft is written, and once more in its transaction where the room has changed meanwhile (AC14).
 */
export function refusal(
  isAccount: boolean,
  standing: Standing,
  need: Need,
  nowMs: number,
): Failure | undefined {
  const { room, member, banned } = standing
  if (!visible(isAccount, standing)) return failure('not_found')
  if (need === 'see') return undefined
  if (banned) return failure('banned')
  if (need === 'join') return room.archived ? failure('archived') : undefined
  if (member === null && room.visibility !== 'open') return failure('not_a_member')
  if (need === 'read') return undefined
  if (room.archived) return failure('archived')
  if (need === 'write') {
    const leftMs = standing.mutedUntil === null ? 0 : Date.parse(standing.mutedUntil) - nowMs
    return leftMs > 0 ? failure('muted', undefined, leftMs) : undefined
  }
  if (member === null || member.role === 'member') return failure('forbidden')
  if (need === 'own' && member.role !== 'owner') return failure('forbidden')
  return undefined
}

/** Why one of this standing may not make a link into the room, nor another a member: an account that is one itself may. */
export function inviteRefusal(isAccount: boolean, standing: Standing, nowMs: number): Failure | undefined {
  return refusal(isAccount, standing, 'write', nowMs) ?? inviteReadRefusal(isAccount, standing)
}

/** Why one of this standing, who may read the room, may not see its links: the muted may, as they see all else. */
export function inviteReadRefusal(isAccount: boolean, standing: Standing): Failure | undefined {
  if (standing.member === null) return failure('not_a_member')
  if (!isAccount) return failure('forbidden', 'Guests cannot invite.')
  if (standing.room.visibility === 'direct')
    return failure('forbidden', 'A direct conversation stays one of two.')
  return undefined
}

/** Why one of this standing may not end a link: its maker may, muted or not, moderators and owners end any. */
export function revokeRefusal(isAccount: boolean, standing: Standing, isMaker: boolean): Failure | undefined {
  const refused = refusal(isAccount, standing, 'read', 0)
  if (refused !== undefined) return refused
  if (standing.member === null) return failure('not_a_member')
  return isMaker || standing.member.role !== 'member' ? undefined : failure('forbidden')
}

/** Open rooms: everyone. Public ones: every account. Others: their members. Nobody else learns that they exist. */
function visible(isAccount: boolean, { room, member }: Standing): boolean {
  if (room.visibility === 'open') return true
  // A guest stays outside of a room that has ceased to be open, member or not (AC10).
  if (!isAccount) return false
  return member !== null || room.visibility === 'public'
}

/** Whether one of this standing may delete the messages of others. */
export function moderates({ room, member }: Standing): boolean {
  return member !== null && member.role !== 'member' && room.visibility !== 'direct'
}

const rank: Record<Role, number> = { member: 0, moderator: 1, owner: 2 }

/** Whether one of this standing acts on the other: moderators on members, owners on everyone (SPEC AC3). */
export function outranks({ member: own }: Standing, { member: other }: Standing): boolean {
  if (own?.role === 'owner' || other === null) return true
  return rank[other.role] < rank[own?.role ?? 'member']
}

/** Whether an event of this type may change what somebody may do in its room. */
export function changesRights(type: EventType): boolean {
  return !type.startsWith('message.') && !type.startsWith('reaction.')
}
