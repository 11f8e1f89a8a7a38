import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startTestServer } from '../../server/test/support/start-server.ts'
import { MemoryStorage } from './support/memory-storage.ts'
import { arrive, gather, quick, roomOf, texts } from './support/people.ts'
import { assertTrue } from './support/truth.ts'
import { until } from './support/until.ts'

test('[CL11] two tabs of one user stay equal: messages, counts, read markers and rooms', async () => {
  await using server = await startTestServer()
  const storage = new MemoryStorage()
  await using left = await arrive({ url: server.url, storage })
  await using right = quick({ url: server.url, storage })
  await right.connect()
  await using bob = await arrive({ url: server.url })
  const [b, l] = await gather(bob, left)
  await until(() => right.room(b.id) !== undefined, 'the other tab has the room as well')
  const r = roomOf(right, b.id)
  await l.open()
  for (let i = 0; i < 10; i += 1)
    await b.send(i === 9 ? `hello @${left.getSnapshot().account?.name}` : `${i}`)
  await until(() => [l, r].every((room) => room.getSnapshot().summary.unread === 10))
  assert.deepEqual(
    [l.getSnapshot().summary, r.getSnapshot().summary].map(({ mentions }) => mentions),
    [1, 1],
  )

  const middle = l.getSnapshot().timeline.messages.at(4)?.seq ?? 0
  l.markRead(middle)
  assert.equal(l.getSnapshot().summary.unread, 5, 'at once in the tab where it was read')
  await until(() => r.getSnapshot().summary.unread === 5)
  assert.equal(r.getSnapshot().summary.read, middle)
  r.markRead()
  await until(() => l.getSnapshot().summary.unread === 0 && l.getSnapshot().summary.mentions === 0)

  await r.open()
  const sent = l.send('from the left')
  assert.equal(r.getSnapshot().pending.length, 0, 'what one tab has on its way, the other does not show')
  await sent
  await until(() => texts(r).length === 11 && texts(l).length === 11)
  await assertTrue(left, l)
  await assertTrue(right, r)
  assert.deepEqual(left.getSnapshot().rooms, right.getSnapshot().rooms)

  await right.request({ type: 'room.leave', room: b.id })
  await until(() => left.room(b.id) === undefined)
  assert.equal(l.getSnapshot().isMember, false)
})

test('[CL11] logging out in one tab logs the other one out', async () => {
  await using server = await startTestServer()
  const storage = new MemoryStorage()
  await using left = await arrive({ url: server.url, storage })
  await using right = quick({ url: server.url, storage })
  await right.connect()
  await left.logOut()
  assert.equal(left.getSnapshot().connection.kind, 'signed-out')
  await until(() => right.getSnapshot().connection.kind === 'signed-out')
  assert.deepEqual(
    [left, right].map((client) => client.getSnapshot().account),
    [null, null],
  )
  assert.equal(storage.values.has('tokens'), false)
  await assert.rejects(right.connect(), { code: 'signed_out' })
})
