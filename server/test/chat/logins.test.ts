import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Passwords } from '../../src/chat/passwords.ts'
import { ask, assertProblem, register } from '../support/rest.ts'
import { startTestServer } from '../support/start-server.ts'

test('[AC7] wrong log-ins are throttled by account, right ones are not counted', async () => {
  await using server = await startTestServer({ limits: { loginsPerMinute: 5 } })
  await register(server, 'ann', 'correct horse')
  const logIn = (name: string, password: string) =>
    ask(server, 'POST', '/v1/sessions', { body: { name, password } })
  for (let i = 0; i < 7; i += 1) assert.equal((await logIn('ann', 'correct horse')).status, 201)
  for (let i = 0; i < 5; i += 1) assertProblem(await logIn('ann', 'wrong'), 401, 'bad_credentials')
  const refused = await logIn('ann', 'correct horse')
  assertProblem(refused, 429, 'rate_limited')
  assert.ok(Number(refused.headers.get('retry-after')) >= 1)
})

test('[AC7] wrong log-ins are throttled by address, over all names', async () => {
  await using server = await startTestServer({ limits: { loginsPerMinute: 5 } })
  // At once: tokens are taken before anything is hashed, and come back with time.
  const answers = await Promise.all(
    Array.from({ length: 21 }, (_, i) =>
      ask(server, 'POST', '/v1/sessions', { body: { name: `nobody${i}`, password: 'x' } }),
    ),
  )
  const statuses = answers.map(({ status }) => status).sort()
  assert.deepEqual(statuses, [...Array.from({ length: 20 }, () => 401), 429])
})

test('[AC8] an unknown name and a wrong password get the same answer', async () => {
  await using server = await startTestServer()
  await register(server, 'ann', 'correct horse')
  const wrong = await ask(server, 'POST', '/v1/sessions', { body: { name: 'ann', password: 'x' } })
  const unknown = await ask(server, 'POST', '/v1/sessions', { body: { name: 'bob', password: 'x' } })
  assert.deepEqual([wrong.status, wrong.body], [unknown.status, unknown.body])
})

test('[AC7] [AC8] argon2id as a PHC string; without a hash the same work is done', async () => {
  const passwords = new Passwords()
  const phc = await passwords.hash('correct horse')
  assert.match(phc, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/)
  assert.equal(await passwords.verify('correct horse', phc), true)
  assert.equal(await passwords.verify('Correct horse', phc), false)
  assert.equal(await passwords.verify('correct horse', null), false)
  assert.equal(await passwords.verify('correct horse', 'plain'), false)
  assert.equal(passwords.isStale(phc), false)
  assert.equal(passwords.isStale(phc.replace('t=2', 't=1')), true)
})

test('[AC7] the pool is bounded, and says so', async () => {
  const passwords = new Passwords(3)
  const work = Array.from({ length: 8 }, () => passwords.verify('x', null))
  assert.equal(passwords.full, true)
  await Promise.all(work)
  assert.equal(passwords.full, false)
})

test('[AC9] a refresh token is used once, but for a lost answer; used again it ends the session', async () => {
  await using server = await startTestServer()
  const { refreshToken, token } = await register(server, 'ann')
  const refresh = (value: string) =>
    ask(server, 'POST', '/v1/sessions/refresh', { body: { refreshToken: value } })
  const lost = await refresh(refreshToken)
  const next = await refresh(refreshToken)
  assert.equal(next.status, 200)
  assert.notEqual(next.body.refreshToken, lost.body.refreshToken)
  assert.equal((await ask(server, 'GET', '/v1/account', { token: next.body.token })).status, 200)
  const used = await refresh(next.body.refreshToken)
  assert.equal(used.status, 200)
  assertProblem(await refresh(refreshToken), 401, 'session_ended')
  assertProblem(await refresh(used.body.refreshToken), 401, 'session_ended')
  for (const old of [token, next.body.token]) {
    assertProblem(await ask(server, 'GET', '/v1/account', { token: old }), 401, 'session_ended')
  }
})

test('[CO11] registrations and guests per hour and address', async () => {
  await using server = await startTestServer({ limits: { registrationsPerHour: 2 } })
  await register(server, 'ann')
  assert.equal((await ask(server, 'POST', '/v1/guests', { body: { name: 'gus' } })).status, 201)
  const third = await ask(server, 'POST', '/v1/accounts', {
    body: { name: 'bob', password: 'correct horse' },
  })
  assertProblem(third, 429, 'rate_limited')
})
