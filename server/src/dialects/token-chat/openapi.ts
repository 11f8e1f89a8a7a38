import type { OpenapiPart } from '../native/openapi.ts'
import type { Json, JsonObject } from '../native/schema-tree.ts'

const tag = '002 token chat'

/** What the routes of seed 002 are to clients (contracts.md §3): the contract is fixed, and so is this part. */
export function tokenChatPart(): OpenapiPart {
  return {
    tags: [{ name: tag, description: 'Accounts, rooms and messages as seed 002 has them' }],
    paths: {
      '/api/token': { post: logIn },
      '/api/users/': {
        post: operation('tokenChatRegister', 'Make an account', { body: 'NewUser', data: 'User' }),
      },
      '/api/users/me/': { get: operation('tokenChatMe', 'The own account', { data: 'User', isKnown: true }) },
      '/api/rooms/': {
        get: operation('tokenChatListRooms', 'Open and public rooms', {
          data: 'Room',
          isList: true,
          isKnown: true,
          parameters: page,
        }),
        post: operation('tokenChatMakeRoom', 'Make a room', { body: 'NewRoom', data: 'Room', isKnown: true }),
      },
      '/api/rooms/{room_id}': {
        get: operation('tokenChatGetRoom', 'One room', { data: 'Room', isKnown: true, parameters: [roomId] }),
      },
      '/api/rooms/{room_id}/join': {
        post: operation('tokenChatJoin', 'Join a room', {
          data: 'Done',
          isKnown: true,
          parameters: [roomId],
        }),
      },
      '/api/rooms/{room_id}/leave': {
        post: operation('tokenChatLeave', 'Leave a room', {
          data: 'Done',
          isKnown: true,
          parameters: [roomId],
        }),
      },
      '/api/rooms/{room_id}/messages': {
        get: operation('tokenChatHistory', 'The newest messages, oldest first', {
          data: 'Message',
          isList: true,
          isKnown: true,
          parameters: [roomId, ...page],
        }),
        post: operation('tokenChatSend', 'Send a message', {
          body: 'NewMessage',
          data: 'Message',
          isKnown: true,
          parameters: [roomId],
        }),
      },
      '/api/connections': { get: connections('tokenChatConnections') },
      '/connections': { get: connections('tokenChatConnectionsToo') },
    },
    components: {
      schemas: Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [named(name), schema])),
      securitySchemes: {
        password: { type: 'oauth2', flows: { password: { tokenUrl: '/api/token', scopes: {} } } },
      },
    },
  }
}

interface Shape {
  readonly body?: keyof typeof schemas
  readonly data: keyof typeof schemas
  readonly isList?: true
  readonly isKnown?: true
  readonly parameters?: readonly JsonObject[]
}

function operation(
  id: string,
  summary: string,
  { body, data, isList, isKnown, parameters = [] }: Shape,
): JsonObject {
  const one = reference(data)
  return {
    operationId: id,
    summary,
    tags: [tag],
    security: isKnown ? [{ password: [] }] : [],
    parameters: [...parameters],
    ...(body !== undefined && { requestBody: { required: true, content: json(reference(body)) } }),
    responses: {
      200: { description: 'Done.', content: json(isList ? { type: 'array', items: one } : one) },
      ...(isKnown && { 401: refusal('No good token.') }),
      '4XX': refusal('What the contract says of it.'),
      422: { description: 'A field does not fit.', content: json(reference('Faults')) },
    },
  }
}

function connections(id: string): JsonObject {
  const asked = operation(id, 'How many connections there are', { data: 'Connections' })
  return { ...asked, security: [{}, { password: [] }] }
}

function named(name: string): string {
  return `TokenChat${name}`
}

function reference(name: keyof typeof schemas): JsonObject {
  return { $ref: `#/components/schemas/${named(name)}` }
}

function json(schema: Json): JsonObject {
  return { 'application/json': { schema } }
}

function refusal(description: string): JsonObject {
  return { description, content: json(reference('Detail')) }
}

const text = { type: 'string' }
const textOrNull = { type: ['string', 'null'] }
const integer = { type: 'integer' }
const at = { type: 'string', format: 'date-time' }

function object(properties: JsonObject, required: string[] = Object.keys(properties)): JsonObject {
  return { type: 'object', required, properties }
}

const schemas = {
  Credentials: object({ username: text, password: { type: 'string', format: 'password' } }),
  Token: object({ access_token: text, token_type: { type: 'string', const: 'bearer' } }),
  NewUser: object({ username: text, email: { type: 'string', format: 'email' }, password: text }),
  User: object({ username: text, email: text, id: integer, is_active: { type: 'boolean' } }),
  NewRoom: object({ name: text, description: textOrNull }, ['name']),
  Room: object({ name: text, description: textOrNull, id: integer, created_at: at }),
  NewMessage: object({ content: text, room_id: integer }, ['content']),
  Message: object({
    content: text,
    room_id: integer,
    id: integer,
    created_at: at,
    user_id: { type: ['integer', 'null'], description: 'Null for a guest.' },
  }),
  Done: object({ message: text }),
  Connections: object({
    total_connections: integer,
    active_connections: integer,
    connections_by_room: { type: 'object', additionalProperties: integer },
  }),
  Detail: object({ detail: text }),
  Faults: object({
    detail: {
      type: 'array',
      items: object({
        type: text,
        loc: { type: 'array', items: { type: ['string', 'integer'] } },
        msg: text,
        input: {},
      }),
    },
  }),
}

const roomId: JsonObject = { name: 'room_id', in: 'path', required: true, schema: integer }

const page: readonly JsonObject[] = [
  { name: 'skip', in: 'query', required: false, schema: { type: 'integer', minimum: 0, default: 0 } },
  {
    name: 'limit',
    in: 'query',
    required: false,
    schema: { type: 'integer', minimum: 1, maximum: 1_000, default: 100 },
  },
]

/** Forms are for Swagger UI's "Authorize" and everyone else who speaks OAuth 2 (RFC 6749 §4.3.2). */
const logIn: JsonObject = {
  ...operation('tokenChatLogIn', 'Get a token', { data: 'Token' }),
  requestBody: {
    required: true,
    content: {
      'application/x-www-form-urlencoded': { schema: reference('Credentials') },
      'multipart/form-data': { schema: reference('Credentials') },
      ...json(reference('Credentials')),
    },
  },
}
