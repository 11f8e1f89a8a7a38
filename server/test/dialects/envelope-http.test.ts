import assert from 'node:assert/strict'
import { after, before, it } from 'node:test'
import { assertDetail, assertRefusal, logIn, type Newcomer, newcomer, roomOf } from '../support/envelope.ts'
import { ask } from '../support/rest.ts'
import { startTestServer, type TestServer } from '../support/start-server.ts'

let server: TestServer
let ann: Newcomer
let room: number

before(async () => {
  server = await startTestServer()
  ann = await newcomer(server, 'ann')
  room = await roomOf(server, ann)
})

after(() => server[Symbol.asyncDispose]())

const posted = async (path: string, body: string, type: string) => {
  const headers = { 'content-type': type, authorization: `Bearer ${ann.token}` }
  const response = await fetch(`${server.url}${path}`, { method: 'POST', headers, body })
  return { status: response.status, body: JSON.parse(await response.text()) }
}

it('[§0 trailing slash] both forms answer directly', async () => {
  for (const path of ['', `/${room}`, `/${room}/users`, `/${room}/messages`]) {
    const plain = await ask(server, 'GET', `/api/chat/rooms${path}`, ann)
    const slashed = await ask(server, 'GET', `/api/chat/rooms${path}/`, ann)
    assert.equal(plain.status, 200)
    assert.deepEqual([slashed.status, slashed.text], [plain.status, plain.text])
  }
  assertRefusal(
    await ask(server, 'POST', `/api/chat/rooms/${room}/join/`, ann),
    400,
    'You are already a member of this room',
  )
})

it('[§0 unknown path / method] 404 and 405 with `Allow`', async () => {
  assertDetail(await ask(server, 'GET', '/api/nothing', ann), 404, 'Not Found')
  assertDetail(await ask(server, 'GET', `/api/chat/rooms/${room}/kick`, ann), 404, 'Not Found')
  for (const [method, path, allowed] of [
    ['GET', '/api/register', 'POST'],
    ['GET', '/api/login/', 'POST'],
    ['PUT', '/api/logout', 'POST'],
    ['POST', '/api/delete', 'DELETE'],
    ['DELETE', '/api/chat/rooms', 'GET'],
    ['PATCH', `/api/chat/rooms/${room}`, 'GET'],
    ['GET', `/api/chat/rooms/${room}/join`, 'POST'],
    ['POST', `/api/chat/rooms/${room}/messages`, 'GET'],
  ] as const) {
    const answer = await ask(server, method, path, ann)
    assertDetail(answer, 405, 'Method Not Allowed')
    assert.ok(answer.headers.get('allow')?.split(', ').includes(allowed), path)
  }
})

it('[§0 no or non-Bearer `Authorization`] 401 Not authenticated', async () => {
  for (const authorization of ['', 'Basic YTpi', 'Bearer', 'Bearer ', ann.token, `Token ${ann.token}`]) {
    const answer = await ask(server, 'GET', '/api/chat/rooms', { headers: { authorization } })
    assertDetail(answer, 401, 'Not authenticated')
  }
  assertDetail(await ask(server, 'POST', '/api/chat/rooms', { body: {} }), 401, 'Not authenticated')
})

it('[§0 bad, expired, revoked token] 401 Could not validate credentials', async () => {
  const [header, payload, signature] = ann.token.split('.')
  const other = Buffer.from('{"alg":"none"}').toString('base64url')
  for (const token of [
    'x',
    `${header}.${payload}.`,
    `${other}.${payload}.${signature}`,
    `${other}.${payload}.`,
  ]) {
    assertDetail(
      await ask(server, 'GET', '/api/chat/rooms', { token }),
      401,
      'Could not validate credentials',
    )
  }
  // Over before it begins.
  await using brief = await startTestServer({ accessTokenLifeMs: -60_000 })
  await newcomer(brief, 'brief')
  const token = await logIn(brief, 'brief')
  assertDetail(await ask(brief, 'GET', '/api/chat/rooms', { token }), 401, 'Could not validate credentials')
})

