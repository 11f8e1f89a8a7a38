import type { DataOf } from '@parlance/protocol/commands'
import { type Failure, failure } from '@parlance/protocol/errors'
import type { Member, Role, RoomId, UserId } from '@parlance/protocol/models'
import { type Need, outranks } from '../ports/rights.ts'
import type { Standing } from '../ports/store.ts'
import { room as accessRoom, isFailure } from './access.ts'
import { type Actor, type Chat, type Known, type Result, refused, success } from './chat.ts'
import { inRoom } from './in-room.ts'
import { publishEvents, publishRemoved } from './publish.ts'
import { inviteMember } from './rooms.ts'

export async function listMembers(
  chat: Chat,
  actor: Actor,
  input: { room: RoomId; after?: UserId; limit?: number },
): Promise<Result<DataOf<'room.members'>>> {
  const standing = await accessRoom(chat, actor, input.room, 'read')
  if (isFailure(standing)) return standing
  const limit = input.limit ?? 100
  const rows = await chat.store.rooms.members(input.room, input.after ?? 0, limit + 1)
  const page = rows.slice(0, limit)
  const online = await chat.presence.online(page.map(({ user }) => user.id))
  const direct = standing.room.visibility === 'direct'
  const members = page.map(({ read, ...member }) => ({
    ...member,
    online: online.has(member.user.id),
    ...(direct && { read }),
  }))
  return success({ members, more: rows.length > limit })
}

async function memberOf(chat: Chat, room: RoomId, user: UserId): Promise<Result<Member>> {
  const [row] = await chat.store.rooms.members(room, user - 1, 1)
  if (row === undefined || row.user.id !== user)
    return failure('not_found', 'This user is not a member of the room.')
  const { read: _, ...member } = row
  const online = await chat.presence.online([user])
  return success({ ...member, online: online.has(user) })
}

export async function invite(
  chat: Chat,
  actor: Known,
  input: { room: RoomId; user: UserId },
): Promise<Result<Member>> {
  const invited = await inviteMember(chat, actor, input)
  return invited.ok ? memberOf(chat, input.room, input.user) : invited
}

/**
 * The standing of the one who acts, where they outrank the other: moderators act on members, owners on everyone
 * (SPEC AC3). Nobody acts on themselves, and nobody in a direct conversation.
 */
async function overMember(
  chat: Chat,
  actor: Known,
  room: RoomId,
  user: UserId,
  need: Need,
): Promise<{ readonly standing: Standing; readonly other: Standing } | Failure> {
  const standing = await accessRoom(chat, actor, room, need)
  if (isFailure(standing)) return standing
  if (standing.room.visibility === 'direct') return failure('forbidden')
  if (user === actor.id) return failure('forbidden', 'This is done by somebody else.')
  const other = await chat.store.rooms.standing(user, room)
  if (other === undefined) return failure('not_found')
  return outranks(standing, other) ? { standing, other } : failure('forbidden')
}

/** The same, where the other has to be a member. */
async function overOtherMember(
  chat: Chat,
  actor: Known,
  room: RoomId,
  user: UserId,
  need: Need,
): Promise<Standing | Failure> {
  const standings = await overMember(chat, actor, room, user, need)
  if ('ok' in standings) return standings
  return standings.other.member === null
    ? failure('not_found', 'This user is not a member of the room.')
    : standings.standing
}

export async function setRole(
  chat: Chat,
  actor: Known,
  { room, user, role }: { room: RoomId; user: UserId; role: Role },
): Promise<Result<Member>> {
  // Owners may step down themselves; the store keeps the last one.
  const standing =
    user === actor.id
      ? await accessRoom(chat, actor, room, 'own')
      : await overOtherMember(chat, actor, room, user, 'own')
  if (isFailure(standing)) return standing
  const appended = await chat.store.append({
    type: 'member.role',
    ...inRoom(chat, actor, standing),
    user,
    role,
  })
  if (!appended.ok) return refused(appended)
  publishEvents(chat, appended.events)
  return memberOf(chat, room, user)
}

export async function mute(
  chat: Chat,
  actor: Known,
  { room, user, forMs }: { room: RoomId; user: UserId; forMs: number },
): Promise<Result<Member>> {
  const standing = await overOtherMember(chat, actor, room, user, 'moderate')
  if (isFailure(standing)) return standing
  const until = forMs === 0 ? null : new Date(chat.clock.wallMs() + forMs).toISOString()
  const appended = await chat.store.append({
    type: 'member.mute',
    ...inRoom(chat, actor, standing),
    user,
    until,
  })
  if (!appended.ok) return refused(appended)
  publishEvents(chat, appended.events)
  return memberOf(chat, room, user)
}

/** Removes, bans or unbans. Removal of who is not there and bans that do not stand are `not_found`. */
export async function expel(
  chat: Chat,
  actor: Known,
  type: 'member.remove' | 'member.ban' | 'member.unban',
  { room, user }: { room: RoomId; user: UserId },
): Promise<Result<Record<string, never>>> {
  const standings = await overMember(chat, actor, room, user, 'moderate')
  if ('ok' in standings) return standings
  const { standing, other } = standings
  const { member, banned } = other
  if (type === 'member.remove' && member === null)
    return failure('not_found', 'This user is not a member of the room.')
  if (type === 'member.unban' && !banned) return failure('not_found', 'This user is not banned.')
  if (type === 'member.ban' && (await chat.store.users.get(user)) === undefined) return failure('not_found')
  const appended = await chat.store.append({ type, ...inRoom(chat, actor, standing), user })
  if (!appended.ok) return refused(appended)
  if (type !== 'member.unban') publishRemoved(chat, user, room, type === 'member.ban' ? 'banned' : 'removed')
  publishEvents(chat, appended.events)
  return success({})
}
