import type { Room } from '@parlance/protocol/models'
import type { FastifyInstance } from 'fastify'
import type { Chat } from '../../chat/chat.ts'
import { makeRoom } from '../../chat/rooms.ts'
import { readBody } from '../contract/bodies.ts'
import type { ContractContext } from '../contract/context.ts'
import { Fields } from '../contract/fields.ts'
import { isFault, readCount, requireAccount, sendFailure, sendInvalid } from '../contract/http.ts'
import { roomName } from '../contract/names.ts'
import { shownId } from '../contract/shown-id.ts'
import { withOffset } from '../contract/timestamp.ts'
import { requireMember } from './member.ts'
import { roomObjects } from './room-object.ts'

/** Rooms read from the store at a time. */
const pageSize = 500
const maxMessages = 1_000

/** Rooms and what was said in them: bare objects and lists (contracts.md §5). */
export function roomRoutes(app: FastifyInstance, context: ContractContext): void {
  const { chat } = context

  app.post('/api/chat/rooms', async (request, reply) => {
    const actor = await requireAccount(context, request, reply)
    if (actor === undefined) return reply
    const fields = new Fields(readBody(request))
    const name = roomName(fields, 'name')
    if (fields.faults.length > 0) return sendInvalid(reply, fields.faults)
    const made = await makeRoom(chat, actor, {
      name,
      topic: '',
      visibility: 'public',
      members: [{ user: actor.id, role: 'owner' }],
      uniqueName: false,
      directKey: null,
    })
    if (!made.ok) return sendFailure(reply, made)
    const standing = await chat.store.rooms.standing(actor.id, made.data)
    const [room] = await roomObjects(chat, actor, standing === undefined ? [] : [standing.room])
    return reply.send(room)
  })

  app.get('/api/chat/rooms', async (request, reply) => {
    const actor = await requireAccount(context, request, reply)
    return actor === undefined ? reply : reply.send(await roomObjects(chat, actor, await allListed(chat)))
  })

  app.get('/api/chat/rooms/:room_id', async (request, reply) => {
    const visitor = await requireMember(context, request, reply)
    if (visitor === undefined) return reply
    const [room] = await roomObjects(chat, visitor.actor, [visitor.room])
    return reply.send(room)
  })

  app.get('/api/chat/rooms/:room_id/messages', async (request, reply) => {
    const visitor = await requireMember(context, request, reply)
    if (visitor === undefined) return reply
    const count = readCount(request.query, 'limit', 100)
    if (isFault(count)) return sendInvalid(reply, [count])
    const limit = Math.min(Math.max(count, 1), maxMessages)
    const messages = await chat.store.messages.recent(visitor.id, { limit })
    return reply.send(
      messages.map(({ id, text, author, room, at }) => ({
        id,
        text,
        sender_id: shownId(author),
        room_id: room,
        created_at: withOffset(at),
      })),
    )
  })
}

/** The contract has no pages here: all rooms that are listed. */
async function allListed(chat: Chat): Promise<readonly Room[]> {
  const rooms: Room[] = []
  for (;;) {
    const after = rooms.at(-1)?.id ?? 0
    const page = await chat.store.rooms.listed({ openOnly: false, after, limit: pageSize })
    rooms.push(...page)
    if (page.length < pageSize) return rooms
  }
}
