import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { ask } from '../support/rest.ts'
import { startTestServer, type TestServer } from '../support/start-server.ts'
import { assertDetail, assertFault, holder, password, sendForm, tokenOf } from '../support/token-chat.ts'

let server: TestServer

before(async () => {
  server = await startTestServer()
})

after(() => server[Symbol.asyncDispose]())

const register = (body: unknown, path = '/api/users/') => ask(server, 'POST', path, { body })
const me = (token?: string, path = '/api/users/me/') => ask(server, 'GET', path, { token })
const form = (fields: Record<string, string>) => sendForm(server, '/api/token', fields)

describe('POST /api/users/', () => {
  it('[002 POST /api/users/ 200] answers with the account, with and without the slash', async () => {
    for (const path of ['/api/users/', '/api/users']) {
      const name = `ann${path.length}`
      const answer = await register({ username: name, email: `${name}@example.com`, password: 'p' }, path)
      assert.equal(answer.status, 200, answer.text)
      const { id, ...account } = answer.body
      assert.deepEqual(account, { username: name, email: `${name}@example.com`, is_active: true })
      assert.ok(Number.isSafeInteger(id) && id > 0)
    }
  })

  it('[002 POST /api/users/ 400] refuses a name or an e-mail that is registered, also elsewhere', async () => {
    const ben = await holder(server, 'ben')
    const email = 'other@example.com'
    assertDetail(await register({ username: 'ben', email, password }), 400, 'Username already registered')
    const again = { username: 'other', email: ben.email, password }
    assertDetail(await register(again), 400, 'Email already registered')
    const elsewhere = { username: 'cid', email: 'cid@example.com', password }
    assert.equal((await ask(server, 'POST', '/api/register', { body: elsewhere })).status, 200)
    assertDetail(await register({ ...elsewhere, email }), 400, 'Username already registered')
    assertDetail(await register({ ...elsewhere, username: 'dan' }), 400, 'Email already registered')
  })

  it('[002 POST /api/users/ 400] lets one of many at once have a name', async () => {
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, i) =>
        register({ username: 'race', email: `race${i}@example.com`, password }),
      ),
    )
    assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 400, 400, 400, 400, 400, 400, 400])
  })

  it('[002 POST /api/users/ 422] names each field that is missing', async () => {
    const answer = await register({})
    assert.equal(answer.status, 422)
    assert.deepEqual(
      answer.body.detail,
      ['username', 'email', 'password'].map((field) => ({
        type: 'missing',
        loc: ['body', field],
        msg: 'Field required',
        input: {},
      })),
    )
  })

  it('[002 POST /api/users/ 422] wants a real e-mail', async () => {
    const unreal = [
      '',
      'ann',
      '@',
      'ann@',
      '@example.com',
      'ann@localhost',
      'a b@example.com',
      'ann@exa mple.com',
    ]
    unreal.push('a..b@example.com', '.a@example.com', 'ann@-example.com', 'ann@example..com', 'ann@10.0.0.1')
    unreal.push('a@b@example.com', 'ann\n@example.com', `${'a'.repeat(65)}@example.com`, 'ann@example. com')
    for (const email of unreal) {
      const answer = await register({ username: 'unreal', email, password })
      assertFault(answer, { type: 'value_error', loc: ['body', 'email'] })
      assert.match(answer.body.detail[0].msg, /^value is not a valid email address: [A-Z].*\.$/)
      assert.equal(answer.body.detail[0].input, email)
    }
    const real = [
      'a.b+c@sub.example.co.uk',
      "o'hara@example.com",
      'jürgen@bücher.example',
      'x@1and1.com',
      '_@a.io',
    ]
    for (const [i, email] of real.entries()) {
      const answer = await register({ username: `real${i}`, email, password })
      assert.equal(answer.status, 200, answer.text)
      assert.equal(answer.body.email, email)
    }
    const spaced = await register({ username: 'spaced', email: ' spaced@Example.com\n', password })
    assert.deepEqual([spaced.status, spaced.body.email], [200, 'spaced@example.com'])
  })

  it('[002 POST /api/users/ 422] refuses values of another type, and names that do not show', async () => {
    const good = { username: 'typed', email: 'typed@example.com', password }
    for (const value of [1, null, true, [], {}, { $regex: '.' }, ['typed']]) {
      for (const field of ['username', 'email', 'password']) {
        const answer = await register({ ...good, [field]: value })
        assertFault(answer, {
          type: 'string_type',
          loc: ['body', field],
          msg: 'Input should be a valid string',
        })
      }
    }
    for (const username of ['', '  ', 'a\u0000b', 'system', 'Server']) {
      assertFault(await register({ ...good, username }), { type: 'value_error', loc: ['body', 'username'] })
    }
    assertFault(await register({ ...good, username: 'x'.repeat(65) }), {
      type: 'string_too_long',
      loc: ['body', 'username'],
      msg: 'String should have at most 64 characters',
    })
    assert.equal((await register({ ...good, username: 'Ünï çødé 🙂', password: '' })).status, 200)
  })
})

