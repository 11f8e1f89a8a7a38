import { STATUS_CODES } from 'node:http'
import { type CommandType, commands, commandTypes } from '@parlance/protocol/commands'
import { errorCodes, retries } from '@parlance/protocol/error-codes'
import { errors } from '@parlance/protocol/errors'
import { routeOf } from '@parlance/protocol/http'
import type { Route } from '@parlance/protocol/route'
import type { TSchema } from 'typebox'
import type { PublicUrl } from '../site.ts'
import { type Fields, fieldsOf } from './fields.ts'
import { type Json, type JsonObject, modelTrees, schemaTree } from './schema-tree.ts'

/** What one family of routes adds to the document. */
export interface OpenapiPart {
  readonly tags: readonly { readonly name: string; readonly description: string }[]
  /** Path → method in lower case → operation. */
  readonly paths: Readonly<Record<string, JsonObject>>
  readonly components: Readonly<Record<string, JsonObject>>
}

/**
 * Joins the parts into one OpenAPI 3.1 document. A path of two parts keeps the methods of both. Without a public URL the
 * server is where the document was found.
 */
export function buildOpenapi(
  version: string,
  parts: readonly OpenapiPart[],
  publicUrl?: PublicUrl,
): JsonObject {
  const paths: Record<string, JsonObject> = {}
  const components: Record<string, JsonObject> = {}
  for (const part of parts) {
    for (const [path, methods] of Object.entries(part.paths)) paths[path] = { ...paths[path], ...methods }
    for (const [kind, named] of Object.entries(part.components))
      components[kind] = { ...components[kind], ...named }
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'Parlance',
      version,
      summary: 'A real-time chat server.',
      description: 'The same commands are spoken over the socket `/v1/socket`: see `/asyncapi.json`.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    ...(publicUrl !== undefined && { servers: [{ url: publicUrl.href }] }),
    tags: parts.flatMap((part) => part.tags.map((tag) => ({ ...tag }))),
    paths,
    components,
  }
}

const tags = {
  account: 'Accounts',
  guest: 'Guests, who enter open rooms only',
  session: 'Log-ins: tokens, their renewal and their end',
  user: 'Other accounts',
  room: 'Rooms: make, find, join, read',
  invite: 'Links into rooms',
  direct: 'Conversations of two',
  member: 'Members and their roles',
  message: 'Messages',
  reaction: 'Reactions',
  read: 'Read markers',
  typing: 'Who is typing',
  presence: 'Who is online',
}

/** The native API's part, made from the table of commands. */
export function nativePart(): OpenapiPart {
  const paths: Record<string, JsonObject> = {}
  for (const type of commandTypes) {
    const route = routeOf(type)
    if (route === undefined) continue
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: operationOf(type, route) }
  }
  return {
    tags: Object.entries(tags).map(([name, description]) => ({ name, description })),
    paths,
    components: {
      schemas: { ...modelTrees(), Problem: problemSchema },
      responses: failureResponses(),
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
        cookie: {
          type: 'apiKey',
          in: 'cookie',
          name: 'parlance',
          description:
            'For browsers; `__Host-parlance` behind TLS, `__Secure-parlance` under a path there. Changes need the right `Origin`.',
        },
      },
    },
  }
}

const problemSchema: JsonObject = {
  type: 'object',
  description: 'What went wrong (RFC 9457).',
  required: ['type', 'title', 'status', 'detail', 'code'],
  properties: {
    type: { type: 'string', const: 'about:blank' },
    title: { type: 'string', description: 'The name of the status.' },
    status: { type: 'integer' },
    detail: { type: 'string', description: 'One sentence for a person.' },
    code: { type: 'string', enum: [...errorCodes], description: 'The same as on the socket.' },
    retryAfterMs: { type: 'integer', minimum: 0, description: 'When the same request may succeed.' },
  },
}

