import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect } from 'node:net'
import { test } from 'node:test'
import { WebSocket } from 'ws'
import { company } from '../support/people.ts'
import { ask } from '../support/rest.ts'

test('[CO9] drain: goodbye, the answers to what was asked, then 4000', async () => {
  await using chat = await company(['ann', 'bob'])
  const [ann, bob] = [chat.person('ann').socket, chat.person('bob').socket]
  const room = await chat.room()
  const asked = Array.from({ length: 200 }, (_, i) => ann.ask('message.send', { room, text: `m${i}` }))
  await asked[0]
  await chat.server.drain()
  for (const { socket } of chat.people) assert.equal((await socket.closed).code, 4000)
  const goodbye = bob.frames.find(({ type }) => type === 'goodbye')
  assert.ok(goodbye.retryAfterMs >= 0 && goodbye.retryAfterMs <= 2_000)
  const answered = ann.frames.filter(({ type, ok }) => type === 'reply' && ok).length
  const received = bob.events(room).filter(({ type }) => type === 'message.created').length
  assert.ok(answered > 0 && received === answered - 1, `${received} received of ${answered - 1} answered`)
  const late = await ask(chat.server, 'GET', '/v1/account', { token: chat.person('ann').token })
  assert.equal(late.status, 503)
  const ready = await ask(chat.server, 'GET', '/readyz')
  assert.equal(ready.status, 503)
  for (const path of ['/v1/socket', '/ws/tea', '/ws/auth?token=x', '/nowhere']) {
    const newcomer = new WebSocket(`${chat.server.url.replace('http', 'ws')}${path}`)
    newcomer.on('error', () => {})
    const [, { statusCode, headers }] = await once(newcomer, 'unexpected-response')
    assert.deepEqual([statusCode, headers['retry-after']], [503, '1'], path)
    newcomer.terminate()
  }
  for (const pending of asked) pending.catch(() => {})
})

test('[CO20] what was read is answered and what is answered is all there is, also of one whose queue was full', async () => {
  await using chat = await company(['ann', 'bob'])
  const [ann, bob] = [chat.person('ann').socket, chat.person('bob').socket]
  const room = await chat.room()
  for (let ref = 1; ref <= 2_000; ref += 1)
    ann.socket.send(JSON.stringify({ type: 'message.send', ref: 10_000 + ref, room, text: `m${ref}` }))
  await ann.next(({ ref, ok }) => ref === 10_001 && ok)
  await chat.server.drain()
  await ann.closed
  const answered = ann.frames
    .filter(({ type, ref, ok }) => type === 'reply' && ok && ref > 10_000)
    .map(({ ref }) => ref)
  assert.ok(answered.length > 256, `${answered.length} were answered`)
  assert.deepEqual(
    answered,
    answered.map((_, i) => 10_001 + i),
  )
  // Who only listens has heard of each of them, before the close.
  await bob.closed
  assert.equal(bob.events(room).filter(({ type }) => type === 'message.created').length, answered.length)
})

test('[CO20] a request that arrives while others are still leaving is answered', async () => {
  await using chat = await company(['ann', 'bob'])
  const room = await chat.room()
  const { token, socket: ann } = chat.person('ann')
  const { hostname, port } = new URL(chat.server.url)
  const body = JSON.stringify({ text: 'late' })
  const raw = connect(Number(port), hostname)
  raw.on('error', () => {})
  let answer = ''
  raw.setEncoding('utf8').on('data', (text) => {
    answer += text
  })
  const head = [
    `POST /v1/rooms/${room}/messages HTTP/1.1`,
    `Host: ${hostname}:${port}`,
    `Authorization: Bearer ${token}`,
    'Content-Type: application/json',
    `Content-Length: ${body.length}`,
  ]
  await once(raw, 'connect')
  raw.write(`${head.join('\r\n')}\r\n\r\n${body.slice(0, 3)}`)
  await ask(chat.server, 'GET', '/readyz')
  await ann.settled()
  // It does not answer the close, so that the server waits for it.
  chat.person('bob').socket.socket.pause()
  const drained = chat.server.drain()
  await ann.closed
  raw.write(body.slice(3))
  await drained
  if (!raw.closed) await once(raw, 'close')
  assert.match(answer, /^HTTP\/1\.1 201 /)
})
