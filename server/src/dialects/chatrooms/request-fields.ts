import type { FastifyRequest } from 'fastify'
import { Fields } from '../contract/fields.ts'
import { readBody } from '../contract/http.ts'

/** The fields of a request, which come in its body or its query; where in both, the body's count (contracts.md §4). */
export function requestFields(request: FastifyRequest): Fields {
  const query = { ...(request.query as Readonly<Record<string, unknown>>) }
  if (request.body === undefined || request.body === null)
    return new Fields({ kind: 'fields', fields: query })
  const body = readBody(request)
  return new Fields(body.kind === 'fault' ? body : { kind: 'fields', fields: { ...query, ...body.fields } })
}