it('[§0 Users and rooms are one] a token of the native API works here, in any case of `Bearer`', async () => {
  const body = { name: 'nina', password: 'correct horse' }
  const { token } = (await ask(server, 'POST', '/v1/accounts', { body })).body
  for (const scheme of ['Bearer', 'bearer', 'BEARER']) {
    const headers = { authorization: `${scheme} ${token}` }
    assert.equal((await ask(server, 'GET', '/api/chat/rooms', { headers })).status, 200)
  }
  const again = await ask(server, 'POST', '/api/login', {
    body: { username: 'nina', password: 'correct horse' },
  })
  assert.equal(again.status, 200)
})

it('[§0 A guest] a native guest has no account here', async () => {
  const { token } = (await ask(server, 'POST', '/v1/guests', { body: { name: 'visitor' } })).body
  for (const [method, path] of [
    ['GET', '/api/chat/rooms'],
    ['POST', '/api/chat/rooms'],
    ['POST', `/api/chat/rooms/${room}/join`],
    ['DELETE', '/api/delete'],
  ] as const) {
    assertDetail(await ask(server, method, path, { token }), 401, 'Could not validate credentials')
  }
})

it('[§0 validation] what is no JSON object says where and how', async () => {
  for (const path of ['/api/register', '/api/login', '/api/chat/rooms']) {
    const broken = await posted(path, '{"name": tru', 'application/json')
    assert.equal(broken.status, 422)
    assert.equal(broken.body.detail[0].type, 'json_invalid')
    assert.equal(broken.body.detail[0].loc[0], 'body')
    assert.equal(typeof broken.body.detail[0].loc[1], 'number')
    for (const body of ['[]', '5', '"name"', 'true']) {
      const { status, body: answer } = await posted(path, body, 'application/json')
      assert.deepEqual([status, answer.detail[0].loc], [422, ['body']], body)
    }
    for (const body of ['', 'null']) {
      const { status, body: answer } = await posted(path, body, 'application/json')
      assert.deepEqual([status, answer.detail[0].type], [422, 'missing'], body)
    }
  }
})

it('[§0 a crash or 500] bad bodies are refused, none is a failure of the server', async () => {
  const deep = '['.repeat(15_000) + ']'.repeat(15_000)
  for (const path of ['/api/register', '/api/login', '/api/chat/rooms', `/api/chat/rooms/${room}/join`]) {
    for (const body of [
      deep,
      `{"name":${deep},"username":${deep}}`,
      '{"__proto__":{"name":"x","username":"x","email":"x","password":"x"}}',
      '{"constructor":{"prototype":{}},"toString":"x"}',
      '{"name":1e999,"username":"\\u0000","password":{"length":1},"email":[]}',
    ]) {
      const { status } = await posted(path, body, 'application/json')
      assert.ok(
        status === 422 || (path.endsWith('/join') && status === 400),
        `${path} ${status} ${body.slice(0, 40)}`,
      )
    }
    for (const type of ['text/plain', 'application/jsonp']) {
      const { status } = await posted(path, '{"name":"x"}', type)
      assert.equal(status, path.endsWith('/join') ? 400 : 422, type)
    }
    assert.equal((await posted(path, '{"name":"x"}', 'multipart/form-data; boundary=x')).status, 400)
    assert.equal((await posted(path, '{"name":"x"}', 'x')).status, 415)
    const large = JSON.stringify({ name: 'x'.repeat(65_536) })
    assert.equal((await posted(path, large, 'application/json')).status, 413)
  }
  const half = await posted('/api/chat/rooms', '{"name":"half \\ud83d"}', 'application/json')
  assert.deepEqual([half.status, half.body.name], [200, 'half \ufffd'])
  assert.doesNotMatch(server.logged.join(''), /"level":(50|60|"error"|"fatal")/)
})
