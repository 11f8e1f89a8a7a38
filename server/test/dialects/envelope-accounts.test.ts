import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { ContractClient } from '../support/contract-client.ts'
import { assertDetail, assertRefusal, logIn, newcomer, password, roomOf } from '../support/envelope.ts'
import { ask } from '../support/rest.ts'
import { startTestServer, type TestServer } from '../support/start-server.ts'

let server: TestServer

before(async () => {
  server = await startTestServer()
})

after(() => server[Symbol.asyncDispose]())

const register = (body: unknown) => ask(server, 'POST', '/api/register', { body })

describe('POST /api/register', () => {
  it('[004 POST /api/register 200] answers with the bare account', async () => {
    const { status, body, headers } = await register({ username: 'ada', email: 'ada@example.com', password })
    assert.equal(status, 200)
    assert.equal(typeof body.id, 'number')
    assert.deepEqual(body, { id: body.id, username: 'ada', email: 'ada@example.com' })
    assert.equal(headers.get('cache-control'), 'no-store')
  })

  it('[004 POST /api/register 200] takes any string as an e-mail address, and any as a password', async () => {
    for (const email of ['', 'no address', '🙂@', '<a@b>']) {
      const username = `any${email.length}`
      const { status, body, text } = await register({ username, email, password: '' })
      assert.equal(status, 200, text)
      assert.equal(body.email, email)
      const entered = await ask(server, 'POST', '/api/login', { body: { username, password: '' } })
      assert.equal(entered.status, 200)
    }
  })

  it('[004 POST /api/register 200] gives an account that is the same on the native API', async () => {
    const { id, token } = await newcomer(server, 'native too')
    const { body } = await ask(server, 'GET', '/v1/account', { token })
    assert.equal(body.id, id)
    assert.equal(body.name, 'native too')
  })

  it('[004 POST /api/register 400] refuses a name that exists, and then an address that exists', async () => {
    await register({ username: 'twin', email: 'twin@example.com', password })
    const sameName = await register({ username: 'twin', email: 'twin@example.com', password })
    assertRefusal(sameName, 400, 'Username already exists')
    const sameEmail = await register({ username: 'other', email: 'twin@example.com', password })
    assertRefusal(sameEmail, 400, 'Email already exists')
    const composed = await register({ username: ' zoe\u0308 ', email: 'z1', password })
    assert.equal(composed.body.username, 'zo\u00eb')
    assertRefusal(
      await register({ username: 'zo\u00eb', email: 'z2', password }),
      400,
      'Username already exists',
    )
  })

  it('[004 POST /api/register 400] lets exactly one of many at once have a name', async () => {
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        register({ username: 'race', email: `race${index}`, password }),
      ),
    )
    assert.deepEqual(answers.map(({ status }) => status).sort(), [200, ...Array(7).fill(400)])
  })

  it('[004 POST /api/register 422] tells each field that is missing', async () => {
    const { status, body } = await register({ username: 'half' })
    assert.equal(status, 422)
    const fault = { type: 'missing', msg: 'Field required', input: { username: 'half' } }
    assert.deepEqual(body, {
      detail: [
        { ...fault, loc: ['body', 'email'] },
        { ...fault, loc: ['body', 'password'] },
      ],
    })
  })

  it('[004 POST /api/register 422] wants strings', async () => {
    for (const input of [{ $regex: '.' }, ['a'], 7, null, true]) {
      const { status, body } = await register({ username: input, email: 'e', password })
      assert.equal(status, 422)
      const msg = 'Input should be a valid string'
      assert.deepEqual(body.detail, [{ type: 'string_type', loc: ['body', 'username'], msg, input }])
    }
  })

  it('[004 POST /api/register 422] refuses names that nobody could read, or that the server speaks by', async () => {
    for (const username of ['', '  ', 'a\u0007b', 'System', 'server', 'guest', 'Deleted user']) {
      const { status, body } = await register({ username, email: `e${username}`, password })
      assert.equal(status, 422, username)
      assert.equal(body.detail[0].type, 'value_error')
      assert.deepEqual(body.detail[0].loc, ['body', 'username'])
      assert.match(body.detail[0].msg, /^Value error, /)
    }
    const long = await register({ username: 'x'.repeat(65), email: 'longer', password })
    assert.deepEqual([long.status, long.body.detail[0].type], [422, 'string_too_long'])
    assert.equal((await register({ username: 'x'.repeat(64), email: 'long', password })).status, 200)
  })
})

