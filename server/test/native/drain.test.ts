import assert from 'node:assert/strict'
import { once } from 'node:events'
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
