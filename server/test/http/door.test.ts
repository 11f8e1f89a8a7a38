import assert from 'node:assert/strict'
import type { AddressInfo } from 'node:net'
import { after, before, describe, it } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { Rates } from '../../src/chat/rates.ts'
import { peerOf } from '../../src/dialects/peer.ts'
import { Site } from '../../src/dialects/site.ts'
import { type HttpContext, makeHttp } from '../../src/doors/http.ts'
import { networks } from '../../src/settings.ts'
import { makeLog } from '../../src/telemetry/log.ts'
import { makeMetrics } from '../../src/telemetry/metrics.ts'
import { ManualClock } from '../support/manual-clock.ts'
import { sendRaw } from '../support/raw-http.ts'

const logged: string[] = []
let requestsPerMinute = 0
let isDraining = false
let app: FastifyInstance
let port: number
let base: string

before(async () => {
  const trusted = networks(['127.0.0.1'])
  const log = makeLog({ logLevel: 'trace', logFormat: 'json' }, { write: (line) => void logged.push(line) })
  const context: HttpContext = {
    log,
    metrics: makeMetrics(),
    rates: new Rates(new ManualClock()),
    get requestsPerMinute() {
      return requestsPerMinute
    },
    site: new Site({ allowedOrigins: ['https://app.example'] }, log),
    peerOf: (request) => peerOf(request, trusted),
    isDraining: () => isDraining,
  }
  app = makeHttp(context)
  for (const family of ['/v1', '/api']) {
    app.post(`${family}/echo`, async ({ body }) => ({ body: body ?? null }))
    app.get(`${family}/things/:thing`, async ({ params }) => params)
    app.get(`${family}/broken`, async () => {
      throw new Error('canary: the inside of the server')
    })
  }
  app.get('/healthz', async () => ({ status: 'ok' }))
  await app.listen({ host: '127.0.0.1', port: 0 })
  port = (app.server.address() as AddressInfo).port
  base = `http://127.0.0.1:${port}`
})

after(() => app.close())

function post(path: string, body: string | Buffer, type: string | undefined = 'application/json') {
  return fetch(`${base}${path}`, {
    method: 'POST',
    body: typeof body === 'string' ? body : new Uint8Array(body),
    headers: type === undefined ? {} : { 'content-type': type },
  })
}

async function codeOf(response: Response): Promise<string> {
  assert.match(response.headers.get('content-type') ?? '', /^application\/problem\+json/)
  const problem = (await response.json()) as Record<string, unknown>
  assert.equal(problem.status, response.status)
  assert.equal(problem.type, 'about:blank')
  assert.equal(typeof problem.title, 'string')
  assert.equal(typeof problem.detail, 'string')
  return String(problem.code)
}

