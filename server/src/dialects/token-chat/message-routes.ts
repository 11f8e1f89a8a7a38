import type { Message } from '@parlance/protocol/models'
import type { FastifyInstance } from 'fastify'
import { sendMessage } from '../../chat/messages.ts'
import { readBody } from '../contract/bodies.ts'
import type { ContractContext } from '../contract/context.ts'
import { Fields } from '../contract/fields.ts'
import { sendDetail, sendFailure, sendInvalid } from '../contract/http.ts'
import { shownId } from '../contract/shown-id.ts'
import { withOffset } from '../contract/timestamp.ts'
import { readPage } from './page.ts'
import { notMember, requireMember, unknownRoom } from './room-request.ts'

/** What was said in a room, and saying something (contracts.md §3). */
export function messageRoutes(app: FastifyInstance, context: ContractContext): void {
  const { chat } = context

  app.get('/api/rooms/:room_id/messages', async (request, reply) => {
    const asked = await requireMember(context, request, reply)
    if (asked === undefined) return reply
    const page = readPage(request.query)
    if (!page.ok) return sendInvalid(reply, page.faults)
    const { skip, limit } = page
    const messages = await chat.store.messages.recent(asked.id, { limit, skip })
    return reply.send(messages.map(messageObject))
  })

  // A `room_id` in the body says nothing: the path wins.
  app.post('/api/rooms/:room_id/messages', async (request, reply) => {
    const asked = await requireMember(context, request, reply)
    if (asked === undefined) return reply
    const fields = new Fields(readBody(request))
    const text = fields.string('content')
    if (fields.faults.length > 0) return sendInvalid(reply, fields.faults)
    const sent = await sendMessage(chat, asked.actor, { room: asked.id, text })
    if (sent.ok) return reply.send(messageObject(sent.data))
    if (sent.code === 'not_found') return sendDetail(reply, 404, unknownRoom)
    return sent.code === 'not_a_member' ? sendDetail(reply, 403, notMember) : sendFailure(reply, sent)
  })
}

type Shown = Pick<Message, 'id' | 'room' | 'text' | 'at' | 'author'>

/** A guest is nobody's account (contracts.md §6). */
function messageObject({ id, room, text, at, author }: Shown) {
  return {
    content: text,
    room_id: room,
    id,
    created_at: withOffset(at),
    user_id: shownId(author),
  }
}
