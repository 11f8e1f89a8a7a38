import assert from 'node:assert/strict'
import { once } from 'node:events'
import { request } from 'node:http'
import { after, before, describe, it } from 'node:test'
import { createClient } from '@parlance/client'
import { ownParts, parsePublicUrl } from '../../src/public-url.ts'
import { ContractClient } from '../support/contract-client.ts'
import { NativeClient } from '../support/native-client.ts'
import { ask, assertProblem, register } from '../support/rest.ts'
import { startTestServer, type TestServer } from '../support/start-server.ts'

const origin = 'https://example.com'
const host = 'parlance.internal:8000'

function at(url: string) {
  const publicUrl = parsePublicUrl(url)
  assert.ok(typeof publicUrl !== 'string')
  return { publicUrl }
}

/** Asks as a proxy does that puts its own host there. */
function askBehind(
  server: TestServer,
  method: string,
  path: string,
  headers: Record<string, string>,
  body?: object,
) {
  const { promise, resolve, reject } = Promise.withResolvers<{
    status: number | undefined
    cookies: string[]
    body: Record<string, unknown>
  }>()
  const all = { host, ...(body !== undefined && { 'content-type': 'application/json' }), ...headers }
  request(`${server.url}${path}`, { method, headers: all }, async (response) => {
    const text = (await response.setEncoding('utf8').toArray()).join('')
    const { 'set-cookie': cookies = [] } = response.headers
    resolve({ status: response.statusCode, cookies, body: text === '' ? {} : JSON.parse(text) })
  })
    .on('error', reject)
    .end(body === undefined ? '' : JSON.stringify(body))
  return promise
}

