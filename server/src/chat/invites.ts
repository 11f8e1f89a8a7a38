import { randomBytes } from 'node:crypto'
import type { DataOf } from '@parlance/protocol/commands'
import { type Failure, failure } from '@parlance/protocol/errors'
import { protocolLimits } from '@parlance/protocol/limits'
import type { RoomId } from '@parlance/protocol/models'
import { inviteReadRefusal, inviteRefusal } from '../ports/rights.ts'
import type { Standing } from '../ports/store.ts'
import { room as accessRoom, byInvite, isFailure } from './access.ts'
import { type Actor, type Chat, type Known, type Result, refused, success } from './chat.ts'
import { networkOf } from './rates.ts'

/** The standing of one who may invite into a room: an account that is a member and may write. */
export async function inviter(chat: Chat, actor: Known, room: RoomId): Promise<Standing | Failure> {
  const standing = await accessRoom(chat, actor, room, 'write')
  if (isFailure(standing)) return standing
  return inviteRefusal(actor.kind === 'user', standing, chat.clock.wallMs()) ?? standing
}

/** Makes a link into the room, of 128 random bits: it is found by nobody who was not given it. */
export async function createInvite(
  chat: Chat,
  actor: Known,
  { room, forMs = protocolLimits.inviteMs }: { room: RoomId; forMs?: number },
): Promise<Result<DataOf<'invite.create'>>> {
  const standing = await inviter(chat, actor, room)
  if (isFailure(standing)) return standing
  const { id, name, kind } = actor
  const code = randomBytes(16).toString('base64url')
  const at = chat.clock.timestamp()
  const expiresAt = new Date(chat.clock.wallMs() + forMs).toISOString()
  const made = await chat.store.invites.create({ code, room, user: id, at, expiresAt })
  if (!made.ok && made.code === 'limit_reached') {
    const most = protocolLimits.roomInvites
    return failure('limit_reached', `A room has at most ${most} open links. Revoke one first.`)
  }
  if (!made.ok) return refused(made)
  return success({ invite: { code, room, createdBy: { id, name, kind }, createdAt: at, expiresAt } })
}

export async function listInvites(
  chat: Chat,
  actor: Known,
  { room }: { room: RoomId },
): Promise<Result<DataOf<'invite.list'>>> {
  const standing = await accessRoom(chat, actor, room, 'read')
  if (isFailure(standing)) return standing
  const refused = inviteReadRefusal(actor.kind === 'user', standing)
  if (refused !== undefined) return refused
  return success({ invites: [...(await chat.store.invites.list(room, chat.clock.timestamp()))] })
}

/** Ends a link: one's own, muted or not, and in an archived room too; moderators and owners end any. */
export async function revokeInvite(
  chat: Chat,
  actor: Known,
  { room, code }: { room: RoomId; code: string },
): Promise<Result<Record<string, never>>> {
  const standing = await accessRoom(chat, actor, room, 'read')
  if (isFailure(standing)) return standing
  const revoked = await chat.store.invites.revoke({ code, room, user: actor.id, at: chat.clock.timestamp() })
  return revoked.ok ? success({}) : refused(revoked)
}

/**
 * What a link leads to, for anyone who has its code: who is not in yet decides by it whether to sign up (SPEC AC40). Wrong
 * codes from nobody in particular count as wrong log-ins of their address do (AC7).
 */
export async function getInvite(
  chat: Chat,
  actor: Actor,
  { code }: { code: string },
): Promise<Result<DataOf<'invite.get'>>> {
  const isAnonymous = actor.id === null
  const key = `invite-from:${networkOf(actor.address)}`
  const waitMs = isAnonymous ? chat.rates.take(key, chat.limits.loginsPerMinute * 4, 60_000) : 0
  if (waitMs > 0) return failure('rate_limited', undefined, waitMs)
  const found = await byInvite(chat, actor, code)
  if ('ok' in found) return found
  if (isAnonymous) chat.rates.giveBack(key)
  const { expiresAt } = found.invite
  // To strangers the maker is a name.
  const createdBy = isAnonymous ? { ...found.invite.createdBy, id: null } : found.invite.createdBy
  const { id, name, topic, visibility, archived, members } = found.standing.room
  return success({ room: { id, name, topic, visibility, archived, members }, createdBy, expiresAt })
}
