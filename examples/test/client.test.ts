import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createClient } from '@parlance/client'
import { startTestServer } from '../../server/test/support/start-server.ts'
import { startBot } from '../bot.ts'
import { countTogether } from '../node-to-node.ts'

test('[CL3] a bot answers where it was invited, and once', async () => {
  await using server = await startTestServer()
  await using bot = await startBot(server.url, 'dicey', 'correct horse')
  await using ann = createClient({ url: server.url })
  await ann.register({ name: 'ann', password: 'correct horse' })
  await ann.connect()
  const { id } = await ann.request({ type: 'room.create', name: 'casino' })
  const { promise, resolve } = Promise.withResolvers<string>()
  ann.listen({
    event(event) {
      if (event.type === 'message.created' && event.actor.name === 'dicey') resolve(event.text)
    },
  })
  const room = ann.room(id)
  assert.ok(room)
  await ann.request({ type: 'room.invite', room: id, user: bot.getSnapshot().account?.id ?? 0 })
  await room.open()
  await room.send('!roll')
  assert.match(await promise, /^ann rolls [1-6]$/)
  assert.equal(room.getSnapshot().timeline.messages.length, 2)
})

test('a bot registers where it is not known yet, and for no other reason', async () => {
  await using server = await startTestServer({ limits: { loginsPerMinute: 1 } })
  await using other = createClient({ url: server.url })
  const name = 'dicey'
  await assert.rejects(other.logIn({ name, password: 'wrong horse' }), { code: 'bad_credentials' })
  // What is refused now is the log-in, whoever asks.
  await assert.rejects(startBot(server.url, name, 'correct horse'), { code: 'rate_limited' })
  // Nobody has taken the name meanwhile.
  assert.equal((await other.register({ name, password: 'other horse' })).name, name)
})

test('[CL1] two programs count together through a direct conversation', async () => {
  await using server = await startTestServer()
  const [left, right] = await countTogether(server.url, 20)
  const expected = Array.from({ length: 20 }, (_, i) => String(i + 1))
  assert.deepEqual(left, expected)
  assert.deepEqual(right, expected)
})
