import type { DataOf } from '@parlance/protocol/commands'
import { protocolLimits } from '@parlance/protocol/limits'
import type { RoomId, UserId } from '@parlance/protocol/models'
import { room as accessRoom, isFailure } from './access.ts'
import { type Actor, type Chat, type Result, success, userOf } from './chat.ts'

/**
 * Passes typing on, at most once in 3 s per user and room; the rest is dropped in silence (SPEC MS9). A contract that
 * tells each typing gives an interval of 0, and limits its commands itself.
 */
export async function typing(
  chat: Chat,
  actor: Actor,
  { room }: { room: RoomId },
  intervalMs: number = protocolLimits.typingIntervalMs,
): Promise<Result<Record<string, never>>> {
  const standing = await accessRoom(chat, actor, room, 'write')
  if (isFailure(standing)) return standing
  const waitMs = intervalMs === 0 ? 0 : chat.rates.take(`typing:${room}:${actor.id}`, 1, intervalMs)
  if (waitMs === 0) {
    chat.broker.publish(`room:${room}`, {
      kind: 'signal',
      signal: { type: 'typing', room, user: userOf(actor) },
    })
  }
  return success({})
}

/** Who of the room is online; in large rooms the count with the first of them. */
export async function roomPresence(
  chat: Chat,
  actor: Actor,
  { room }: { room: RoomId },
): Promise<Result<DataOf<'presence'>>> {
  const standing = await accessRoom(chat, actor, room, 'read')
  if (isFailure(standing)) return standing
  const members: readonly UserId[] = await chat.store.rooms.memberIds(room)
  const online = await chat.presence.online(members)
  return success({ online: [...online].slice(0, protocolLimits.presenceMembers), count: online.size })
}
