import type { FastifyInstance } from 'fastify'
import { addContractBodies } from '../contract/bodies.ts'
import type { ContractContext } from '../contract/context.ts'
import { accountRoutes } from './account-routes.ts'
import { memberRoutes } from './member-routes.ts'
import { roomRoutes } from './room-routes.ts'

/** The REST side of seed 004 (contracts.md §5). */
export function envelopeRoutes(app: FastifyInstance, context: ContractContext): void {
  addContractBodies(app)
  // Answers are for whoever asked, and change.
  app.addHook('onRequest', async (_request, reply) => void reply.header('cache-control', 'no-store'))
  accountRoutes(app, context)
  roomRoutes(app, context)
  memberRoutes(app, context)
}
