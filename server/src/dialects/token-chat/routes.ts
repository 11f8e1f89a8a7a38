import type { FastifyInstance } from 'fastify'
import { addContractBodies } from '../contract/bodies.ts'
import type { ContractContext } from '../contract/context.ts'
import { accountRoutes } from './account-routes.ts'
import { connectionRoutes } from './connection-routes.ts'
import { messageRoutes } from './message-routes.ts'
import { roomRoutes } from './room-routes.ts'

/** The REST side of seed 002 (contracts.md §3). */
export function tokenChatRoutes(app: FastifyInstance, context: ContractContext): void {
  addContractBodies(app)
  // Answers are for whoever asked, and change.
  app.addHook('onRequest', async (_request, reply) => void reply.header('cache-control', 'no-store'))
  accountRoutes(app, context)
  roomRoutes(app, context)
  messageRoutes(app, context)
  connectionRoutes(app, context)
}
