import type { Room, RoomId } from '@parlance/protocol/models'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Known } from '../../chat/chat.ts'
import type { Standing } from '../../ports/store.ts'
import type { ContractContext } from './context.ts'
import { isFault, readRoomId, requireAccount, sendInvalid } from './http.ts'
import { contractRoom } from './room.ts'

/** An account before a room that it can see. */
export interface Visitor {
  readonly actor: Known
  readonly id: RoomId
  readonly room: Room
  readonly member: Standing['member']
}

/**
 * Who asks for which room; undefined: the answer has been sent. 401 comes before 422, and that before what the
 * route says of unknown and hidden rooms alike, which `refuse` sends (contracts.md §0).
 */
export async function requireVisitor(
  context: ContractContext,
  request: FastifyRequest,
  reply: FastifyReply,
  refuse: () => unknown,
): Promise<Visitor | undefined> {
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
    await refuse()
    return undefined
  }
  return { actor, id, room: standing.room, member: standing.member }
}