describe('bodies', () => {
  it('[DI5] are JSON, in UTF-8', async () => {
    for (const type of [
      'application/json',
      'Application/JSON',
      'application/json; charset=utf-8',
      'application/json;charset="UTF-8"',
    ]) {
      const response = await post('/v1/echo', '{"a":1}', type)
      assert.deepEqual(await response.json(), { body: { a: 1 } }, type)
    }
  })

  it('[DI5] of any other type are 415, never read', async () => {
    const types = [
      'text/plain',
      'text/plain;charset=UTF-8',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'application/json; charset=latin1',
      'application/json; x',
      'application/json; x=y',
      'application/json/x',
      'application/jsonx',
      'application/json, text/plain',
      'application/ld+json',
      'application/problem+json',
      'json',
      '*/*',
      'application/json a',
      'application/json\ta',
      'application /json',
    ]
    for (const type of types)
      assert.equal(await codeOf(await post('/v1/echo', '{"a":1}', type)), 'unsupported_media_type', type)
  })

  it('[DI5] without a type are 415', async () => {
    const answer = await sendRaw(
      port,
      `POST /v1/echo HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}`,
    )
    assert.match(answer, /^HTTP\/1\.1 415 /)
    const chunked = 'Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n2\r\n{}\r\n0\r\n\r\n'
    assert.match(await sendRaw(port, `POST /v1/echo HTTP/1.1\r\nHost: x\r\n${chunked}`), /^HTTP\/1\.1 415 /)
  })

  it('[DI5] that are empty are none', async () => {
    assert.deepEqual(await (await post('/v1/echo', '')).json(), { body: null })
    assert.deepEqual(await (await fetch(`${base}/v1/echo`, { method: 'POST' })).json(), { body: null })
    // What axios says of a POST without a body.
    const asForm = await post('/v1/echo', '', 'application/x-www-form-urlencoded')
    assert.deepEqual(await asForm.json(), { body: null })
  })

  it('[DI5] that are not JSON, or not UTF-8, are bad_json', async () => {
    for (const body of [
      '{',
      'x',
      '{"a":}',
      Buffer.from([0x22, 0xff, 0xfe, 0x22]),
      Buffer.from('"\ud800"'.replace('\ud800', ''), 'utf16le'),
    ]) {
      assert.equal(await codeOf(await post('/v1/echo', body)), 'bad_json', String(body))
    }
  })

  it('[DI5] that nest too deep, or hold half a surrogate pair or U+0000, are bad_request', async () => {
    assert.equal(await codeOf(await post('/v1/echo', '['.repeat(17) + ']'.repeat(17))), 'bad_request')
    assert.equal(await codeOf(await post('/v1/echo', '{"a":"\\ud800"}')), 'bad_request')
    assert.equal(await codeOf(await post('/v1/echo', '{"a":[{"\\u0000":1}]}')), 'bad_request')
    assert.equal((await post('/v1/echo', '['.repeat(16) + ']'.repeat(16))).status, 200)
  })

  it('[DI5] are 65,536 bytes at most', async () => {
    const fits = JSON.stringify('x'.repeat(65_534))
    assert.equal((await post('/v1/echo', fits)).status, 200)
    assert.equal(await codeOf(await post('/v1/echo', `${fits} `)), 'too_large')
    const head =
      'POST /v1/echo HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n'
    const answer = await sendRaw(port, `${head}10001\r\n${fits} \r\n0\r\n\r\n`)
    assert.match(answer, /^HTTP\/1\.1 413 /)
  })

  it('[DI5] leave no prototype behind', async () => {
    const response = await post(
      '/v1/echo',
      '{"__proto__":{"admin":true},"constructor":{"prototype":{"admin":true}}}',
    )
    assert.equal(await response.text(), '{"body":{"constructor":{"prototype":{"admin":true}}}}')
    assert.equal(({} as { admin?: boolean }).admin, undefined)
  })
})

