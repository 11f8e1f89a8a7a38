import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { ask, assertProblem, register } from '../support/rest.ts'
import { startTestServer, type TestServer } from '../support/start-server.ts'

let server: TestServer
let count = 0

before(async () => {
  server = await startTestServer({ allowedOrigins: ['https://app.example'], trustedProxies: ['127.0.0.1'] })
})

after(() => server[Symbol.asyncDispose]())

/** Logs a new account in by cookie, as a page of the server itself. */
async function logIn(headers: Record<string, string> = {}) {
  const name = `ada${++count}`
  const { account } = await register(server, name)
  const body = { name, password: 'correct horse', cookie: true }
  const answer = await ask(server, 'POST', '/v1/sessions', { body, headers })
  assert.equal(answer.status, 201, answer.text)
  const [setCookie = ''] = answer.headers.getSetCookie()
  return {
    account,
    setCookie,
    cookie: setCookie.split(';')[0] ?? '',
    body: answer.body,
    refreshToken: setCookie.split(/[=;]/)[1] ?? '',
  }
}

const own = () => ({ origin: server.url })

describe('the session cookie', () => {
  it('[AC13] is out of reach of scripts and other sites', async () => {
    const { setCookie, refreshToken, body } = await logIn()
    assert.equal(setCookie, `parlance=${refreshToken}; Max-Age=2592000; Path=/; HttpOnly; SameSite=Strict`)
    assert.match(refreshToken, /^[\w-]{43}$/)
    assert.deepEqual(Object.keys(body), ['token', 'expiresAt', 'session', 'account'])
  })

  it('[AC13] is __Host- and Secure behind TLS, and only that one counts there', async () => {
    const tls = { 'x-forwarded-proto': 'https' }
    const { setCookie, cookie, refreshToken } = await logIn(tls)
    assert.equal(
      setCookie,
      `__Host-parlance=${refreshToken}; Max-Age=2592000; Path=/; HttpOnly; SameSite=Strict; Secure`,
    )
    assert.equal((await ask(server, 'GET', '/v1/account', { headers: { ...tls, cookie } })).status, 200)
    const plain = { cookie: `parlance=${refreshToken}` }
    assert.equal((await ask(server, 'GET', '/v1/account', { headers: { ...tls, ...plain } })).status, 401)
  })

  it('[AC13] is not set unless it is asked for', async () => {
    const { account } = await register(server, `ada${++count}`)
    const body = { name: account.name, password: 'correct horse' }
    assert.deepEqual((await ask(server, 'POST', '/v1/sessions', { body })).headers.getSetCookie(), [])
  })

  it('[AC13] reads without an origin', async () => {
    const { cookie, account } = await logIn()
    const answer = await ask(server, 'GET', '/v1/account', {
      headers: { cookie: `a=b; ${cookie}; parlance2=x` },
    })
    assert.equal(answer.body.id, account.id)
  })

  it('[AC13] changes something only from the right origin', async () => {
    const { cookie } = await logIn()
    const create = (headers: Record<string, string>) =>
      ask(server, 'POST', '/v1/rooms', { body: { name: `room ${++count}` }, headers: { cookie, ...headers } })
    assertProblem(await create({}), 403, 'bad_origin')
    const { host } = new URL(server.url)
    const wrong = [
      'null',
      'https://evil.example',
      'https://app.example.evil',
      `${server.url}.evil`,
      `http://x@${host}.evil`,
      'http://127.0.0.1',
    ]
    for (const origin of wrong) assertProblem(await create({ origin }), 403, 'bad_origin')
    assert.equal((await create(own())).status, 201)
    assert.equal((await create({ origin: 'https://app.example' })).status, 201)
  })

  it('[AC13] yields to Authorization, good or bad', async () => {
    const { cookie } = await logIn()
    const other = await register(server, `ada${++count}`)
    const asOther = await ask(server, 'GET', '/v1/account', { token: other.token, headers: { cookie } })
    assert.equal(asOther.body.id, other.account.id)
    assertProblem(
      await ask(server, 'GET', '/v1/account', { token: 'bad', headers: { cookie } }),
      401,
      'unauthenticated',
    )
  })

  it('[AC9] is renewed by a refresh, and ended where its token is used twice', async () => {
    const { cookie, refreshToken } = await logIn()
    const refresh = (body?: object) =>
      ask(server, 'POST', '/v1/sessions/refresh', { headers: { cookie, ...own() }, ...(body && { body }) })
    assertProblem(
      await ask(server, 'POST', '/v1/sessions/refresh', { headers: { cookie } }),
      403,
      'bad_origin',
    )
    const renewed = await refresh()
    assert.equal(renewed.status, 200)
    const [next = ''] = renewed.headers.getSetCookie()
    assert.match(next, /^parlance=[\w-]{43};/)
    assert.equal(renewed.body.refreshToken, undefined)
    assert.ok(!next.includes(refreshToken))
    const used = await ask(server, 'POST', '/v1/sessions/refresh', {
      headers: { cookie: next.split(';')[0] ?? '', ...own() },
    })
    assert.equal(used.status, 200)
    const reused = await refresh()
    assertProblem(reused, 401, 'session_ended')
    assert.deepEqual(reused.headers.getSetCookie(), [
      'parlance=; Max-Age=0; Path=/; HttpOnly; SameSite=Strict',
    ])
    const nextCookie = next.split(';')[0] ?? ''
    assertProblem(
      await ask(server, 'GET', '/v1/account', { headers: { cookie: nextCookie } }),
      401,
      'session_ended',
    )
  })

  it('[AC9] is left alone by a refresh in the body', async () => {
    const { refreshToken } = await logIn()
    const answer = await ask(server, 'POST', '/v1/sessions/refresh', { body: { refreshToken } })
    assert.equal(answer.status, 200)
    assert.deepEqual(answer.headers.getSetCookie(), [])
  })

  it('[AC6] ends with the session and with the account', async () => {
    const ended = ['parlance=; Max-Age=0; Path=/; HttpOnly; SameSite=Strict']
    const first = await logIn()
    const out = await ask(server, 'DELETE', '/v1/session', { headers: { cookie: first.cookie, ...own() } })
    assert.equal(out.status, 204)
    assert.deepEqual(out.headers.getSetCookie(), ended)
    assertProblem(
      await ask(server, 'GET', '/v1/account', { headers: { cookie: first.cookie } }),
      401,
      'session_ended',
    )
    const second = await logIn()
    const headers = { cookie: second.cookie, ...own() }
    const deleted = await ask(server, 'DELETE', '/v1/account', {
      body: { password: 'correct horse' },
      headers,
    })
    assert.equal(deleted.status, 204)
    assert.deepEqual(deleted.headers.getSetCookie(), ended)
  })
})