describe('a server under a path', () => {
  let server: TestServer
  before(async () => {
    server = await startTestServer(at(`${origin}/chat`))
  })
  after(() => server[Symbol.asyncDispose]())

  it('[CO16] answers with the path and without it', async () => {
    for (const path of [
      '/healthz',
      '/v1/rooms',
      '/openapi.json',
      '/chatrooms',
      '/api/rooms/',
      '/sw.js',
      '/log-in',
      '/',
    ])
      for (const query of ['', '?x=1']) {
        const [without, within] = await Promise.all([
          ask(server, 'GET', path + query),
          ask(server, 'GET', `/chat${path}${query}`),
        ])
        assert.deepEqual([within.status, within.text], [without.status, without.text], path)
      }
    assert.equal((await ask(server, 'GET', '/chat?x')).text, (await ask(server, 'GET', '/')).text)
    for (const path of ['/chatter', '/chat/nothing', '/chat/chat/healthz', '/Chat/healthz'])
      assert.equal(
        (await ask(server, 'GET', path, { headers: { accept: 'application/json' } })).status,
        404,
        path,
      )
    assert.equal((await ask(server, 'DELETE', '/chat/healthz')).status, 405)
    assertProblem(await ask(server, 'GET', '/chat/v1/nothing'), 404, 'not_found')
  })

  it('[CO16] opens every kind of socket with the path and without it', async () => {
    const { token } = await register(server, 'sue')
    for (const path of ['', '/chat']) {
      const under = { ...server, url: `${server.url}${path}` }
      using native = await NativeClient.open(under, { token })
      assert.equal(native.welcome.user.name, 'sue')
      using text = await ContractClient.open(under, '/ws/tea')
      text.send('Hello!')
      assert.equal(await text.nextText(), 'Hello!')
      using packets = await ContractClient.open(under, '/socket.io/?EIO=4&transport=websocket')
      assert.match(await packets.nextText(), /^0\{/)
      assert.equal((await ask(under, 'GET', '/socket.io/?EIO=4&transport=polling')).status, 200)
    }
  })

  it('[CO16] is used by the client library as it is seen', async () => {
    await using client = createClient({ url: `${server.url}/chat/` })
    await client.register({ name: 'pat', password: 'correct horse' })
    await client.connect()
    const { id } = await client.request({ type: 'room.create', name: 'below' })
    assert.equal(client.room(id)?.id, id)
    assert.equal(client.getSnapshot().connection.kind, 'open')
  })

  it('[AC13] [CO17] keeps its cookie under the path, and Secure', async () => {
    const { cookies, status } = await askBehind(
      server,
      'POST',
      '/v1/accounts',
      { origin },
      {
        name: 'ann',
        password: 'correct horse',
        cookie: true,
      },
    )
    assert.equal(status, 201)
    assert.match(
      cookies[0] ?? '',
      /^__Secure-parlance=[\w-]{43}; Max-Age=2592000; Path=\/chat; HttpOnly; SameSite=Strict; Secure$/,
    )
    const cookie = cookies[0]?.split(';')[0] ?? ''
    assert.equal((await askBehind(server, 'GET', '/chat/v1/account', { cookie })).status, 200)
    const refreshed = await askBehind(server, 'POST', '/chat/v1/sessions/refresh', {
      cookie,
      origin: `${origin}:443`,
    })
    assert.equal(refreshed.status, 200)
    const renewed = refreshed.cookies[0]?.split(';')[0] ?? ''
    using socket = await NativeClient.open(server, { headers: { cookie: renewed, origin, host } })
    assert.equal(socket.welcome.user.name, 'ann')
    // Of another name it proves nothing.
    const plain = { cookie: renewed.replace('__Secure-', '') }
    assert.equal((await askBehind(server, 'GET', '/v1/account', plain)).status, 401)
    const out = await askBehind(server, 'DELETE', '/v1/session', { cookie: renewed, origin })
    assert.deepEqual(out.cookies, [
      '__Secure-parlance=; Max-Age=0; Path=/chat; HttpOnly; SameSite=Strict; Secure',
    ])
  })

  it('[CO17] says in its documents, pages and summary where it is', async () => {
    const openapi = await ask(server, 'GET', '/openapi.json')
    assert.deepEqual(openapi.body.servers, [{ url: `${origin}/chat` }])
    const asyncapi = await ask(server, 'GET', '/chat/asyncapi.json')
    assert.deepEqual(asyncapi.body.servers, {
      public: { host: 'example.com', protocol: 'wss', pathname: '/chat' },
    })
    const summary = await ask(server, 'GET', '/', { headers: { accept: 'application/json' } })
    assert.equal(summary.body.documentation, '/chat/docs')
    assert.ok(summary.body.websocket_endpoints.every((path: string) => path.startsWith('/chat/')))
    for (const path of ['/', '/r/1', '/chat/docs', '/redoc']) {
      const page = await ask(server, 'GET', path, { headers: { accept: 'text/html' } })
      const links = [...page.text.matchAll(/ (?:href|src)="([^"]+)"/g)].map(([, link]) => link ?? '')
      assert.ok(links.length > 0, path)
      for (const link of links.filter((one) => !/^(?:data:|https:)/.test(one))) {
        assert.match(link, /^\/chat\//, path)
        assert.equal((await ask(server, 'GET', link)).status, 200, link)
      }
    }
    assert.ok(
      (await ask(server, 'GET', '/r/1')).text.includes(
        '<link rel="canonical" href="https://example.com/chat/">',
      ),
    )
    const start = /src="([^"]+start\.js)"/.exec((await ask(server, 'GET', '/docs')).text)?.[1] ?? ''
    assert.match((await ask(server, 'GET', start)).text, /'\/chat\/openapi\.json'/)
  })

  it('[CO17] tells browsers behind TLS to stay there', async () => {
    assert.ok((await ask(server, 'GET', '/')).headers.has('strict-transport-security'))
  })
})

it('[CO17] without a path the cookie stays __Host-; without PUBLIC_URL nothing is said of a place', async () => {
  await using server = await startTestServer(at(origin))
  const { cookies } = await askBehind(server, 'POST', '/v1/guests', { origin }, { name: 'ann', cookie: true })
  assert.match(cookies[0] ?? '', /^__Host-parlance=.*; Path=\/; .*; Secure$/)
  await using plain = await startTestServer()
  assert.equal((await ask(plain, 'GET', '/openapi.json')).body.servers, undefined)
  assert.equal((await ask(plain, 'GET', '/asyncapi.json')).body.servers, undefined)
})

