import {
  accountId,
  type ContractPaths,
  contractPart,
  list,
  object,
  schema,
  text,
  time,
  whole,
} from '../contract/openapi.ts'
import type { OpenapiPart } from '../native/openapi.ts'
import type { JsonObject } from '../native/schema-tree.ts'

const schemas = {
  Envelope: object({ success: { type: 'boolean' }, message: text, data: { type: 'object' } }),
  EnvelopeAccount: object({ id: whole, username: text, email: text }),
  EnvelopeMessage: object({ id: whole, text, sender_id: accountId, room_id: whole, created_at: time }),
  EnvelopeRoom: object({
    id: whole,
    name: text,
    creator_id: accountId,
    users: {
      ...list(schema('EnvelopeAccount')),
      description: 'Another account’s e-mail address is empty.',
    },
  }),
}

/** The envelope with this data. */
function envelope(data: JsonObject): JsonObject {
  return object({ success: { type: 'boolean', const: true }, message: text, data })
}

const login = { access_token: text, token_type: { type: 'string', const: 'bearer' } }
const roomName = envelope(object({ room_id: whole, room_name: text }))
const nothing = envelope({ type: 'object', maxProperties: 0 })
const notFound = { 404: 'Chat room not found' }
const forMembers = { ...notFound, 403: 'Access denied: You are not a member of this room' }

const paths: ContractPaths = {
  '/api/register': {
    post: {
      id: 'envelopeRegister',
      summary: 'Make an account; any string is an e-mail address here.',
      open: true,
      body: object({ username: text, email: text, password: text }),
      form: true,
      answer: schema('EnvelopeAccount'),
      refusals: { 400: 'Username already exists, or Email already exists' },
    },
  },
  '/api/login': {
    post: {
      id: 'envelopeLogin',
      summary: 'Log in.',
      open: true,
      body: object({ username: text, password: text }),
      form: true,
      answer: object({
        success: { type: 'boolean', const: true },
        message: text,
        data: object(login),
        ...login,
      }),
      refusals: { 401: 'Invalid credentials' },
    },
  },
  '/api/logout': {
    post: { id: 'envelopeLogout', summary: 'End the session; its sockets close.', answer: nothing },
  },
  '/api/delete': {
    delete: {
      id: 'envelopeDelete',
      summary: 'Delete the account; its messages stay, unnamed.',
      answer: nothing,
    },
  },
  '/api/chat/rooms': {
    post: {
      id: 'envelopeCreateRoom',
      summary: 'Make a public room; names may repeat here.',
      body: object({ name: text }),
      form: true,
      answer: schema('EnvelopeRoom'),
    },
    get: { id: 'envelopeListRooms', summary: 'All listed rooms.', answer: list(schema('EnvelopeRoom')) },
  },
  '/api/chat/rooms/{room_id}': {
    get: {
      id: 'envelopeGetRoom',
      summary: 'A room, for its members.',
      answer: schema('EnvelopeRoom'),
      refusals: forMembers,
    },
  },
  '/api/chat/rooms/{room_id}/join': {
    post: {
      id: 'envelopeJoin',
      summary: 'Become a member.',
      answer: roomName,
      refusals: {
        400: 'You are already a member of this room',
        403: 'You are banned from this room.',
        404: 'Room not found',
      },
    },
  },
  '/api/chat/rooms/{room_id}/leave': {
    post: {
      id: 'envelopeLeave',
      summary: 'Be a member no longer; the creator stays.',
      answer: roomName,
      refusals: {
        400: 'You are not a member of this room, or Room creator cannot leave. Delete the room instead.',
        404: 'Room not found',
      },
    },
  },
  '/api/chat/rooms/{room_id}/users': {
    get: {
      id: 'envelopeUsers',
      summary: 'The members, and who of them is online.',
      answer: envelope(
        object({ users: list(object({ id: whole, username: text, is_online: { type: 'boolean' } })) }),
      ),
      refusals: forMembers,
    },
  },
  '/api/chat/rooms/{room_id}/messages': {
    get: {
      id: 'envelopeMessages',
      summary: 'The newest messages, oldest first.',
      query: { limit: { type: 'integer', default: 100, description: 'Held to 1 to 1,000.' } },
      answer: list(schema('EnvelopeMessage')),
      refusals: forMembers,
    },
  },
}

/** Seed 004 in the document (contracts.md §5). */
export function envelopePart(): OpenapiPart {
  return contractPart(
    '004 envelope',
    'Accounts and rooms as seed 004 has them, errors in an envelope. The socket is `/ws/chat/{room_id}?token=`.',
    paths,
    schemas,
    'Envelope',
  )
}