describe('paths', () => {
  it('[DI5] answer with and without a slash at the end, without a redirect', async () => {
    for (const path of ['/v1/things/7', '/v1/things/7/', '/api/things/7/']) {
      const response = await fetch(`${base}${path}`, { redirect: 'error' })
      assert.deepEqual(await response.json(), { thing: '7' }, path)
    }
  })

  it('[DI5] that are unknown are 404 in the shape of their family', async () => {
    assert.equal(await codeOf(await fetch(`${base}/v1/nothing`)), 'not_found')
    assert.equal(await codeOf(await fetch(`${base}/v1`)), 'not_found')
    for (const path of ['/nothing', '/api/nothing', '/v10/nothing']) {
      const response = await fetch(`${base}${path}`)
      assert.equal(response.status, 404)
      assert.equal(await response.text(), '{"detail":"Not Found"}')
      assert.equal(response.headers.get('content-type'), 'application/json; charset=utf-8')
    }
  })

  it('[DI5] that cannot be read, or are too long, are a failure of the table', async () => {
    assert.equal(await codeOf(await fetch(`${base}/v1/things/%zz`)), 'bad_request')
    assert.equal(await codeOf(await fetch(`${base}/v1/things/%ff`)), 'bad_request')
    assert.equal((await fetch(`${base}/v1/things/%zz`)).headers.get('x-content-type-options'), 'nosniff')
    assert.equal(await codeOf(await fetch(`${base}/v1/things/${'x'.repeat(2_000)}`)), 'not_found')
    assert.equal((await fetch(`${base}/v1/things/${'x'.repeat(1_000)}`)).status, 200)
  })

  it('[DI5] answer other methods with 405 and Allow', async () => {
    for (const method of ['DELETE', 'PUT', 'PATCH', 'POST', 'PROPFIND']) {
      const response = await fetch(`${base}/v1/things/7`, { method })
      assert.equal(response.headers.get('allow'), 'GET, HEAD, OPTIONS', method)
      assert.equal(await codeOf(response), 'method_not_allowed')
    }
    const response = await fetch(`${base}/api/echo/`)
    assert.equal(response.status, 405)
    assert.equal(response.headers.get('allow'), 'OPTIONS, POST')
    assert.equal(await response.text(), '{"detail":"Method Not Allowed"}')
  })

  it('[DI5] answer HEAD and OPTIONS', async () => {
    const head = await fetch(`${base}/v1/things/7`, { method: 'HEAD' })
    assert.equal(head.status, 200)
    assert.equal(head.headers.get('content-length'), '13')
    assert.equal(await head.text(), '')
    const options = await fetch(`${base}/v1/echo`, { method: 'OPTIONS' })
    assert.equal(options.status, 204)
    assert.equal(options.headers.get('allow'), 'OPTIONS, POST')
    assert.equal(options.headers.get('access-control-allow-origin'), null)
  })
})

