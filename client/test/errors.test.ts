import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import { errorCodes, retries } from '@parlance/protocol/error-codes'
import { createClient } from '../src/client.ts'
import { ParlanceError } from '../src/errors.ts'
import type { Fetch } from '../src/http.ts'
import { created, FakeNetwork, room } from './support/fake-network.ts'
import { ManualClock } from './support/manual-clock.ts'
import { settled } from './support/until.ts'

async function connected(fetch?: Fetch) {
  const network = new FakeNetwork()
  const clock = new ManualClock()
  const { WebSocket } = network
  const base = { url: 'http://chat', token: 't', WebSocket, clock, random: () => 0 }
  const client = createClient(fetch === undefined ? base : { ...base, fetch })
  void client.connect()
  await settled()
  network.last.greet({ rooms: [room(7, 40)] })
  return { network, clock, client }
}

/** A server that answers every request so. */
const answers =
  (status: number, body: string): Fetch =>
  async () => ({ status, text: async () => body })

test('[CL12] a refusal has the code, the sentence and the wait of the server, and knows whether to retry', async () => {
  for (const code of errorCodes) {
    const { network, client } = await connected()
    const asked = client.request({ type: 'room.get', room: 7 })
    network.last.refuse('room.get', code, 1_234)
    const error = await asked.then(
      () => undefined,
      (cause: unknown) => cause,
    )
    assert.ok(error instanceof ParlanceError)
    const { shouldRetry, retryAfterMs, message, name } = error
    assert.deepEqual(
      { name, code: error.code, shouldRetry, retryAfterMs, message },
      { name: 'ParlanceError', code, shouldRetry: retries[code], retryAfterMs: 1_234, message: 'No.' },
    )
  }
})

test('[CL12] over HTTP too, and what a proxy on the way says is an error as well', async () => {
  const problem = JSON.stringify({ code: 'bad_credentials', detail: 'Wrong.', status: 401 })
  const cases: readonly [Fetch, string, boolean][] = [
    [answers(401, problem), 'bad_credentials', false],
    [answers(429, '{"code":"rate_limited","detail":"Slow.","retryAfterMs":5}'), 'rate_limited', true],
    [answers(502, '<html>Bad gateway</html>'), 'unavailable', true],
    [answers(404, ''), 'unavailable', true],
    [answers(403, '{"code":1020}'), 'unavailable', true],
    [answers(200, '<html>Welcome to our hotel</html>'), 'unavailable', true],
    [answers(201, 'null'), 'unavailable', true],
    [async () => ({ status: 201, text: () => Promise.reject(new TypeError('terminated')) }), 'offline', true],
    [() => Promise.reject(new TypeError('fetch failed')), 'offline', true],
  ]
  for (const [fetch, code, shouldRetry] of cases) {
    const client = createClient({ url: 'http://chat', fetch })
    await assert.rejects(client.logIn({ name: 'ann', password: 'x' }), { code, shouldRetry })
  }
})

test('[CL17] an error names its cause: another server, a proxy, no connection, no host, TLS, an origin', async () => {
  const failed =
    (code: string): Fetch =>
    () =>
      Promise.reject(new TypeError('fetch failed', { cause: { code } }))
  const cases: readonly [Fetch, string, string | undefined][] = [
    [answers(200, '<html>Welcome to our hotel</html>'), 'unavailable', 'not_parlance'],
    [answers(404, 'Not found'), 'unavailable', 'not_parlance'],
    [answers(502, '<html>Bad gateway</html>'), 'unavailable', 'gateway'],
    [failed('ECONNREFUSED'), 'offline', 'no_connection'],
    [failed('ENOTFOUND'), 'offline', 'unknown_host'],
    [failed('DEPTH_ZERO_SELF_SIGNED_CERT'), 'offline', 'tls'],
    [() => Promise.reject(new TypeError('Failed to fetch')), 'offline', 'no_connection'],
    [answers(403, '{"code":"bad_origin","detail":"Not from there."}'), 'bad_origin', undefined],
  ]
  for (const [fetch, code, reason] of cases) {
    const client = createClient({ url: 'http://chat', fetch })
    await assert.rejects(client.logIn({ name: 'ann', password: 'x' }), { code, reason })
  }
  const { network, client } = await connected()
  network.last.end(4505, 'origin not accepted')
  await assert.rejects(client.request({ type: 'room.get', room: 7 }), { code: 'bad_origin' })
})