describe('POST /api/login', () => {
  before(() => newcomer(server, 'grace'))

  for (const [kind, headers, body] of [
    ['JSON', { 'content-type': 'application/json' }, JSON.stringify({ username: 'grace', password })],
    [
      'a form',
      { 'content-type': 'application/x-www-form-urlencoded' },
      `username=grace&password=${password}`,
    ],
  ] as const) {
    it(`[004 POST /api/login 200] takes ${kind} and gives the token in the envelope and beside it`, async () => {
      const response = await fetch(`${server.url}/api/login`, { method: 'POST', headers, body })
      const answer: { readonly access_token: string } = JSON.parse(await response.text())
      assert.equal(response.status, 200)
      const { access_token } = answer
      assert.match(access_token, /^[\w-]+\.[\w-]+\.[\w-]+$/)
      const data = { access_token, token_type: 'bearer' }
      assert.deepEqual(answer, { success: true, message: 'Login successful', data, ...data })
      assert.equal((await ask(server, 'GET', '/api/chat/rooms', { token: access_token })).status, 200)
    })
  }

  it('[004 POST /api/login 401] says the same of a wrong password and of an unknown name', async () => {
    for (const body of [
      { username: 'grace', password: 'wrong' },
      { username: 'nobody', password },
      { username: '__proto__', password },
    ]) {
      const answer = await ask(server, 'POST', '/api/login', { body })
      assertRefusal(answer, 401, 'Invalid credentials')
      assert.equal(answer.headers.get('www-authenticate'), 'Bearer')
    }
  })

  it('[004 POST /api/login 422] wants both fields, as strings', async () => {
    const missing = await ask(server, 'POST', '/api/login', { body: { username: 'grace' } })
    assert.equal(missing.status, 422)
    assert.deepEqual(missing.body.detail[0].loc, ['body', 'password'])
    const wrong = await ask(server, 'POST', '/api/login', {
      body: { username: 'grace', password: { $ne: '' } },
    })
    assert.equal(wrong.status, 422)
    assert.equal(wrong.body.detail[0].type, 'string_type')
  })

  it('[§0 limits] answers too many attempts with 429, a detail and Retry-After', async () => {
    await using limited = await startTestServer({ limits: { loginsPerMinute: 2, registrationsPerHour: 1 } })
    await newcomer(limited, 'slow')
    const attempt = () =>
      ask(limited, 'POST', '/api/login', { body: { username: 'slow', password: 'wrong' } })
    assertRefusal(await attempt(), 401, 'Invalid credentials')
    assertRefusal(await attempt(), 401, 'Invalid credentials')
    const over = await attempt()
    assertDetail(over, 429, 'Too many log-ins. Try again later.')
    assert.match(over.headers.get('retry-after') ?? '', /^[1-9]\d*$/)
    const another = await ask(limited, 'POST', '/api/register', {
      body: { username: 'next', email: 'n', password },
    })
    assertDetail(another, 429, 'Too many registrations. Try again later.')
  })
})

describe('POST /api/logout', () => {
  it('[004 POST /api/logout 200] really ends the session, for every contract', async () => {
    const { token } = await newcomer(server, 'linus')
    const { status, body } = await ask(server, 'POST', '/api/logout', { token })
    assert.equal(status, 200)
    assert.deepEqual(body, { success: true, message: 'Successfully logged out', data: {} })
    assertDetail(
      await ask(server, 'GET', '/api/chat/rooms', { token }),
      401,
      'Could not validate credentials',
    )
    assert.equal((await ask(server, 'GET', '/v1/account', { token })).status, 401)
  })

  it('[004 POST /api/logout 200] closes the sockets of this session with 1008, and no others', async () => {
    const person = await newcomer(server, 'barbara')
    const room = await roomOf(server, person)
    const second = await logIn(server, person.name)
    using ending = await ContractClient.open(server, `/ws/chat/${room}?token=${person.token}`)
    using staying = await ContractClient.open(server, `/ws/chat/${room}?token=${second}`)
    await staying.next()
    assert.equal((await ask(server, 'POST', '/api/logout', { token: person.token })).status, 200)
    assert.equal((await ending.closed).code, 1008)
    staying.send({ text: 'still here' })
    assert.equal((await staying.until(({ type }) => type === 'new_message')).at(-1).text, 'still here')
  })

  it('[004 POST /api/logout 401] needs a token that is good', async () => {
    assertDetail(await ask(server, 'POST', '/api/logout'), 401, 'Not authenticated')
    const forged = await ask(server, 'POST', '/api/logout', { token: 'a.b.c' })
    assertDetail(forged, 401, 'Could not validate credentials')
  })
})

