import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startTestServer } from '../../server/test/support/start-server.ts'
import { roomCache } from '../src/room-cache.ts'
import { MemoryStorage } from './support/memory-storage.ts'
import { arrive, gather, quick, roomOf, texts } from './support/people.ts'
import { TcpProxy } from './support/proxy.ts'
import { assertTrue } from './support/truth.ts'
import { until } from './support/until.ts'

const numbers = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, i) => String(from + i))

/** ann and bob in a room where ann has sent `count` messages, 0, 1, 2 and so on. */
async function chatted(url: string, count: number, bobUrl = url) {
  const ann = await arrive({ url })
  const bob = await arrive({ url: bobUrl })
  const [a, b] = await gather(ann, bob)
  for (let i = 0; i < count; i += 1) await a.send(String(i))
  await until(() => b.getSnapshot().summary.unread === count)
  const end = async () => {
    await Promise.all([ann.close(), bob.close()])
  }
  return { ann, bob, a, b, [Symbol.asyncDispose]: end }
}

test('[CL3] pages join each other and the live events without a gap', async () => {
  await using server = await startTestServer()
  await using world = await chatted(server.url, 120)
  const { a, b } = world
  assert.equal(b.getSnapshot().timeline.isLoaded, false)
  await b.open()
  assert.deepEqual(texts(b), numbers(70, 119))
  // Pages are read while messages come and old ones change.
  const { messages } = b.getSnapshot().timeline
  const busy = (async () => {
    for (let i = 120; i < 160; i += 1) {
      await a.send(String(i))
      await a.react(messages.at(i - 120)?.id ?? 0, '🎉')
    }
  })()
  await Promise.all([b.loadOlder(20), b.loadOlder(20)])
  await b.loadOlder(200)
  await busy
  await until(() => texts(b).length === 160)
  assert.deepEqual(texts(b), numbers(0, 159))
  assert.equal(b.getSnapshot().timeline.hasOlder, false)
  await b.loadOlder()
  await assertTrue(world.bob, b)
})

test('[CL3] a jump shows the messages around a seq; pages lead back to the live end, which went on meanwhile', async () => {
  await using server = await startTestServer()
  await using world = await chatted(server.url, 200)
  const { a, b } = world
  await b.open()
  const first = b.getSnapshot().timeline.messages.at(0)?.seq ?? 0
  await b.jumpTo(first - 100, 20)
  assert.deepEqual(texts(b), numbers(41, 60))
  const { hasOlder, hasNewer } = b.getSnapshot().timeline
  assert.deepEqual({ hasOlder, hasNewer }, { hasOlder: true, hasNewer: true })
  const shown = b.getSnapshot().timeline.messages.at(3)
  await a.edit(shown?.id ?? 0, 'edited')
  await a.send('200')
  await until(() => texts(b)[3] === 'edited')
  assert.equal(texts(b).length, 20, 'what is new is not shown here')
  await b.loadNewer(50)
  await b.loadNewer(60)
  assert.equal(b.getSnapshot().timeline.hasNewer, false)
  assert.deepEqual(texts(b).slice(4), numbers(45, 200))
  await b.jumpTo(1, 10)
  assert.deepEqual([texts(b)[0], b.getSnapshot().timeline.hasOlder], ['0', false])
  await b.jumpToLatest()
  assert.equal(texts(b).at(-1), '200')
  await assertTrue(world.bob, b)
})

test('[CL3] a page that is asked for while the connection is cut comes when it is back', async () => {
  await using server = await startTestServer()
  await using proxy = await TcpProxy.start(server.port)
  await using world = await chatted(server.url, 60, proxy.url)
  const { b } = world
  proxy.trouble.isDown = true
  proxy.cut()
  await until(() => world.bob.getSnapshot().connection.kind === 'waiting')
  const opened = b.open()
  await world.a.send('60')
  proxy.trouble.isDown = false
  await opened
  await until(() => texts(b).at(-1) === '60')
  await assertTrue(world.bob, b)
})

test('[CL3] what reacted first stands first, as on the server', async () => {
  await using server = await startTestServer()
  await using world = await chatted(server.url, 1)
  const { a, b } = world
  await a.open()
  const { id = 0 } = a.getSnapshot().timeline.messages.at(0) ?? {}
  await a.react(id, '👍')
  await a.react(id, '🎉')
  await b.react(id, '👍')
  await a.unreact(id, '👍')
  await assertTrue(world.ann, a)
})

test('[CL3] with a cache that gives what was missed, it comes once when it runs again', async () => {
  await using server = await startTestServer()
  await using ann = await arrive({ url: server.url })
  const storage = new MemoryStorage()
  const cached = () => ({ url: server.url, storage, cache: roomCache(storage, { givesMissed: true }) })
  const before = await arrive(cached())
  const [a, b] = await gather(ann, before)
  const given: number[] = []
  const listener = { event: ({ seq }: { seq: number }) => given.push(seq) }
  before.listen(listener)
  await a.send('heard')
  await until(() => given.length === 1)
  await before.close()
  for (let i = 0; i < 5; i += 1) await a.send(`missed ${i}`)
  await using after = quick(cached())
  after.listen(listener)
  await after.connect()
  await until(() => given.length === 6)
  const first = given[0] ?? 0
  assert.deepEqual(
    given,
    given.map((_, i) => first + i),
  )
  const room = roomOf(after, b.id)
  await room.open()
  await assertTrue(after, room)
})