test('[CL17] really: where nothing listens, and over HTTP in the place of TLS', async () => {
  const taken = createServer((_request, response) => response.end('<html>')).listen(0, '127.0.0.1')
  await once(taken, 'listening')
  const { port } = taken.address() as AddressInfo
  const logIn = (url: string) => createClient({ url }).logIn({ name: 'ann', password: 'x' })
  await assert.rejects(logIn(`http://127.0.0.1:${port}`), { code: 'unavailable', reason: 'not_parlance' })
  await assert.rejects(logIn(`https://127.0.0.1:${port}`), { code: 'offline', reason: 'tls' })
  taken.close()
  taken.closeAllConnections()
  await once(taken, 'close')
  await assert.rejects(logIn(`http://127.0.0.1:${port}`), { code: 'offline', reason: 'no_connection' })
})

test('[CL12] a cut: what may be asked twice is asked again, for the rest the outcome is unknown', async () => {
  const { network, clock, client } = await connected()
  const safe = client.request({ type: 'room.get', room: 7 })
  const unsafe = client.request({ type: 'room.create', name: 'new' })
  network.last.end()
  await assert.rejects(unsafe, { code: 'connection_lost', shouldRetry: false })
  clock.pass(0)
  await settled()
  network.last.greet({ rooms: [room(7, 40)] })
  network.last.answer('room.get', room(7, 40))
  assert.equal((await safe).id, 7)
})

test('[CL12] without an answer for 30 s a request is offline, or unknown where it was sent and is not safe', async () => {
  const { clock, client, network } = await connected()
  const safe = client.request({ type: 'room.get', room: 7 })
  const unsafe = client.request({ type: 'room.create', name: 'new' })
  clock.pass(25_000)
  network.last.say({ type: 'pong', ref: null, heads: {} })
  clock.pass(5_000)
  await assert.rejects(safe, { code: 'offline', shouldRetry: true })
  await assert.rejects(unsafe, { code: 'connection_lost' })
  network.last.end()
  const late = client.request({ type: 'room.create', name: 'new' })
  for (let waited = 0; waited < 30_000; waited += 1_000) clock.pass(1_000)
  await assert.rejects(late, { code: 'offline', shouldRetry: true })
})

test('[CL12] what waits when the client is closed, refused or signed out fails with that', async () => {
  const closed = await connected()
  const first = closed.client.request({ type: 'room.get', room: 7 })
  await closed.client.close()
  await assert.rejects(first, { code: 'closed', shouldRetry: false })
  for (const [close, code] of [
    [4503, 'refused'],
    [4502, 'signed_out'],
  ] as const) {
    const { client, network } = await connected()
    const asked = client.request({ type: 'room.get', room: 7 })
    network.last.end(close, 'no')
    await assert.rejects(asked, { code, shouldRetry: false })
    await assert.rejects(client.request({ type: 'room.get', room: 7 }), { code })
  }
})

test('[CL12] a second message is not made by a cut: without a nonce it is not sent again', async () => {
  const { network, clock, client } = await connected()
  const unsafe = client.request({ type: 'message.send', room: 7, text: 'hello' })
  const safe = client.request({ type: 'message.send', room: 7, text: 'hello', nonce: 'n1' })
  network.last.end()
  await assert.rejects(unsafe, { code: 'connection_lost' })
  clock.pass(0)
  await settled()
  network.last.greet({ rooms: [room(7, 40)] })
  assert.deepEqual(
    network.last.sent.filter(({ type }) => type === 'message.send').map(({ nonce }) => nonce),
    ['n1'],
  )
  network.last.answer('message.send', {})
  await safe
})

test('[CL10] what the client asks for itself waits where it was too soon, and is asked again', async () => {
  const { network, clock, client } = await connected()
  const seven = client.room(7)
  network.last.say(created(7, 42))
  seven?.markRead(20)
  void client.room(7)?.loadMembers()
  for (const type of ['room.events', 'room.members']) {
    const before = network.last.lastOf(type)
    network.last.refuse(type, 'rate_limited', 700)
    clock.pass(699)
    assert.equal(network.last.lastOf(type), before)
    clock.pass(1)
    assert.deepEqual(network.last.lastOf(type), before)
    assert.notEqual(network.last.lastOf(type), before)
  }
  network.last.refuse('room.events', 'rate_limited', 700)
  network.last.end()
  clock.pass(0)
  await settled()
  network.last.greet({ rooms: [room(7, 42)] })
  network.last.answer('room.events', { events: [created(7, 41), created(7, 42)] })
  await settled()
  assert.equal(seven?.getSnapshot().summary.head, 42)
  const asked = network.last.sent.length
  clock.pass(700)
  assert.equal(network.last.sent.length, asked, 'the cut ended the wait')
})