describe('DELETE /api/delete', () => {
  it('[004 DELETE /api/delete 200] frees name and e-mail and voids every token', async () => {
    const { token } = await newcomer(server, 'alice')
    const second = await logIn(server, 'alice')
    const { status, body } = await ask(server, 'DELETE', '/api/delete', { token })
    assert.equal(status, 200)
    assert.deepEqual(body, { success: true, message: "User 'alice' deleted successfully", data: {} })
    for (const void_ of [token, second]) {
      const answer = await ask(server, 'GET', '/api/chat/rooms', { token: void_ })
      assertDetail(answer, 401, 'Could not validate credentials')
    }
    const again = await ask(server, 'POST', '/api/login', { body: { username: 'alice', password } })
    assertRefusal(again, 401, 'Invalid credentials')
    await newcomer(server, 'alice')
  })

  it('[004 DELETE /api/delete 200] closes all sockets with 1008 and tells the room once', async () => {
    const [stays, goes] = [await newcomer(server, 'stays'), await newcomer(server, 'goes')]
    const room = await roomOf(server, stays, goes)
    using watching = await ContractClient.open(server, `/ws/chat/${room}?token=${stays.token}`)
    using one = await ContractClient.open(server, `/ws/chat/${room}?token=${goes.token}`)
    using two = await ContractClient.open(server, `/ws/chat/${room}?token=${await logIn(server, 'goes')}`)
    await watching.take(3)
    await ask(server, 'DELETE', '/api/delete', { token: goes.token })
    assert.equal((await one.closed).code, 1008)
    assert.equal((await two.closed).code, 1008)
    watching.send({ text: 'marker' })
    const frames = await watching.until(({ type }) => type === 'new_message')
    assert.deepEqual(
      frames.map(({ type, user_id, action }) => [type, user_id, action]),
      [
        ['user_activity', goes.id, 'left'],
        ['new_message', undefined, undefined],
      ],
    )
  })

  it('[004 DELETE /api/delete 200] leaves the messages under a tombstone', async () => {
    const [stays, goes] = [await newcomer(server, 'keeper'), await newcomer(server, 'ghost')]
    const room = await roomOf(server, goes, stays)
    await ask(server, 'POST', `/v1/rooms/${room}/messages`, { token: goes.token, body: { text: 'remember' } })
    await ask(server, 'DELETE', '/api/delete', { token: goes.token })
    const said = await ask(server, 'GET', `/api/chat/rooms/${room}/messages`, { token: stays.token })
    assert.equal(said.body[0].text, 'remember')
    const seen = await ask(server, 'GET', `/api/chat/rooms/${room}`, { token: stays.token })
    assert.equal(seen.body.creator_id, null)
    assert.deepEqual(
      seen.body.users.map(({ username }: { username: string }) => username),
      ['keeper'],
    )
    const native = await ask(server, 'GET', `/v1/rooms/${room}/messages`, { token: stays.token })
    assert.equal(native.body.messages[0].author.kind, 'deleted')
    assert.doesNotMatch(native.text, /ghost/)
  })

  it('[004 DELETE /api/delete 401] needs a token that is good', async () => {
    assertDetail(await ask(server, 'DELETE', '/api/delete'), 401, 'Not authenticated')
    const headers = { authorization: 'Basic YTpi' }
    assertDetail(await ask(server, 'DELETE', '/api/delete', { headers }), 401, 'Not authenticated')
  })
})

it('[004 POST /api/login] no password and no token reaches a log', async () => {
  const secret = 'canary-of-a-password'
  await register({ username: 'quiet', email: 'q', password: secret })
  const { body } = await ask(server, 'POST', '/api/login', { body: { username: 'quiet', password: secret } })
  await ask(server, 'POST', '/api/logout', { token: body.access_token })
  assert.ok(server.logged.length > 0)
  const logged = server.logged.join('')
  assert.doesNotMatch(logged, /canary-of-a-password/)
  assert.ok(!logged.includes(body.access_token))
})