it('[CO16] no path of PUBLIC_URL begins as one of the server’s own', async () => {
  await using server = await startTestServer()
  const { body: openapi } = await ask(server, 'GET', '/openapi.json')
  const others = [
    '/openapi.json',
    '/asyncapi.json',
    '/docs',
    '/redoc',
    '/assets/x',
    '/sw.js',
    '/socket.io/',
    '/ws',
    '/r/1',
    '/log-in',
  ]
  for (const path of [...Object.keys(openapi.paths), ...others]) {
    const [, first = ''] = path.split('/')
    assert.ok(first === '' || ownParts.has(first), path)
  }
})

describe('a wrong origin', () => {
  it('[AC33] is told at the log-in, the refresh and the socket, and to the operator', async () => {
    await using server = await startTestServer()
    const account = { name: 'ann', password: 'correct horse', cookie: true }
    const logIn = await askBehind(server, 'POST', '/v1/accounts', { origin }, account)
    assert.deepEqual([logIn.status, logIn.body.code, logIn.cookies], [403, 'bad_origin', []])
    const good = await askBehind(server, 'POST', '/v1/accounts', { origin: `http://${host}` }, account)
    assert.equal(good.status, 201)
    const cookie = good.cookies[0]?.split(';')[0] ?? ''
    const refresh = await askBehind(server, 'POST', '/v1/sessions/refresh', { origin, cookie })
    assert.deepEqual([refresh.status, refresh.body.code, refresh.cookies], [403, 'bad_origin', []])
    for (const headers of [
      { cookie, origin, host },
      { origin, host },
    ]) {
      using socket = new NativeClient(server.url, headers)
      await once(socket.socket, 'open')
      socket.send({ type: 'hello', ref: 1 })
      assert.equal((await socket.next(({ ref }) => ref === 1)).error.code, 'bad_origin')
      assert.deepEqual(await socket.closed, { code: 4505, reason: 'origin not accepted' })
    }
    const told = server.logged
      .map((line) => JSON.parse(line))
      .filter(({ expected }) => expected !== undefined)
    assert.deepEqual(
      told.map((one) => [one.origin, one.expected]),
      [[origin, `http://${host}`]],
    )
    assert.ok(!JSON.stringify(told).includes(cookie))
  })

  it('[AC33] is no obstacle for a token, nor for programs', async () => {
    await using server = await startTestServer()
    const { token } = await register(server, 'ann')
    using socket = await NativeClient.open(server, { token, headers: { origin } })
    assert.equal(socket.welcome.user.name, 'ann')
    const login = await ask(server, 'POST', '/v1/sessions', {
      body: { name: 'ann', password: 'correct horse', cookie: true },
    })
    assert.equal(login.status, 201)
    assert.ok(!server.logged.join('').includes('for its origin'))
  })

  it('[AC33] is told where Socket.IO refuses it', async () => {
    await using server = await startTestServer()
    const refused = await ask(server, 'GET', '/socket.io/?EIO=4&transport=polling', { headers: { origin } })
    assert.equal(refused.status, 403)
    assert.match(server.logged.join(''), /refused for its origin/)
  })
})

describe('a proxy that is not trusted', () => {
  it('[AC34] is warned of once, by name of the setting, and not believed', async () => {
    for (const header of ['x-forwarded-for', 'x-forwarded-proto', 'x-forwarded-host', 'forwarded']) {
      await using server = await startTestServer()
      for (let i = 0; i < 3; i++) await ask(server, 'GET', '/', { headers: { [header]: 'https' } })
      const told = server.logged.filter((line) => line.includes('TRUSTED_PROXIES'))
      assert.equal(told.length, 1, header)
      assert.match(told[0] ?? '', /TRUSTED_PROXIES=127\.0\.0\.1/)
    }
  })

  it('[AC34] is nothing to tell where it is trusted, or forwards nothing', async () => {
    await using server = await startTestServer({ trustedProxies: ['127.0.0.1'] })
    await ask(server, 'GET', '/', { headers: { 'x-forwarded-for': '203.0.113.9' } })
    await using plain = await startTestServer()
    await ask(plain, 'GET', '/')
    assert.ok(![...server.logged, ...plain.logged].some((line) => line.includes('TRUSTED_PROXIES')))
  })
})
