import type { RoomId } from '@parlance/protocol/models'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { ownRooms } from '../../chat/access.ts'
import { authenticate } from '../../chat/sessions.ts'
import type { ContractContext } from '../contract/context.ts'
import { bearerOf } from '../contract/http.ts'

/**
 * How many connections there are, of all dialects, and how many in each room of whoever asks (contracts.md §3). Nobody
 * has to say who they are: a token that is not good is none.
 */
export function connectionRoutes(app: FastifyInstance, context: ContractContext): void {
  const { hub } = context
  for (const path of ['/api/connections', '/connections']) {
    app.get(path, async (request, reply) => {
      const count = hub.connections.size
      return reply.send({
        total_connections: count,
        active_connections: count,
        connections_by_room: await byRoom(context, request),
      })
    })
  }
}

/** The rooms that nobody listens to are left out. */
async function byRoom(
  { chat, hub, peerOf }: ContractContext,
  request: FastifyRequest,
): Promise<Record<RoomId, number>> {
  const token = bearerOf(request)
  const actor = token === undefined ? undefined : await authenticate(chat, token, peerOf(request.raw).address)
  if (actor === undefined || 'ok' in actor) return {}
  const counts: Record<RoomId, number> = {}
  for (const { id, visibility } of await ownRooms(chat, actor)) {
    if (visibility !== 'open' && visibility !== 'public') continue
    const count = hub.listenerCount(id)
    if (count > 0) counts[id] = count
  }
  return counts
}
