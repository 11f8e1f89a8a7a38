import type { FastifyRequest } from 'fastify'
import { readBody } from '../contract/bodies.ts'
import { Fields } from '../contract/fields.ts'

/** The fields of a request, which come in its body or its query; where in both, the body's count (contracts.md §4). */
export function requestFields(request: FastifyRequest): Fields {
  const query = lastOfEach(request.query as Readonly<Record<string, unknown>>)
  if (request.body === undefined || request.body === null)
    return new Fields({ kind: 'fields', fields: query })
  const body = readBody(request)
  return new Fields(body.kind === 'fault' ? body : { kind: 'fields', fields: { ...query, ...body.fields } })
}

/** A name that is repeated has its last value. */
function lastOfEach(query: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(query).map(([name, value]) => [name, Array.isArray(value) ? value.at(-1) : value]),
  )
}
