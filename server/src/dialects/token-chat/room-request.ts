import type { Room, RoomId } from '@parlance/protocol/models'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Known } from '../../chat/chat.ts'
import type { Standing } from '../../ports/store.ts'
import type { ContractContext } from '../contract/context.ts'
import { isFault, readRoomId, requireAccount, sendDetail, sendInvalid } from '../contract/http.ts'
import { contractRoom } from '../contract/room.ts'

export const notMember = 'You are not a member of this room'
export const unknownRoom = 'Chat room not found'

/** An account before a room that it can see. */
export interface RoomRequest {
  readonly actor: Known
  readonly id: RoomId
  readonly room: Room
  readonly member: Standing['member']
}

/**
 * Who asks for which room; undefined: the answer has been sent. 401 comes before 422, and that before the 404 for
 * unknown and hidden rooms alike (contracts.md §0, §3).
 */
export async function requireRoom(
  context: ContractContext,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<RoomRequest | undefined> {
  const actor = await requireAccount(context, request, reply)
  if (actor === undefined) return undefined
  const { params } = request
  const id = readRoomId(
    typeof params === 'object' && params !== null && 'room_id' in params ? params.room_id : undefined,
  )
  if (isFault(id)) {
    await sendInvalid(reply, [id])
    return undefined
  }
  const standing = id === undefined ? undefined : await contractRoom(context.chat, actor, id, 'see')
  if (id === undefined || standing === undefined || 'ok' in standing) {
    await sendDetail(reply, 404, unknownRoom)
    return undefined
  }
  return { actor, id, room: standing.room, member: standing.member }
}

/** The same for what only members do: 403 comes after 404. */
export async function requireMember(
  context: ContractContext,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<RoomRequest | undefined> {
  const asked = await requireRoom(context, request, reply)
  if (asked === undefined || asked.member !== null) return asked
  await sendDetail(reply, 403, notMember)
  return undefined
}
