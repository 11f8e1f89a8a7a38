import {
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

const schemas = {
  Chatroom: object({ id: whole, name: text }),
  ChatroomMessage: object({
    id: whole,
    sender: text,
    content: text,
    message: { ...text, description: 'The same as `content`.' },
    timestamp: time,
    chatroom_id: whole,
    room_id: whole,
  }),
}

const said = { sender: text, message: text, content: { ...text, description: 'Instead of `message`.' } }

const paths: ContractPaths = {
  '/chatrooms': {
    post: {
      id: 'chatroomsCreate',
      summary: 'Make an open room; the name comes in the body or the query.',
      open: true,
      query: { name: text },
      body: object({ name: text }),
      form: true,
      answer: schema('Chatroom'),
      refusals: { 400: 'Chatroom … already exists' },
    },
    get: { id: 'chatroomsList', summary: 'All open rooms.', open: true, answer: list(schema('Chatroom')) },
  },
  '/chatrooms/{room_id}/messages': {
    get: {
      id: 'chatroomsMessages',
      summary: 'Messages, oldest first.',
      open: true,
      query: {
        limit: { ...whole, description: 'Only the newest so many.' },
        before_id: { ...whole, description: 'Only those before this message.' },
      },
      answer: list(schema('ChatroomMessage')),
      refusals: { 404: 'Chatroom not found' },
    },
    post: {
      id: 'chatroomsSend',
      summary: 'Send a message; the fields come in the body or the query.',
      open: true,
      query: said,
      body: object(said, []),
      form: true,
      answer: schema('ChatroomMessage'),
      refusals: { 400: 'Missing sender or content', 404: 'Chatroom not found' },
    },
  },
  '/chatrooms/{room_id}/users': {
    get: {
      id: 'chatroomsUsers',
      summary: 'The names of those who joined by Socket.IO.',
      open: true,
      answer: object({ room_id: text, user_count: whole, users: list(text) }),
    },
  },
}

/** Seed 003 in the document (contracts.md §4). */
export function chatroomsPart(): OpenapiPart {
  return contractPart(
    '003 chatrooms',
    'Open rooms without accounts as seed 003 has them. Live by Socket.IO at `/socket.io/`.',
    paths,
    schemas,
  )
}
