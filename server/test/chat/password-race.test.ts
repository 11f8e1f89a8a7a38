import assert from 'node:assert/strict'
import { test } from 'node:test'
import { WebSocket } from 'ws'
import { NativeClient } from '../support/native-client.ts'
import { ask, register } from '../support/rest.ts'
import { startTestServer } from '../support/start-server.ts'

const old = 'correct horse'
const fresh = 'battery staple'

test('[AC38] [AC6] of those who log in with the old password while it is changed, nobody is in afterwards', async () => {
  await using server = await startTestServer()
  const made = await ask(server, 'POST', '/v1/accounts', { body: { name: 'ann', password: old } })
  const { token } = made.body
  const logIn = (password: string) => ask(server, 'POST', '/v1/sessions', { body: { name: 'ann', password } })
  const other = (await logIn(old)).body
  using socket = await NativeClient.open(server, { token: other.token })
  const before = Array.from({ length: 6 }, () => logIn(old))
  const change = ask(server, 'PUT', '/v1/account/password', {
    token,
    body: { password: old, newPassword: fresh },
  })
  const after = Array.from({ length: 6 }, () => logIn(old))
  assert.equal((await change).status, 204)
  for (const answer of await Promise.all([...before, ...after])) {
    if (answer.status === 401) continue
    // Let in before the change: and out by it.
    const account = await ask(server, 'GET', '/v1/account', { token: answer.body.token })
    assert.equal(account.status, 401)
  }
  assert.equal((await socket.closed).code, 4502)
  const { sessions } = (await ask(server, 'GET', '/v1/sessions', { token })).body
  assert.deepEqual(
    sessions.map(({ current }: { current: boolean }) => current),
    [true],
  )
  assert.equal((await logIn(old)).status, 401)
  assert.equal((await logIn(fresh)).status, 201)
})

test('[AC38] of two who change the password at once, one does', async () => {
  await using server = await startTestServer()
  const { token } = (await ask(server, 'POST', '/v1/accounts', { body: { name: 'ann', password: old } })).body
  const second = (await ask(server, 'POST', '/v1/sessions', { body: { name: 'ann', password: old } })).body
    .token
  const change = (by: string, newPassword: string) =>
    ask(server, 'PUT', '/v1/account/password', { token: by, body: { password: old, newPassword } })
  const answers = await Promise.all([change(token, 'first choice'), change(second, 'second choice')])
  const statuses = answers.map(({ status }) => status).sort((a, b) => a - b)
  assert.deepEqual(statuses, [204, 401])
})

test('[AC38] [CO11] who creates many rooms at once has as many as one may have', async () => {
  await using server = await startTestServer({ limits: { roomsPerAccount: 5 } })
  const { token } = await register(server, 'ann')
  const create = (i: number) => ask(server, 'POST', '/v1/rooms', { token, body: { name: `room ${i}` } })
  const answers = await Promise.all(Array.from({ length: 50 }, (_, i) => create(i)))
  assert.equal(answers.filter(({ status }) => status === 201).length, 5)
  assert.equal(answers.filter(({ body }) => body.code === 'limit_reached').length, 45)
})

test('[CO11] of many handshakes at once, as many are let in as an address may have', async () => {
  await using server = await startTestServer({ limits: { connectionsPerAddress: 3 } })
  const { token } = await register(server, 'ann')
  const url = `${server.url.replace('http', 'ws')}/ws/auth?token=${token}`
  const statuses = await Promise.all(
    Array.from({ length: 20 }, () => {
      const socket = new WebSocket(url)
      socket.on('error', () => {})
      return new Promise<number>((resolve) => {
        socket.on('open', () => resolve(101))
        socket.on('unexpected-response', (_, { statusCode = 0 }) => resolve(statusCode))
      })
    }),
  )
  const opened = statuses.filter((status) => status === 101).length
  assert.deepEqual([opened, statuses.filter((status) => status === 429).length], [3, 17])
})
