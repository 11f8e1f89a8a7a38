import type { Room, RoomId } from '@parlance/protocol/models'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Known } from '../../chat/chat.ts'
import type { Standing } from '../../ports/store.ts'
import type { ContractContext } from '../contract/context.ts'
import { isFault, readRoomId, requireAccount, sendInvalid } from '../contract/http.ts'
import { contractRoom } from '../contract/room.ts'
import { sendRefusal } from './reply.ts'

/** An account before a room that it can see. */
export interface Visitor {
  readonly actor: Known
  readonly id: RoomId
  readonly room: Room
  readonly member: Standing['member']
}

/**
 * Who asks for which room; undefined: the answer has been sent. 401 comes before 422, and that before 404 with the
 * route's own words, for unknown and hidden rooms alike (contracts.md §0, §5).
 */
export async function requireRoom(
  context: ContractContext,
  request: FastifyRequest,
  reply: FastifyReply,
  notFound: string,
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
    await sendRefusal(reply, 404, notFound)
    return undefined
  }
  return { actor, id, room: standing.room, member: standing.member }
}

/** The same for what only members see: 403 comes after 404. */
export async function requireMember(
  context: ContractContext,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<Visitor | undefined> {
  const visitor = await requireRoom(context, request, reply, 'Chat room not found')
  if (visitor === undefined || visitor.member !== null) return visitor
  await sendRefusal(reply, 403, 'Access denied: You are not a member of this room')
  return undefined
}
