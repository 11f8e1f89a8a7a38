import type { FastifyReply, FastifyRequest } from 'fastify'
import type { ContractContext } from '../contract/context.ts'
import { requireVisitor, type Visitor } from '../contract/visitor.ts'
import { sendRefusal } from './reply.ts'

/** Who asks for which room; a room that is unknown or hidden is 404 with the route's own words (contracts.md §5). */
export function requireRoom(
  context: ContractContext,
  request: FastifyRequest,
  reply: FastifyReply,
  notFound: string,
): Promise<Visitor | undefined> {
  return requireVisitor(context, request, reply, () => sendRefusal(reply, 404, notFound))
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
