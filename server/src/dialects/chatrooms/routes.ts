import type { FastifyInstance } from 'fastify'
import { addContractBodies } from '../contract/bodies.ts'
import type { ContractContext } from '../contract/context.ts'
import { isFault, readRoomId, sendInvalid } from '../contract/http.ts'
import { messageRoutes } from './message-routes.ts'
import { placeOf } from './place.ts'
import { roomRoutes } from './room-routes.ts'
import type { Roster } from './roster.ts'

/** The REST half of contract 003 (contracts.md §4): nobody needs an account. */
export function chatroomsRoutes(app: FastifyInstance, context: ContractContext, roster: Roster): void {
  addContractBodies(app)
  roomRoutes(app, context)
  messageRoutes(app, context)
  app.get<{ Params: { room_id: string } }>('/chatrooms/:room_id/users', async ({ params }, reply) => {
    const id = readRoomId(params.room_id)
    if (isFault(id)) return sendInvalid(reply, [id])
    const key = placeOf(params.room_id)?.key ?? params.room_id
    const users = roster.names(key)
    return { room_id: key, user_count: users.length, users }
  })
}
