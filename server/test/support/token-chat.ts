import assert from 'node:assert/strict'
import { ContractClient } from './contract-client.ts'
import { type Answer, ask } from './rest.ts'

type Where = { readonly url: string }

/** An account of seed 002 with a token. */
export interface Holder {
  readonly id: number
  readonly name: string
  readonly email: string
  readonly token: string
}

/** UTC with an offset, to the millisecond (contracts.md §0). */
export const timestamp = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00$/

export const password = 'secret'

let rooms = 0

/** Registers and logs in by seed 002's routes, by form as its clients do. */
export async function holder(server: Where, name: string): Promise<Holder> {
  const email = `${name}@example.com`
  const made = await ask(server, 'POST', '/api/users/', { body: { username: name, email, password } })
  assert.equal(made.status, 200, made.text)
  return { id: made.body.id, name, email, token: await tokenOf(server, name) }
}

export async function tokenOf(server: Where, username: string): Promise<string> {
  const { status, body, text } = await sendForm(server, '/api/token', { username, password })
  assert.equal(status, 200, text)
  assert.deepEqual(Object.keys(body), ['access_token', 'token_type'])
  return body.access_token
}

/** Posts a form, as a page does. */
export async function sendForm(
  { url }: Where,
  path: string,
  fields: Readonly<Record<string, string>>,
): Promise<Answer> {
  const response = await fetch(`${url}${path}`, { method: 'POST', body: new URLSearchParams(fields) })
  const text = await response.text()
  return { status: response.status, headers: response.headers, text, body: JSON.parse(text) }
}

/** Makes a room by seed 002's route, which the others join by theirs. Gives its id. */
export async function madeRoom(
  server: Where,
  creator: Holder,
  ...others: readonly Holder[]
): Promise<number> {
  const name = `room ${++rooms}`
  const made = await ask(server, 'POST', '/api/rooms/', { token: creator.token, body: { name } })
  assert.equal(made.status, 200, made.text)
  for (const { token } of others) {
    const joined = await ask(server, 'POST', `/api/rooms/${made.body.id}/join`, { token })
    assert.equal(joined.status, 200, joined.text)
  }
  return made.body.id
}

/** A room that no contract shows: a private one, with a member. */
export async function hiddenRoom(server: Where, { token }: Holder): Promise<number> {
  const body = { name: `hidden ${++rooms}`, visibility: 'private' }
  const made = await ask(server, 'POST', '/v1/rooms', { token, body })
  assert.equal(made.status, 201, made.text)
  return made.body.id
}

/** A socket of `/ws/auth` that has heard its first frame. */
export async function authSocket(server: Where, { token, id, name }: Holder): Promise<ContractClient> {
  const client = await ContractClient.open(server, `/ws/auth?token=${token}`)
  const { client_id: clientId, ...frame } = await client.next()
  assert.deepEqual(frame, { type: 'connection_established', user_id: id, username: name })
  assert.match(clientId, /^\S{8,}$/)
  return client
}

/** A socket of `/ws/auth` that has come to a room, and has heard so. */
export async function joinedSocket(server: Where, who: Holder, room: number): Promise<ContractClient> {
  const client = await authSocket(server, who)
  client.send({ type: 'join_room', room_id: room })
  assert.equal((await client.next()).type, 'room_joined')
  assertAbout(await client.next(), 'user_joined', who, room)
  return client
}

/** A socket of `/ws/room/{id}` that has heard the history and its own coming. */
export async function roomSocket(server: Where, who: Holder, room: number): Promise<ContractClient> {
  const client = await ContractClient.open(server, `/ws/room/${room}?token=${who.token}`)
  assert.equal((await client.next()).type, 'message_history')
  assertAbout(await client.next(), 'user_joined', who, room)
  return client
}

type Json = Record<string, unknown>

/** Sees that a frame tells that this one joined, left, types or was lost, and nothing else. */
export function assertAbout(
  frame: Json,
  type: string,
  { id, name }: Pick<Holder, 'id' | 'name'>,
  room: number,
) {
  const { timestamp: at, ...told } = frame
  assert.deepEqual(told, { type, user_id: id, username: name, room_id: room })
  assert.match(String(at), timestamp)
}

/** Sees that a frame is this message, whole. */
export function assertMessage(
  frame: Json,
  { id, name }: Pick<Holder, 'id' | 'name'>,
  room: number,
  content: string,
) {
  const { id: message, timestamp: at, ...told } = frame
  assert.deepEqual(told, { type: 'message', content, user_id: id, username: name, room_id: room })
  assert.ok(Number.isSafeInteger(message))
  assert.match(String(at), timestamp)
}

/** Sends a frame and sees that the next one is this error. */
export async function assertError(client: ContractClient, sent: unknown, content: string): Promise<void> {
  client.send(sent)
  assert.deepEqual(await client.next(), { type: 'error', content })
}

/** Sees that nothing came: the answer to a ping is the next frame. Frames that are under way come before it. */
export async function assertSilent(client: ContractClient): Promise<void> {
  client.send({ type: 'ping' })
  assert.equal((await client.next()).type, 'pong')
}

/** Sees that an answer is `{"detail"}`, and a 401 one that says how to authenticate. */
export function assertDetail(
  { status, body, headers, text }: Answer,
  expected: number,
  detail: string,
): void {
  assert.equal(status, expected, text)
  assert.deepEqual(body, { detail })
  assert.equal(headers.get('www-authenticate'), status === 401 ? 'Bearer' : null)
}

/** Sees that an answer is 422 and tells this of one value. */
export function assertFault(
  { status, body, text }: Answer,
  {
    type,
    loc,
    msg,
  }: { readonly type: string; readonly loc: readonly (string | number)[]; readonly msg?: string },
): void {
  assert.equal(status, 422, text)
  assert.ok(Array.isArray(body.detail))
  for (const fault of body.detail) {
    for (const key of ['type', 'loc', 'msg', 'input']) assert.ok(key in fault, `${key} in ${text}`)
  }
  const fault = body.detail.find((one: Json) => JSON.stringify(one.loc) === JSON.stringify(loc))
  assert.equal(fault?.type, type, text)
  if (msg !== undefined) assert.equal(fault.msg, msg)
}
