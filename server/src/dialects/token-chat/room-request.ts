import type { FastifyReply, FastifyRequest } from 'fastify'
import type { ContractContext } from '../contract/context.ts'
import { sendDetail } from '../contract/http.ts'
import { requireVisitor, type Visitor } from '../contract/visitor.ts'

export const notMember = 'You are not a member of this room'
export const unknownRoom = 'Chat room not found'

/** Who asks for which room; a room that is unknown or hidden is 404 (contracts.md §3). */
export function requireRoom(
  context: ContractContext,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<Visitor | undefined> {
  return requireVisitor(context, request, reply, () => sendDetail(reply, 404, unknownRoom))
}

/** The same for what only members do: 403 comes after 404. */
export async function requireMember(
  context: ContractContext,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<Visitor | undefined> {
  const visitor = await requireRoom(context, request, reply)
  if (visitor === undefined || visitor.member !== null) return visitor
  await sendDetail(reply, 403, notMember)
  return undefined
}
