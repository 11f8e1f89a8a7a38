import assert from 'node:assert/strict'
import { type Answer, ask } from './rest.ts'

/** An account of seed 004 that is logged in. */
export interface Newcomer {
  readonly id: number
  readonly name: string
  readonly email: string
  readonly token: string
}

export const password = 'p'

/** Logs in by seed 004's route and gives the token. */
export async function logIn(server: { readonly url: string }, name: string): Promise<string> {
  const answer = await ask(server, 'POST', '/api/login', { body: { username: name, password } })
  assert.equal(answer.status, 200, answer.text)
  return answer.body.access_token
}

/** Registers and logs in by seed 004's routes. */
export async function newcomer(server: { readonly url: string }, name: string): Promise<Newcomer> {
  const email = `${name}'s`
  const answer = await ask(server, 'POST', '/api/register', { body: { username: name, email, password } })
  assert.equal(answer.status, 200, answer.text)
  return { id: answer.body.id, name, email, token: await logIn(server, name) }
}

/** Makes a room by seed 004's route; the others join it by theirs. Gives its id. */
export async function roomOf(
  server: { readonly url: string },
  creator: Newcomer,
  ...others: readonly Newcomer[]
): Promise<number> {
  const { token } = creator
  const made = await ask(server, 'POST', '/api/chat/rooms', {
    token,
    body: { name: `${creator.name}'s room` },
  })
  assert.equal(made.status, 200, made.text)
  for (const { token } of others) {
    const joined = await ask(server, 'POST', `/api/chat/rooms/${made.body.id}/join`, { token })
    assert.equal(joined.status, 200, joined.text)
  }
  return made.body.id
}

/** Sees that an answer is an error in the envelope. */
export function assertRefusal({ status, body, text }: Answer, expectedStatus: number, message: string): void {
  assert.equal(status, expectedStatus, text)
  assert.deepEqual(body, { success: false, message, data: {} })
}

/** Sees that an answer is `{"detail"}`, and a 401 one that says how to authenticate. */
export function assertDetail(
  { status, body, headers, text }: Answer,
  expectedStatus: number,
  detail: string,
) {
  assert.equal(status, expectedStatus, text)
  assert.deepEqual(body, { detail })
  assert.equal(headers.get('www-authenticate'), status === 401 ? 'Bearer' : null)
}
