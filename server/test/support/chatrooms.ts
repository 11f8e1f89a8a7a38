import assert from 'node:assert/strict'
import { type Answer, ask } from './rest.ts'

type Where = { readonly url: string }

/** UTC with an offset, to the millisecond (contracts.md §0). */
const timestamp = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00$/

let rooms = 0

/** Makes a room by seed 003's route. Gives its id. */
export async function openRoom(server: Where, name = `chatroom ${++rooms}`): Promise<number> {
  const made = await ask(server, 'POST', '/chatrooms', { body: { name } })
  assert.equal(made.status, 200, made.text)
  assert.deepEqual(made.body, { id: made.body.id, name })
  return made.body.id
}

/** Sends a message by seed 003's route. */
export function post(server: Where, room: number | string, body: unknown): Promise<Answer> {
  return ask(server, 'POST', `/chatrooms/${room}/messages`, { body })
}

/** What `GET /chatrooms/{id}/messages` answers. */
export async function messagesOf(server: Where, room: number, query = '') {
  const answer = await ask(server, 'GET', `/chatrooms/${room}/messages${query}`)
  assert.equal(answer.status, 200, answer.text)
  return answer.body
}

/** The names in a place, which are counted. */
export async function usersOf(server: Where, room: number | string): Promise<readonly string[]> {
  const answer = await ask(server, 'GET', `/chatrooms/${encodeURIComponent(room)}/users`)
  assert.equal(answer.status, 200, answer.text)
  const { users } = answer.body
  assert.deepEqual(answer.body, { room_id: String(room), user_count: users.length, users })
  return users
}

/** Sees that this is the message as REST answers and acks show it. */
export function assertStored(
  stored: Readonly<Record<string, unknown>>,
  room: number,
  sender: string,
  text: string,
): void {
  const { id, timestamp: at, ...told } = stored
  assert.deepEqual(told, { sender, content: text, message: text, chatroom_id: room, room_id: room })
  assert.ok(Number.isSafeInteger(id))
  assert.match(String(at), timestamp)
}

/** Sees that this is the data of `new_message`, and nothing else. */
export function assertNewMessage(
  data: Readonly<Record<string, unknown>>,
  room: number,
  sender: string,
  text: string,
): void {
  const { id, timestamp: at, ...told } = data
  assert.deepEqual(told, { room_id: room, sender, content: text, message: text })
  assert.ok(Number.isSafeInteger(id))
  assert.match(String(at), timestamp)
}
