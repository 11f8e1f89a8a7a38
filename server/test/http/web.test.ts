import assert from 'node:assert/strict'
import { request } from 'node:http'
import { describe, it } from 'node:test'
import fastify from 'fastify'
import { webRoutes } from '../../src/doors/web.ts'
import { WebPage } from '../../src/doors/web-page.ts'
import { ask } from '../support/rest.ts'
import { startTestServer, type TestServer } from '../support/start-server.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

/** The answer as it is on the wire, before anything is unpacked. */
async function askFor(server: TestServer, path: string, headers: Record<string, string>, method = 'GET') {
  const { promise, resolve, reject } = Promise.withResolvers<{
    status: number
    headers: Record<string, string | string[] | undefined>
    bytes: number
  }>()
  request(`${server.url}${path}`, { method, headers }, (response) => {
    let bytes = 0
    response.on('data', (chunk: Buffer) => (bytes += chunk.length))
    response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, bytes }))
  })
    .on('error', reject)
    .end()
  return promise
}

async function scriptOf(server: TestServer): Promise<string> {
  const { text } = await ask(server, 'GET', '/')
  const [, script] = /src="(\/assets\/[^"]+\.js)"/.exec(text) ?? []
  assert.ok(script !== undefined)
  return script
}

describe('the web app’s files', () => {
  it('[DI1] are sent as they were compressed at the build, and kept for ever', async () => {
    await using server = await startTestServer()
    const script = await scriptOf(server)
    const plain = await askFor(server, script, {})
    for (const [encoding, part] of [
      ['br', 0.4],
      ['gzip', 0.45],
    ] as const) {
      const { status, headers, bytes } = await askFor(server, script, { 'accept-encoding': encoding })
      assert.equal(status, 200)
      assert.equal(headers['content-encoding'], encoding)
      assert.match(String(headers['content-type']), /^(?:text|application)\/javascript/)
      assert.equal(headers['cache-control'], 'public, max-age=31536000, immutable')
      assert.equal(headers['x-content-type-options'], 'nosniff')
      assert.match(String(headers.vary), /accept-encoding/i)
      assert.ok(bytes < plain.bytes * part, `${encoding}: ${bytes} of ${plain.bytes}`)
    }
  })

  it('[DI1] are asked for again where their name stays: the page, the worker, the icons', async () => {
    await using server = await startTestServer()
    for (const path of ['/', '/sw.js', '/icon.svg', '/icon-unread.svg', '/app.webmanifest']) {
      const { status, headers } = await askFor(server, path, {})
      assert.equal(status, 200, path)
      assert.equal(headers['cache-control'], 'no-cache', path)
      // A worker that may ask for nothing can keep nothing.
      assert.match(String(headers['content-security-policy']), /connect-src 'self'/, path)
      const again = await askFor(server, path, { 'if-none-match': String(headers.etag) })
      assert.equal(again.status, 304, path)
    }
  })

  it('[DI1] that are not there are not there; other methods are not allowed', async () => {
    await using server = await startTestServer()
    for (const path of [
      '/assets/none.js',
      '/assets/',
      '/assets/..%2findex.html',
      '/assets/../../package.json',
    ])
      assert.equal((await ask(server, 'GET', path)).status, 404, path)
    const script = await scriptOf(server)
    const refused = await ask(server, 'POST', script, { body: {} })
    assert.equal(refused.status, 405)
    assert.match(refused.headers.get('allow') ?? '', /\bGET\b/)
    const head = await askFor(server, script, { 'accept-encoding': 'br' }, 'HEAD')
    assert.deepEqual([head.status, head.bytes], [200, 0])
  })
})

const browser = 'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8'

describe('an address that leads nowhere', () => {
  it('[CO19] shows browsers the app, which says so', async () => {
    await using server = await startTestServer()
    const { text: page } = await ask(server, 'GET', '/', { headers: { accept: browser } })
    for (const path of ['/nothing', '/i/', '/r/1/2/3', '/%00', '/users/7?x=1', '/v2/rooms', '/icon.png']) {
      const answer = await ask(server, 'GET', path, { headers: { accept: browser } })
      assert.equal(answer.status, 404, path)
      assert.equal(answer.text, page, path)
      assert.equal(answer.headers.get('cache-control'), 'no-cache')
      assert.match(answer.headers.get('vary') ?? '', /Accept/)
      assert.match(answer.headers.get('content-security-policy') ?? '', /script-src 'self'/)
    }
    const head = await askFor(server, '/nothing', { accept: browser }, 'HEAD')
    assert.deepEqual([head.status, head.bytes], [404, 0])
    assert.match(String(head.headers['content-type']), /^text\/html/)
  })

  it('[CO19] tells programs what the contracts say, whoever they are', async () => {
    await using server = await startTestServer()
    const json = { detail: 'Not Found' }
    const others = [
      '*/*',
      'application/json',
      'application/json, text/plain, */*',
      'application/json, text/html;q=0.5',
    ]
    for (const accept of [
      ...others,
      'text/html;q=0',
      'text/html;q=0.5, application/json',
      'text/htmlx',
      'text/*',
    ])
      assert.deepEqual((await ask(server, 'GET', '/nothing', { headers: { accept } })).body, json, accept)
    for (const path of [
      '/api/nothing',
      '/chatrooms/1/nothing',
      '/assets/none.js',
      '/ws/nothing',
      '/connections/x',
      '/docs/x',
    ]) {
      const answer = await ask(server, 'GET', path, { headers: { accept: browser } })
      assert.deepEqual([answer.status, answer.body], [404, json], path)
    }
    assert.equal(
      (await ask(server, 'GET', '/v1/nothing', { headers: { accept: browser } })).body.code,
      'not_found',
    )
    const post = await ask(server, 'POST', '/nothing', { body: {}, headers: { accept: browser } })
    assert.deepEqual([post.status, post.body], [404, json])
    assert.equal(
      (await ask(server, 'POST', '/log-in', { body: {}, headers: { accept: browser } })).status,
      405,
    )
  })
})

describe('a server whose web app is not built', () => {
  it('[DI1] says so in a sentence, and still tells programs where they are', async () => {
    await using folder = await temporaryFolder()
    const app = fastify()
    webRoutes(app, new WebPage(undefined, folder.path))
    const page = await app.inject({ url: '/', headers: { accept: 'text/html' } })
    assert.equal(page.statusCode, 200)
    assert.match(page.body, /npm start/)
    const summary = await app.inject({ url: '/', headers: { accept: 'application/json' } })
    assert.equal(summary.json().documentation, '/docs')
  })
})
