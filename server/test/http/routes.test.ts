import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { commands } from '@parlance/protocol/commands'
import { routes } from '@parlance/protocol/http'
import type { TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import { ask, assertProblem } from '../support/rest.ts'
import { startTestServer, type TestServer } from '../support/start-server.ts'
import { inputs, makeWorld, requestOf, routedTypes } from '../support/world.ts'

let server: TestServer

before(async () => {
  server = await startTestServer()
})

after(() => server[Symbol.asyncDispose]())

for (const type of routedTypes) {
  const { method, path, status, ...rest } = routes[type]
  const anyPath = path.replace(/\{\w+\}/g, '1')
  describe(`${method} ${path}`, () => {
    it(`[DI1] does ${type} and answers ${status} with what the schema says`, async () => {
      const world = await makeWorld(server)
      const request = requestOf(type, inputs[type](world))
      const answer = await ask(server, method, request.path, { token: world.owner.token, body: request.body })
      assert.equal(answer.status, status, answer.text)
      assert.equal(answer.headers.get('cache-control'), 'no-store')
      if (status === 204) {
        assert.equal(answer.text, '')
        return
      }
      assert.match(answer.headers.get('content-type') ?? '', /^application\/json/)
      const data: TSchema = commands[type].data
      assert.deepEqual([...Compile(data).Errors(answer.body)], [], answer.text)
    })

    it('[DI5] answers with and without a slash at the end, and to no other method', async () => {
      for (const bare of [anyPath, `${anyPath}/`]) {
        const answer = await ask(server, method, bare)
        const needsToken = !('open' in rest || 'anonymous' in rest)
        assert.ok(answer.status === 401 || (!needsToken && answer.status === 400), answer.text)
        const other = await ask(server, 'PROPFIND', bare)
        assertProblem(other, 405, 'method_not_allowed')
        assert.ok(other.headers.get('allow')?.split(', ').includes(method))
      }
    })

    if ('open' in rest) return
    it(`[AC5] is for those who are logged in${'anonymous' in rest ? ', or show nothing at all (AC40)' : ''}`, async () => {
      const bare = await ask(server, method, anyPath)
      if ('anonymous' in rest) assertProblem(bare, 400, 'bad_request')
      else assertProblem(bare, 401, 'unauthenticated')
      for (const authorization of [
        'Basic YTpi',
        'Bearer',
        'Bearer ',
        'Bearer x y',
        'Token x',
        'Bearer x',
        'Bearer a.b.c',
      ]) {
        assertProblem(
          await ask(server, method, anyPath, { headers: { authorization } }),
          401,
          'unauthenticated',
        )
      }
    })
  })
}

describe('the REST projection', () => {
  it('[AC5] takes Bearer in any case', async () => {
    const { owner } = await makeWorld(server)
    for (const scheme of ['bearer', 'BEARER', 'Bearer ']) {
      const headers = { authorization: `${scheme} ${owner.token}` }
      assert.equal((await ask(server, 'GET', '/v1/account', { headers })).status, 200)
    }
  })

  it('[MS3] takes Idempotency-Key as the nonce, and answers 200 the second time', async () => {
    const { owner, room } = await makeWorld(server)
    const send = (body: object, key?: string) =>
      ask(server, 'POST', `/v1/rooms/${room}/messages`, {
        token: owner.token,
        body,
        headers: key === undefined ? {} : { 'idempotency-key': key },
      })
    const first = await send({ text: 'once' }, 'key-1')
    assert.equal(first.status, 201)
    assert.equal(first.body.nonce, 'key-1')
    const second = await send({ text: 'once' }, 'key-1')
    assert.equal(second.status, 200)
    assert.equal(second.body.duplicate, true)
    assert.equal(second.body.id, first.body.id)
    assert.equal((await send({ text: 'once', nonce: 'key-1' })).status, 200)
    assert.equal((await send({ text: 'once', nonce: 'key-1' }, 'key-1')).status, 200)
    assertProblem(await send({ text: 'twice' }, 'key-1'), 409, 'conflict')
    assertProblem(await send({ text: 'once', nonce: 'key-2' }, 'key-1'), 400, 'bad_request')
    for (const key of ['no spaces', 'x'.repeat(65), 'ä']) {
      assertProblem(await send({ text: 'once' }, key), 400, 'bad_request')
    }
  })

  it('[DI5] takes what stands in the path over what stands in the body', async () => {
    const { owner, room } = await makeWorld(server)
    const body = { text: 'hi', room: 2_000_000 }
    const answer = await ask(server, 'POST', `/v1/rooms/${room}/messages`, { token: owner.token, body })
    assert.equal(answer.body.room, room)
  })

  it('[AC12] takes no password from a query', async () => {
    const query = 'name=ada&password=correct-horse'
    assertProblem(await ask(server, 'POST', `/v1/sessions?${query}`, { body: {} }), 400, 'bad_request')
    assertProblem(await ask(server, 'POST', `/v1/sessions?${query}`), 400, 'bad_request')
  })

  it('[DI5] takes no fields of any prototype', async () => {
    const { owner } = await makeWorld(server)
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${owner.token}` }
    const body = '{"__proto__":{"name":"x","password":"long enough"}}'
    const response = await fetch(`${server.url}/v1/accounts`, { method: 'POST', headers, body })
    assert.equal(response.status, 400)
    assert.match(await response.text(), /Missing: name, password/)
    assert.equal(
      (await ask(server, 'GET', '/v1/rooms?__proto__=x&constructor=y', { token: owner.token })).status,
      200,
    )
  })

  it('[DI5] takes bodies that are objects, and no others', async () => {
    const { owner } = await makeWorld(server)
    for (const body of [[], 'text', 1, null, true, [{ name: 'x' }]]) {
      assertProblem(await ask(server, 'POST', '/v1/rooms', { token: owner.token, body }), 400, 'bad_request')
    }
  })

  it('[AC8] answers an unknown name and a wrong password alike', async () => {
    const { owner } = await makeWorld(server)
    const logIn = (name: string) =>
      ask(server, 'POST', '/v1/sessions', { body: { name, password: 'wrong horse' } })
    const [wrong, unknown] = [await logIn(owner.account.name), await logIn('nobody-of-this-name')]
    assertProblem(wrong, 401, 'bad_credentials')
    assert.equal(wrong.text, unknown.text)
    const metrics = await ask(server, 'GET', '/metrics')
    assert.match(metrics.text, /parlance_logins_failed_total [1-9]/)
  })

  it('[CO11] answers a limit of the chat with 429 and the time to wait', async () => {
    await using limited = await startTestServer({ limits: { messagesPerSecond: 1 } })
    const { owner, room } = await makeWorld(limited)
    const send = () =>
      ask(limited, 'POST', `/v1/rooms/${room}/messages`, { token: owner.token, body: { text: 'hi' } })
    let answer = await send()
    while (answer.status === 201) answer = await send()
    assertProblem(answer, 429, 'rate_limited')
    assert.ok(answer.body.retryAfterMs > 0)
    assert.equal(answer.headers.get('retry-after'), String(Math.ceil(answer.body.retryAfterMs / 1_000)))
    assert.equal(answer.headers.get('ratelimit'), `"command";r=0;t=${answer.headers.get('retry-after')}`)
  })

  it('[CO11] limits requests by address', async () => {
    await using limited = await startTestServer({ limits: { requestsPerMinute: 2 } })
    await ask(limited, 'GET', '/v1/account')
    await ask(limited, 'GET', '/v1/account')
    const answer = await ask(limited, 'GET', '/v1/account')
    assertProblem(answer, 429, 'rate_limited')
    assert.equal(answer.headers.get('ratelimit-policy'), '"requests";q=2;w=60')
  })
})
