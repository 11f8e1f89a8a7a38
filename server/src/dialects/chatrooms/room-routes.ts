import type { Room } from '@parlance/protocol/models'
import type { FastifyInstance } from 'fastify'
import type { Chat } from '../../chat/chat.ts'
import { makeRoom } from '../../chat/rooms.ts'
import type { ContractContext } from '../contract/context.ts'
import { anonymous, sendFailure, sendInvalid } from '../contract/http.ts'
import { roomName } from '../contract/names.ts'
import { requestFields } from './request-fields.ts'

/** Rooms read at a time. */
const pageSize = 1_000

/** Making and listing open rooms (contracts.md §4). */
export function roomRoutes(app: FastifyInstance, context: ContractContext): void {
  const { chat } = context
  app.post('/chatrooms', async (request, reply) => {
    const fields = requestFields(request)
    const name = roomName(fields, 'name')
    if (fields.faults.length > 0) return sendInvalid(reply, fields.faults)
    const made = await makeRoom(chat, anonymous(context, request), {
      name,
      topic: '',
      visibility: 'open',
      members: [],
      uniqueName: true,
      directKey: null,
    })
    if (made.ok) return { id: made.data, name }
    if (made.code !== 'name_taken') return sendFailure(reply, made)
    const detail = `Chatroom '${name}' already exists`
    return reply.code(400).send({ detail, message: detail })
  })
  app.get('/chatrooms', async () => (await openRooms(chat)).map(({ id, name }) => ({ id, name })))
}

/** All of them, by id. */
async function openRooms(chat: Chat): Promise<readonly Room[]> {
  const rooms: Room[] = []
  for (;;) {
    const after = rooms.at(-1)?.id ?? 0
    const page = await chat.store.rooms.listed({ openOnly: true, after, limit: pageSize })
    rooms.push(...page)
    if (page.length < pageSize) return rooms
  }
}
