import type { FastifyInstance } from 'fastify'
import { room as accessRoom, isFailure } from '../../chat/access.ts'
import { sendMessage } from '../../chat/messages.ts'
import type { ContractContext } from '../contract/context.ts'
import {
  anonymous,
  isFault,
  readCount,
  readRoomId,
  sendDetail,
  sendFailure,
  sendInvalid,
} from '../contract/http.ts'
import { guest } from './guest.ts'
import { messageObject } from './message.ts'
import { requestFields } from './request-fields.ts'

/** Messages of one answer at most. */
const maxMessages = 1_000

const path = '/chatrooms/:room_id/messages'
const notFound = 'Chatroom not found'

interface InRoom {
  Params: { room_id: string }
}

/** Reading and sending messages (contracts.md §4). */
export function messageRoutes(app: FastifyInstance, context: ContractContext): void {
  const { chat } = context
  app.get<InRoom>(path, async (request, reply) => {
    const room = readRoomId(request.params.room_id)
    const limit = readCount(request.query, 'limit', maxMessages)
    const before = readCount(request.query, 'before_id', Number.MAX_SAFE_INTEGER)
    const faults = [room, limit, before].filter(isFault)
    if (faults.length > 0) return sendInvalid(reply, faults)
    if (typeof room !== 'number' || typeof limit !== 'number' || typeof before !== 'number') {
      return sendDetail(reply, 404, notFound)
    }
    const standing = await accessRoom(chat, anonymous(context, request), room, 'read')
    if (isFailure(standing)) return sendDetail(reply, 404, notFound)
    const messages = await chat.store.messages.recent(room, {
      limit: Math.min(Math.max(limit, 1), maxMessages),
      ...(before < Number.MAX_SAFE_INTEGER && { before: Math.max(before, 0) }),
    })
    return messages.map(messageObject)
  })

  app.post<InRoom>(path, async (request, reply) => {
    const room = readRoomId(request.params.room_id)
    const fields = requestFields(request)
    const sender = fields.optionalString('sender')
    const content = fields.optionalString('message') || fields.optionalString('content')
    const faults = [...(isFault(room) ? [room] : []), ...fields.faults]
    if (faults.length > 0) return sendInvalid(reply, faults)
    if (sender === undefined || !content) return sendDetail(reply, 400, 'Missing sender or content')
    if (typeof room !== 'number') return sendDetail(reply, 404, notFound)
    const actor = guest(sender, context.peerOf(request.raw).address)
    const sent = await sendMessage(chat, actor, { room, text: content })
    if (sent.ok) return messageObject(sent.data)
    return sent.code === 'not_found' ? sendDetail(reply, 404, notFound) : sendFailure(reply, sent)
  })
}