function operationOf(type: CommandType, route: Route): JsonObject {
  const { summary, data } = commands[type]
  const { properties, required } = fieldsOf(type)
  const names = Object.keys(properties)
  const pathNames = names.filter((name) => route.path.includes(`{${name}}`))
  const otherNames = names.filter((name) => !pathNames.includes(name))
  const queryNames = route.method === 'GET' ? otherNames : []
  const bodyNames = route.method === 'GET' ? [] : otherNames
  const parameter = (name: string, place: string): JsonObject => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: schemaTree(properties[name]),
  })
  const parameters = [
    ...pathNames.map((name) => parameter(name, 'path')),
    ...queryNames.map((name) => parameter(name, 'query')),
    ...(type === 'message.send' ? [idempotencyKey] : []),
  ]
  const operation: JsonObject = {
    operationId: type.replace(/\.(\w)/g, (_match, letter: string) => letter.toUpperCase()),
    summary,
    tags: [type.split('.')[0] ?? type],
    security: securityOf(route),
    responses: { ...successes(type, route, data), ...failures(route, bodyNames.length > 0) },
  }
  if (parameters.length > 0) operation.parameters = parameters
  if (bodyNames.length > 0) {
    const isRequired = bodyNames.some((name) => required.includes(name))
    operation.requestBody = {
      required: isRequired,
      content: { 'application/json': { schema: bodySchema(fieldsOf(type), bodyNames) } },
    }
  }
  return operation
}

/** The empty one says that none is needed (OpenAPI 3.1, 4.8.30). */
function securityOf({ open, anonymous }: Route): Json {
  if (open === true) return []
  return [...(anonymous === true ? [{}] : []), { bearer: [] }, { cookie: [] }]
}

const idempotencyKey: JsonObject = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description: 'The same as `nonce`.',
  schema: { type: 'string', pattern: '^[A-Za-z0-9_-]{1,64}$' },
}

function bodySchema({ properties, required }: Fields, names: readonly string[]): JsonObject {
  return {
    type: 'object',
    properties: Object.fromEntries(names.map((name) => [name, schemaTree(properties[name])])),
    required: names.filter((name) => required.includes(name)),
  }
}

function successes(type: CommandType, { status }: Route, data: TSchema): JsonObject {
  if (status === 204) return { 204: { description: 'Done.' } }
  const content: Json = { 'application/json': { schema: schemaTree(data) } }
  const done: JsonObject = { [status]: { description: status === 201 ? 'Made.' : 'Done.', content } }
  return type === 'message.send'
    ? { ...done, 200: { description: 'It had been sent before.', content } }
    : done
}

/** The failures that a route can answer with; 405 and 408 are answered before there is a route. */
function failures({ open, path, method }: Route, hasBody: boolean): JsonObject {
  const statuses = new Set(errorCodes.map((code) => errors[code].status))
  statuses.delete(405)
  statuses.delete(408)
  if (open === true && !path.startsWith('/v1/sessions')) statuses.delete(401)
  if (method === 'GET') statuses.delete(409)
  if (!hasBody) for (const status of [413, 415] as const) statuses.delete(status)
  return Object.fromEntries(
    [...statuses].map((status) => [status, { $ref: `#/components/responses/${status}` }]),
  )
}

/** One response per status, with every code that has it. */
function failureResponses(): JsonObject {
  const byStatus = Map.groupBy(errorCodes, (code) => errors[code].status)
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => {
      const lines = codes.map((code) => `- \`${code}\`: ${errors[code].message}`)
      const response: JsonObject = {
        description: [`${STATUS_CODES[status]}`, '', ...lines].join('\n'),
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      }
      const headers = headersOf(
        status,
        codes.some((code) => retries[code]),
      )
      if (Object.keys(headers).length > 0) response.headers = headers
      return [String(status), response]
    }),
  )
}

function headersOf(status: number, isRetry: boolean): JsonObject {
  const headers: JsonObject = {}
  if (status === 401) headers['WWW-Authenticate'] = { schema: { type: 'string', const: 'Bearer' } }
  if (isRetry) headers['Retry-After'] = { schema: { type: 'integer' }, description: 'Seconds.' }
  if (status === 429) headers.RateLimit = { schema: { type: 'string' } }
  return headers
}