describe('POST /api/token', () => {
  it('[002 POST /api/token 200] takes a form and JSON, with and without the slash', async () => {
    await holder(server, 'eve')
    for (const path of ['/api/token', '/api/token/']) {
      const answer = await ask(server, 'POST', path, { body: { username: 'eve', password } })
      assert.equal(answer.status, 200, answer.text)
      assert.deepEqual(Object.keys(answer.body), ['access_token', 'token_type'])
      assert.equal(answer.body.token_type, 'bearer')
      assert.equal((await me(answer.body.access_token)).body.username, 'eve')
    }
    const parts = new FormData()
    for (const [name, value] of Object.entries({ grant_type: 'password', username: 'eve', password }))
      parts.set(name, value)
    const multipart = await fetch(`${server.url}/api/token`, { method: 'POST', body: parts })
    assert.equal(multipart.status, 200, await multipart.text())
    const response = await form({ grant_type: 'password', username: 'eve', password, scope: '' })
    assert.equal(response.status, 200)
  })

  it('[002 POST /api/token 401] does not tell a wrong name from a wrong password', async () => {
    await holder(server, 'fay')
    for (const body of [
      { username: 'fay', password: 'wrong' },
      { username: 'nobody', password },
      { username: '', password: '' },
    ]) {
      assertDetail(await ask(server, 'POST', '/api/token', { body }), 401, 'Incorrect username or password')
    }
  })

  it('[002 POST /api/token 422] names what is missing, in a form too', async () => {
    for (const answer of [await form({ username: 'eve' }), await form({})]) {
      assertFault(answer, { type: 'missing', loc: ['body', 'password'], msg: 'Field required' })
    }
    const file = new FormData()
    file.set('username', new Blob(['eve']), 'name.txt')
    const response = await fetch(`${server.url}/api/token`, { method: 'POST', body: file })
    const { detail } = JSON.parse(await response.text())
    assert.deepEqual(
      detail.map(({ type, loc }: { type: string; loc: string[] }) => [type, loc[1]]),
      [
        ['string_type', 'username'],
        ['missing', 'password'],
      ],
    )
    const empty = await fetch(`${server.url}/api/token`, { method: 'POST' })
    assert.equal(empty.status, 422)
    const typed = await ask(server, 'POST', '/api/token', { body: { username: {}, password: [] } })
    assertFault(typed, { type: 'string_type', loc: ['body', 'username'] })
    assertFault(typed, { type: 'string_type', loc: ['body', 'password'] })
  })

  it('[§0 limits] answers 429 with Retry-After after too many wrong log-ins', async () => {
    await using limited = await startTestServer({ limits: { loginsPerMinute: 2 } })
    const gus = await holder(limited, 'gus')
    const wrong = { username: gus.name, password: 'wrong' }
    const statuses = []
    for (let i = 0; i < 3; i += 1) statuses.push(await ask(limited, 'POST', '/api/token', { body: wrong }))
    assert.deepEqual(
      statuses.map(({ status }) => status),
      [401, 401, 429],
    )
    assert.deepEqual(Object.keys(statuses[2]?.body), ['detail'])
    assert.match(statuses[2]?.headers.get('retry-after') ?? '', /^\d+$/)
  })
})

