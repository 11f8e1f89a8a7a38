import type { FastifyInstance } from 'fastify'
import type { ContractContext } from '../contract/context.ts'
import { addContractBodies } from '../contract/http.ts'

export function chatroomsRoutes(app: FastifyInstance, _context: ContractContext): void {
  addContractBodies(app)
}
