import type { Room } from '@parlance/protocol/models'
import type { FastifyInstance } from 'fastify'
import { enterRoom, leaveRoom, makeRoom } from '../../chat/rooms.ts'
import { readBody } from '../contract/bodies.ts'
import type { ContractContext } from '../contract/context.ts'
import { Fields } from '../contract/fields.ts'
import { requireAccount, sendDetail, sendFailure, sendInvalid } from '../contract/http.ts'
import { roomName } from '../contract/names.ts'
import { withOffset } from '../contract/timestamp.ts'
import { readPage } from './page.ts'
import { notMember, requireRoom, unknownRoom } from './room-request.ts'

/** Rooms and who belongs to them (contracts.md §3). */
export function roomRoutes(app: FastifyInstance, context: ContractContext): void {
  const { chat } = context

  app.post('/api/rooms', async (request, reply) => {
    const actor = await requireAccount(context, request, reply)
    if (actor === undefined) return reply
    const fields = new Fields(readBody(request))
    const name = roomName(fields, 'name')
    const topic = fields.optionalString('description') ?? ''
    if (fields.faults.length > 0) return sendInvalid(reply, fields.faults)
    const made = await makeRoom(chat, actor, {
      name,
      topic,
      visibility: 'public',
      members: [{ user: actor.id, role: 'owner' }],
      uniqueName: true,
      directKey: null,
    })
    if (!made.ok) {
      return made.code === 'name_taken'
        ? sendDetail(reply, 400, 'Room name already exists')
        : sendFailure(reply, made)
    }
    const standing = await chat.store.rooms.standing(actor.id, made.data)
    return standing === undefined
      ? sendDetail(reply, 404, unknownRoom)
      : reply.send(roomObject(standing.room))
  })

  app.get('/api/rooms', async (request, reply) => {
    const actor = await requireAccount(context, request, reply)
    if (actor === undefined) return reply
    const page = readPage(request.query)
    if (!page.ok) return sendInvalid(reply, page.faults)
    const { skip, limit } = page
    const rooms = await chat.store.rooms.listed({ openOnly: false, after: 0, skip, limit })
    return reply.send(rooms.map(roomObject))
  })

  app.get('/api/rooms/:room_id', async (request, reply) => {
    const asked = await requireRoom(context, request, reply)
    return asked === undefined ? reply : reply.send(roomObject(asked.room))
  })

  app.post('/api/rooms/:room_id/join', async (request, reply) => {
    const asked = await requireRoom(context, request, reply)
    if (asked === undefined) return reply
    const entered = await enterRoom(chat, asked.actor, asked.id)
    if (entered.ok) {
      return reply.send({
        message: entered.data.entered ? 'Successfully joined the room' : 'Already a member of this room',
      })
    }
    return entered.code === 'archived' || entered.code === 'not_found'
      ? sendDetail(reply, 404, unknownRoom)
      : sendFailure(reply, entered)
  })

  // Whoever created the room leaves as everyone does: another member becomes its owner.
  app.post('/api/rooms/:room_id/leave', async (request, reply) => {
    const asked = await requireRoom(context, request, reply)
    if (asked === undefined) return reply
    const left = await leaveRoom(chat, asked.actor, { room: asked.id, heir: true })
    if (left.ok) return reply.send({ message: 'Successfully left the room' })
    return left.code === 'not_a_member' ? sendDetail(reply, 400, notMember) : sendFailure(reply, left)
  })
}

function roomObject({ id, name, topic, createdAt }: Room) {
  return { name, description: topic === '' ? null : topic, id, created_at: withOffset(createdAt) }
}