describe('answers', () => {
  it('[DI5] of a failed server tell nothing of its inside', async () => {
    const response = await fetch(`${base}/v1/broken?token=canary-token`)
    assert.equal(response.status, 500)
    assert.doesNotMatch(await response.clone().text(), /canary|at .*:\d/)
    assert.equal(await codeOf(response), 'internal')
    const other = await fetch(`${base}/api/broken`)
    assert.deepEqual(await other.json(), { detail: 'The server failed: whether it was done is unknown.' })
    const line = logged.find((one) => one.includes('A request failed.'))
    assert.ok(line?.includes('canary: the inside of the server'))
    assert.ok(!logged.join('').includes('canary-token'))
  })

  it('[DI5] carry the headers that keep browsers careful', async () => {
    for (const path of ['/v1/things/7', '/v1/nothing', '/v1/broken', '/healthz']) {
      const { headers } = await fetch(`${base}${path}`)
      assert.equal(headers.get('content-security-policy'), "default-src 'none'; frame-ancestors 'none'")
      assert.equal(headers.get('x-content-type-options'), 'nosniff')
      assert.equal(headers.get('referrer-policy'), 'no-referrer')
      assert.equal(headers.get('cross-origin-opener-policy'), 'same-origin')
      assert.equal(headers.get('cross-origin-resource-policy'), 'same-origin')
      assert.equal(headers.get('strict-transport-security'), null)
      assert.equal(headers.get('x-powered-by'), null)
    }
    const { headers } = await fetch(`${base}/healthz`, { headers: { 'x-forwarded-proto': 'https' } })
    assert.equal(headers.get('strict-transport-security'), 'max-age=31536000')
  })

  it('[AC13] let pages of the allowed origins read them, and no others', async () => {
    const good = await fetch(`${base}/v1/things/7`, { headers: { origin: 'https://app.example' } })
    assert.equal(good.headers.get('access-control-allow-origin'), 'https://app.example')
    assert.equal(good.headers.get('access-control-allow-credentials'), 'true')
    assert.equal(good.headers.get('vary'), 'Origin')
    for (const origin of [
      'https://app.example.evil',
      'http://app.example',
      'null',
      'https://app.example:444',
    ]) {
      const bad = await fetch(`${base}/v1/things/7`, { headers: { origin } })
      assert.equal(bad.headers.get('access-control-allow-origin'), null, origin)
      assert.equal(bad.headers.get('vary'), 'Origin')
    }
  })

  it('[AC13] answer preflights of the allowed origins, and no others', async () => {
    const ask = (origin: string) =>
      fetch(`${base}/v1/echo`, {
        method: 'OPTIONS',
        headers: {
          origin,
          'access-control-request-method': 'POST',
          'access-control-request-headers': 'content-type',
        },
      })
    const good = await ask('https://app.example')
    assert.equal(good.status, 204)
    assert.equal(good.headers.get('access-control-allow-methods'), 'OPTIONS, POST')
    assert.match(
      good.headers.get('access-control-allow-headers') ?? '',
      /Authorization, Content-Type, Idempotency-Key/,
    )
    assert.equal((await ask('https://evil.example')).headers.get('access-control-allow-methods'), null)
  })

  it('[CO11] over the rate are 429, with the time to wait', async (t) => {
    requestsPerMinute = 3
    t.after(() => {
      requestsPerMinute = 0
    })
    const ask = (path: string, address = '203.0.113.1') =>
      fetch(`${base}${path}`, { headers: { 'x-forwarded-for': address } })
    for (let count = 0; count < 3; count++) assert.equal((await ask('/v1/things/7')).status, 200)
    const refused = await ask('/v1/things/7')
    assert.equal(refused.headers.get('retry-after'), '20')
    assert.equal(refused.headers.get('ratelimit-policy'), '"requests";q=3;w=60')
    assert.equal(refused.headers.get('ratelimit'), '"requests";r=0;t=20')
    assert.deepEqual(await refused.json(), {
      type: 'about:blank',
      title: 'Too Many Requests',
      status: 429,
      detail: 'Too many requests. Try again after the time given.',
      code: 'rate_limited',
      retryAfterMs: 20_000,
    })
    const contract = await ask('/api/things/7')
    assert.equal(contract.status, 429)
    assert.equal(contract.headers.get('retry-after'), '20')
    assert.deepEqual(Object.keys((await contract.json()) as object), ['detail'])
    assert.equal((await ask('/v1/nothing')).status, 429)
    assert.equal((await ask('/healthz')).status, 200)
    assert.equal((await ask('/v1/things/7', '203.0.113.2')).status, 200)
  })

  it('[CO9] while draining are 503, but for the watchers', async (t) => {
    isDraining = true
    t.after(() => {
      isDraining = false
    })
    const response = await fetch(`${base}/v1/things/7`)
    assert.equal(response.headers.get('connection'), 'close')
    assert.equal(response.headers.get('retry-after'), '1')
    assert.equal(await codeOf(response), 'unavailable')
    assert.equal((await fetch(`${base}/healthz`)).status, 200)
  })
})

describe('bytes that are no HTTP', () => {
  it('[CO3] are answered with a bare 400 and a close', async () => {
    for (const bytes of [
      'nonsense\r\n\r\n',
      'GET / HTTP/9.9\r\n\r\n',
      'GET / HTTP/1.1\r\n\r\n',
      Buffer.alloc(64, 0xff),
    ]) {
      assert.match(await sendRaw(port, bytes), /^HTTP\/1\.1 400 Bad Request\r\n/)
    }
    const both = 'Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'
    assert.match(await sendRaw(port, `POST /v1/echo HTTP/1.1\r\nHost: x\r\n${both}`), /^HTTP\/1\.1 400 /)
  })

  it('[CO3] with too large a header are 431', async () => {
    const answer = await sendRaw(port, `GET / HTTP/1.1\r\nHost: x\r\nX: ${'y'.repeat(20_000)}\r\n\r\n`)
    assert.match(answer, /^HTTP\/1\.1 431 /)
  })
})
