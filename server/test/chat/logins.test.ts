import assert from 'node:assert/strict'
import { argon2Sync, randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { defaultLimits } from '@parlance/protocol/limits'
import { createAccount } from '../../src/chat/accounts.ts'
import { Passwords } from '../../src/chat/passwords.ts'
import { logIn } from '../../src/chat/sessions.ts'
import { openSqliteStore } from '../../src/store/sqlite.ts'
import { chatOver } from '../support/chat-over.ts'
import { ManualClock } from '../support/manual-clock.ts'
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

/** A log-in by each door, from an address of its own choice. */
const doors = {
  '/v1/sessions': (name: string, password: string) => ({ name, password }),
  '/api/token': (username: string, password: string) => ({ username, password }),
  '/api/login': (username: string, password: string) => ({ username, password }),
}

for (const [path, bodyOf] of Object.entries(doors)) {
  test(`[AC7] [AC25] POST ${path}: what one address guesses keeps nobody out at another`, async () => {
    await using server = await startTestServer({
      limits: { loginsPerMinute: 5 },
      trustedProxies: ['127.0.0.1'],
    })
    await ask(server, 'POST', '/api/users/', {
      body: { username: 'ann', email: 'ann@example.com', password: 'correct horse' },
    })
    const statusOf = async (from: string, name: string, password: string) => {
      const headers = { 'x-forwarded-for': from }
      return (await ask(server, 'POST', path, { body: bodyOf(name, password), headers })).status
    }
    // By any spelling, and by the address, it is one account.
    const names = ['ann', 'ANN', 'ann@example.com', 'Ann@Example.com', ' a\u00adnn ']
    for (const name of names) assert.equal(await statusOf('192.0.2.1', name, 'wrong'), 401)
    assert.equal(await statusOf('192.0.2.1', 'ANN@example.com', 'correct horse'), 429)
    const isIn = path === '/v1/sessions' ? 201 : 200
    assert.equal(await statusOf('192.0.2.2', 'ann', 'correct horse'), isIn)
    // One customer's IPv6 network is one address.
    for (let i = 1; i <= 5; i += 1) assert.equal(await statusOf(`2001:db8::${i}`, 'ann', 'wrong'), 401)
    assert.equal(await statusOf('2001:db8::6', 'ann', 'correct horse'), 429)
    assert.equal(await statusOf('2001:db8:0:1::1', 'ann', 'correct horse'), isIn)
  })
}

test('[AC7] [AC25] what many addresses guess together is bounded, and keeps nobody out where they are logged in', async () => {
  await using store = await openSqliteStore(':memory:')
  const clock = new ManualClock()
  const chat = { ...chatOver(store, clock), limits: { ...defaultLimits, loginsPerMinute: 1 } }
  const anonymous = (address: string) => ({ kind: 'anonymous', id: null, name: '', address }) as const
  const made = await createAccount(chat, anonymous('203.0.113.1'), { name: 'ann', password: 'correct horse' })
  assert.ok(made.ok)
  const codeOf = async (address: string, password: string, name = 'ann') => {
    const result = await logIn(chat, anonymous(address), { name, password })
    return result.ok ? 'ok' : result.code
  }
  for (const name of ['ann', 'nobody']) {
    for (let i = 0; i < 20; i += 1)
      assert.equal(await codeOf(`192.0.2.${i}`, 'wrong', name), 'bad_credentials')
    assert.equal(await codeOf('198.51.100.1', 'correct horse', name), 'rate_limited')
  }
  assert.equal(await codeOf('203.0.113.1', 'correct horse'), 'ok')
  // It is still bounded there.
  assert.equal(await codeOf('203.0.113.1', 'wrong'), 'bad_credentials')
  assert.equal(await codeOf('203.0.113.1', 'correct horse'), 'rate_limited')
})

test('[AC21] log-ins at once get in while the hash of their account is made anew', async () => {
  await using store = await openSqliteStore(':memory:')
  const clock = new ManualClock()
  const chat = chatOver(store, clock)
  const password = 'pa\u0308sswo\u0308rd'
  const salt = randomBytes(16)
  const message = password.normalize('NFC')
  const tag = argon2Sync('argon2id', {
    message,
    nonce: salt,
    memory: 1_024,
    passes: 1,
    parallelism: 1,
    tagLength: 32,
  })
  const base64 = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '')
  const hashes = {
    'with other parameters': `$argon2id$v=19$m=1024,t=1,p=1$${base64(salt)}$${base64(tag)}`,
    'of what was typed': await chat.passwords.hash(password),
  }
  for (const [name, passwordHash] of Object.entries(hashes)) {
    const at = clock.timestamp()
    const made = await store.users.create({ name, kind: 'user', email: null, passwordHash, at })
    assert.ok(made.ok)
    const enter = (typed: string) =>
      logIn(chat, { kind: 'anonymous', id: null, name: '', address: '127.0.0.1' }, { name, password: typed })
    const results = await Promise.all([enter(password), enter(password), enter('wrong'), enter(password)])
    assert.deepEqual(
      results.map(({ ok }) => ok),
      [true, true, false, true],
      name,
    )
    assert.notEqual((await store.users.get(made.user.id))?.passwordHash, passwordHash, name)
  }
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