describe('GET /api/users/me/', () => {
  it('[002 GET /api/users/me/ 200] is the same object, with and without the slash', async () => {
    const { id, name, email, token } = await holder(server, 'hal')
    for (const path of ['/api/users/me/', '/api/users/me']) {
      const answer = await me(token, path)
      assert.equal(answer.status, 200)
      assert.deepEqual(answer.body, { username: name, email, id, is_active: true })
    }
  })

  it('[§0 401] wants a Bearer token that is good', async () => {
    assertDetail(await me(), 401, 'Not authenticated')
    const { token } = await holder(server, 'ida')
    const authorized = (authorization: string) =>
      ask(server, 'GET', '/api/users/me/', { headers: { authorization } })
    for (const header of ['', 'Bearer', 'Basic aWRhOnNlY3JldA==', token, `Token ${token}`]) {
      assertDetail(await authorized(header), 401, 'Not authenticated')
    }
    for (const bad of ['x', 'a.b.c', `${token}x`, `x${token}`, 'null']) {
      assertDetail(await me(bad), 401, 'Could not validate credentials')
    }
    for (const scheme of ['Bearer', 'bearer', 'BEARER']) {
      assert.equal((await authorized(`${scheme} ${token}`)).status, 200)
    }
  })

  it('[§0 401] refuses a token that has expired, been revoked, or whose account is gone', async () => {
    await using brief = await startTestServer({ accessTokenLifeMs: -1_000 })
    const jim = await holder(brief, 'jim')
    assertDetail(
      await ask(brief, 'GET', '/api/users/me/', { token: jim.token }),
      401,
      'Could not validate credentials',
    )
    const kim = await holder(server, 'kim')
    const other = await tokenOf(server, 'kim')
    assert.equal((await ask(server, 'POST', '/api/logout', { token: kim.token })).status, 200)
    assertDetail(await me(kim.token), 401, 'Could not validate credentials')
    assert.equal((await me(other)).status, 200)
    assert.equal((await ask(server, 'DELETE', '/api/delete', { token: other })).status, 200)
    assertDetail(await me(other), 401, 'Could not validate credentials')
    assertDetail(
      await ask(server, 'POST', '/api/token', { body: { username: 'kim', password } }),
      401,
      'Incorrect username or password',
    )
  })

  it('[§0 tokens] are good for the other contract and the native API, and theirs here', async () => {
    const lea = await holder(server, 'lea')
    assert.equal((await ask(server, 'GET', '/api/chat/rooms', { token: lea.token })).status, 200)
    assert.equal((await ask(server, 'GET', '/v1/account', { token: lea.token })).body.id, lea.id)
    const body = { username: 'lea', password }
    const other = await ask(server, 'POST', '/api/login', { body })
    assert.equal((await me(other.body.data.access_token)).body.id, lea.id)
    const claims = JSON.parse(Buffer.from(lea.token.split('.')[1] ?? '', 'base64url').toString())
    assert.equal(claims.sub, String(lea.id))
    assert.equal(typeof claims.jti, 'string')
  })

  it('[§0 accounts] of the native API without an e-mail have an empty one; native guests have no account', async () => {
    const made = await ask(server, 'POST', '/v1/accounts', { body: { name: 'max', password: 'long enough' } })
    assert.deepEqual((await me(made.body.token)).body, {
      username: 'max',
      email: '',
      id: made.body.account.id,
      is_active: true,
    })
    const guest = await ask(server, 'POST', '/v1/guests', { body: { name: 'guest-of-ann' } })
    assertDetail(await me(guest.body.token), 401, 'Could not validate credentials')
  })
})
