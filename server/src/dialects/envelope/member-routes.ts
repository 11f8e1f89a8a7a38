import type { FastifyInstance } from 'fastify'
import { enterRoom, leaveRoom } from '../../chat/rooms.ts'
import type { ContractContext } from '../contract/context.ts'
import { sendFailure } from '../contract/http.ts'
import { requireMember, requireRoom } from './member.ts'
import { sendRefusal, sendSuccess } from './reply.ts'
import { roomUsers } from './room-users.ts'

const alreadyMember = 'You are already a member of this room'
const notMember = 'You are not a member of this room'

/** Who belongs to a room (contracts.md §5). */
export function memberRoutes(app: FastifyInstance, context: ContractContext): void {
  const { chat } = context

  app.post('/api/chat/rooms/:room_id/join', async (request, reply) => {
    const visitor = await requireRoom(context, request, reply, 'Room not found')
    if (visitor === undefined) return reply
    const { actor, id, room } = visitor
    const entered = await enterRoom(chat, actor, id)
    if (entered.ok) {
      return entered.data.entered
        ? sendSuccess(reply, `Successfully joined room: ${room.name}`, { room_id: id, room_name: room.name })
        : sendRefusal(reply, 400, alreadyMember)
    }
    if (entered.code === 'banned') return sendRefusal(reply, 403, entered.message)
    return entered.code === 'archived' || entered.code === 'not_found'
      ? sendRefusal(reply, 404, 'Room not found')
      : sendFailure(reply, entered)
  })

  app.post('/api/chat/rooms/:room_id/leave', async (request, reply) => {
    const visitor = await requireRoom(context, request, reply, 'Room not found')
    if (visitor === undefined) return reply
    const { actor, id, room, member } = visitor
    if (member === null) return sendRefusal(reply, 400, notMember)
    if (room.creator === actor.id) {
      return sendRefusal(reply, 400, 'Room creator cannot leave. Delete the room instead.')
    }
    const left = await leaveRoom(chat, actor, { room: id, heir: true })
    if (left.ok) {
      return sendSuccess(reply, `Successfully left room: ${room.name}`, { room_id: id, room_name: room.name })
    }
    return left.code === 'not_a_member' ? sendRefusal(reply, 400, notMember) : sendFailure(reply, left)
  })

  app.get('/api/chat/rooms/:room_id/users', async (request, reply) => {
    const visitor = await requireMember(context, request, reply)
    if (visitor === undefined) return reply
    const members = await roomUsers(chat, [visitor.id])
    const online = await chat.presence.online(members.map(({ user }) => user.id))
    const users = members.map(({ user: { id, name } }) => ({
      id,
      username: name,
      is_online: online.has(id),
    }))
    return sendSuccess(reply, 'Room users successfully retrieved.', { users })
  })
}
