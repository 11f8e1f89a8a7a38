import type { FastifyReply } from 'fastify'

/** A success in the envelope (contracts.md §5). */
export function sendSuccess(reply: FastifyReply, message: string, data: object = {}): FastifyReply {
  return reply.send({ success: true, message, data })
}

/** An error in the envelope, whose data is empty (contracts.md §5). */
export function sendRefusal(reply: FastifyReply, status: number, message: string): FastifyReply {
  return reply.code(status).send({ success: false, message, data: {} })
}
