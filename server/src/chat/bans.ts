import type { DataOf } from '@parlance/protocol/commands'
import type { RoomId, UserId } from '@parlance/protocol/models'
import { room as accessRoom, isFailure } from './access.ts'
import { type Chat, type Known, type Result, success } from './chat.ts'

/** Who is kept out of a room, for those who could let them in again. */
export async function listBans(
  chat: Chat,
  actor: Known,
  { room, after = 0, limit = 100 }: { room: RoomId; after?: UserId; limit?: number },
): Promise<Result<DataOf<'room.bans'>>> {
  const standing = await accessRoom(chat, actor, room, 'moderate')
  if (isFailure(standing)) return standing
  const bans = await chat.store.rooms.bans(room, after, limit + 1)
  return success({ bans: bans.slice(0, limit), more: bans.length > limit })
}
