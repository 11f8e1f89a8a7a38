import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startTestServer } from '../../server/test/support/start-server.ts'
import { type Client, createClient } from '../src/client.ts'
import { roomCache } from '../src/room-cache.ts'
import { ann, bob, created, FakeNetwork, room } from './support/fake-network.ts'
import { ManualClock } from './support/manual-clock.ts'
import { MemoryStorage } from './support/memory-storage.ts'
import { arrive, gather, quick, roomOf, texts } from './support/people.ts'
import { TcpProxy } from './support/proxy.ts'
import { assertTrue } from './support/truth.ts'
import { settled, until } from './support/until.ts'

/** A client as a page has it, before it does anything. */
function page(url: string, storage: MemoryStorage): Client {
  return quick({ url, storage, cache: roomCache(storage) })
}

/** A message of bob's as a page of the history has it. */
const message = (seq: number, id = 7) => ({
  id: seq * 10,
  room: id,
  seq,
  at: ann.createdAt,
  author: bob,
  text: `message ${seq}`,
  version: 1,
  editedAt: null,
  deletedAt: null,
  replyTo: null,
  mentions: [],
  reactions: [],
  nonce: null,
})
const messages = (from: number, to: number, id = 7) =>
  Array.from({ length: to - from + 1 }, (_, i) => message(from + i, id))

/** A client of ann's that talks to the test. */
function pretend(storage: MemoryStorage, clock = new ManualClock()) {
  const network = new FakeNetwork()
  const { WebSocket } = network
  const cache = roomCache(storage)
  const client = createClient({
    url: 'http://chat',
    token: 't',
    storage,
    cache,
    WebSocket,
    clock,
    random: () => 0,
  })
  const resets: string[] = []
  client.listen({ reset: ({ room, reason }) => resets.push(`${room} ${reason}`) })
  return { client, network, clock, resets }
}

/** Connects, opens room 7 at 40 with its newest messages, and goes. */
async function visit(storage: MemoryStorage): Promise<void> {
  const { client, network } = pretend(storage)
  void client.connect()
  await settled()
  network.last.greet({ rooms: [room(7, 40, { read: 20, unread: 20 }), room(8, 4)] })
  void roomOf(client, 7).open()
  network.last.answer('message.history', { messages: messages(11, 40), head: 40, more: true })
  await settled()
  await client.close()
}

test('[CL13] offline: account, rooms, messages and what is on its way show at once, and more can be sent', async () => {
  await using server = await startTestServer()
  await using proxy = await TcpProxy.start(server.port)
  const storage = new MemoryStorage()
  const before = page(proxy.url, storage)
  await before.register({ name: 'ann', password: 'correct horse' })
  await before.connect()
  const [b] = await gather(before)
  await b.open()
  await b.send('one')
  await until(() => texts(b).length === 1)
  proxy.trouble.isBlackhole = true
  void b.send('two')
  await before.close()
  proxy.cut()
  proxy.trouble.isBlackhole = false
  proxy.trouble.isDown = true

  await using after = page(proxy.url, storage)
  assert.equal(after.getSnapshot().isRestored, false)
  await after.restore()
  const { isRestored, account, connection, rooms, limits } = after.getSnapshot()
  assert.deepEqual([isRestored, account?.name, connection.kind], [true, 'ann', 'closed'])
  assert.deepEqual(rooms, before.getSnapshot().rooms)
  assert.equal(limits.textLength, 16_000)
  const a = roomOf(after, b.id)
  assert.deepEqual([texts(a), a.getSnapshot().timeline.isLoaded], [['one'], true])
  assert.deepEqual(
    a.getSnapshot().pending.map(({ text }) => text),
    ['two'],
  )
  const connected = after.connect()
  await until(() => after.getSnapshot().connection.kind === 'waiting')
  const sent = a.send('three')
  proxy.trouble.isDown = false
  await connected
  await sent
  await until(() => texts(a).length === 3)
  assert.deepEqual(texts(a), ['one', 'two', 'three'])
  await assertTrue(after, a)
})

test('[CL13] by cookie: who one is, is known offline too', async () => {
  const storage = new MemoryStorage()
  await visit(storage)
  const network = new FakeNetwork()
  const { WebSocket } = network
  const client = createClient({ url: 'http://chat', cookie: true, cache: roomCache(storage), WebSocket })
  await client.restore()
  assert.deepEqual(client.getSnapshot().account, ann)
  assert.equal(roomOf(client, 7).getSnapshot().timeline.messages.length, 30)
  await client.close()
})

test('[CL14] edits, deletes, reactions and messages that were missed are in what was kept, none twice', async () => {
  await using server = await startTestServer()
  const storage = new MemoryStorage()
  await using other = await arrive({ url: server.url })
  const before = page(server.url, storage)
  await before.register({ name: 'ann', password: 'correct horse' })
  await before.connect()
  const [o, b] = await gather(other, before)
  await b.open()
  for (let i = 0; i < 120; i += 1) await o.send(String(i))
  await until(() => texts(b).length === 120)
  await before.close()
  const [edited, deleted, reacted] = b.getSnapshot().timeline.messages.slice(117)
  await o.edit(edited?.id ?? 0, 'edited')
  await o.delete(deleted?.id ?? 0)
  await o.react(reacted?.id ?? 0, '🎉')
  await o.send('120')

  await using after = page(server.url, storage)
  await after.restore()
  const a = roomOf(after, b.id)
  assert.deepEqual([texts(a).length, texts(a)[0], texts(a).at(-1)], [100, '20', '119'])
  await after.connect()
  await until(() => texts(a).at(-1) === '120')
  assert.deepEqual(texts(a).slice(-4), ['edited', '', '119', '120'])
  assert.equal(a.getSnapshot().timeline.resets, 0)
  await assertTrue(after, a)
})

test('[CL14] what cannot be followed is dropped and read anew, and that is declared', async () => {
  const cases = [
    [{ epoch: 'e2', rooms: [room(7, 41)] }, ['7 epoch', '8 not_a_member']],
    [{ rooms: [room(7, 39), room(8, 4)] }, ['7 ahead']],
    [{ rooms: [room(7, 2_041), room(8, 9_000)] }, ['7 behind']],
  ] as const
  for (const [welcome, declared] of cases) {
    const storage = new MemoryStorage()
    await visit(storage)
    const { client, network, resets } = pretend(storage)
    void client.connect()
    await until(() => client.getSnapshot().isRestored)
    const seven = roomOf(client, 7)
    await seven.open()
    assert.equal(seven.getSnapshot().timeline.messages.length, 30)
    await settled()
    network.last.greet(welcome)
    assert.deepEqual(resets, declared)
    assert.equal(seven.getSnapshot().timeline.isLoaded, false)
    assert.ok(network.last.lastOf('message.history'), 'it is open, so it is read')
    await client.close()
  }
})

test('[CL14] of the rooms without kept messages the summaries tell all, and nothing more is read', async () => {
  const storage = new MemoryStorage()
  await visit(storage)
  const { client, network, resets } = pretend(storage)
  void client.connect()
  await settled()
  assert.equal(network.last.lastOf('hello'), undefined)
  network.last.greet({ rooms: [room(7, 42), room(8, 90, { unread: 3, read: 80 })] })
  assert.equal(network.last.sent.find(({ type }) => type === 'hello')?.resume, undefined)
  assert.deepEqual(
    network.last.sent.filter(({ type }) => type === 'room.events').map(({ room, after }) => [room, after]),
    [[7, 40]],
  )
  network.last.answer('room.events', { events: [created(7, 41), created(7, 42)], more: false })
  await settled()
  assert.equal(roomOf(client, 7).getSnapshot().timeline.messages.length, 32)
  assert.equal(roomOf(client, 8).getSnapshot().summary.unread, 3)
  network.last.say(created(8, 91))
  assert.equal(roomOf(client, 8).getSnapshot().summary.unread, 4)
  assert.deepEqual(resets, [])
})

test('[CL14] what was read while offline is told to the server after the reload', async () => {
  const storage = new MemoryStorage()
  await visit(storage)
  const { client, network } = pretend(storage)
  await client.restore()
  roomOf(client, 7).markRead()
  assert.equal(network.sockets.length, 0)
  await client.close()
  const again = pretend(storage)
  void again.client.connect()
  await settled()
  again.network.last.greet({ rooms: [room(7, 40, { read: 20, unread: 20 })] })
  assert.equal(again.network.last.lastOf('read.mark')?.seq, 40)
  assert.equal(roomOf(again.client, 7).getSnapshot().summary.unread, 0)
})

test('[CL13] thirty rooms keep their messages, a hundred each; the one opened longest ago goes', async () => {
  const storage = new MemoryStorage()
  const { client, network, clock } = pretend(storage)
  void client.connect()
  await settled()
  const ids = Array.from({ length: 32 }, (_, i) => i + 1)
  network.last.greet({ rooms: ids.map((id) => room(id, 150)) })
  for (const id of ids) {
    clock.pass(1)
    void roomOf(client, id).open()
    network.last.answer('message.history', { messages: messages(1, 150, id), head: 150, more: false })
    await settled()
    roomOf(client, id).close()
  }
  const lengths = () => ids.map((id) => roomOf(client, id).getSnapshot().timeline.messages.length)
  assert.deepEqual(lengths(), [0, 0, ...Array(30).fill(100)])
  await client.close()
  assert.equal(storage.values.size, 31)
  const after = pretend(storage)
  await after.client.restore()
  const restored = ids.map((id) => roomOf(after.client, id).getSnapshot().timeline)
  assert.deepEqual(
    restored.map(({ messages }) => messages.length),
    [0, 0, ...Array(30).fill(100)],
  )
  assert.deepEqual([restored[5]?.hasOlder, restored[5]?.messages.at(0)?.seq], [true, 51])
})

test('[CL13] changes are written together, a second after the first of them', async () => {
  const storage = new MemoryStorage()
  await visit(storage)
  const { client, network, clock } = pretend(storage)
  void client.connect()
  await settled()
  network.last.greet({ rooms: [room(7, 40), room(8, 4)] })
  clock.pass(1_000)
  await settled()
  let writes = 0
  storage.set = async (key, value) => {
    writes += 1
    storage.values.set(key, value)
  }
  for (let seq = 41; seq <= 90; seq += 1) network.last.say(created(7, seq))
  clock.pass(999)
  await settled()
  assert.equal(writes, 0)
  clock.pass(1)
  await settled()
  assert.equal(writes, 2, 'the index and the room')
})

test('[CL15] logging out, or a session ended elsewhere, wipes the cache', async () => {
  await using server = await startTestServer()
  for (const how of ['here', 'elsewhere']) {
    const storage = new MemoryStorage()
    await using client = await arrive({ url: server.url, storage, cache: roomCache(storage) })
    const [own] = await gather(client)
    await own.open()
    await own.send('secret')
    await client.close()
    assert.ok([...storage.values.values()].some((value) => value.includes('secret')))
    await using again = page(server.url, storage)
    await again.connect()
    if (how === 'here') await again.logOut()
    else {
      const { sessions } = await again.request({ type: 'session.list' })
      // The cut comes before the answer, or after it.
      for (const { id } of sessions)
        await again.request({ type: 'session.revoke', session: id }).catch(() => {})
      await until(() => again.getSnapshot().connection.kind === 'signed-out')
      await again.close()
    }
    assert.deepEqual([...storage.values.keys()], [])
  }
})

test('[CL15] another account sees and leaves nothing of the one before', async () => {
  await using server = await startTestServer()
  const storage = new MemoryStorage()
  const first = await arrive({ url: server.url, storage, cache: roomCache(storage) })
  const [own] = await gather(first)
  await own.open()
  await own.send('secret')
  await first.close()
  await using second = page(server.url, storage)
  await second.register({ name: 'eve', password: 'correct horse' })
  assert.deepEqual(second.getSnapshot().rooms, [])
  await second.connect()
  assert.equal(second.room(own.id), undefined)
  await second.close()
  assert.ok(![...storage.values.values()].some((value) => value.includes('secret')))
  assert.ok(storage.values.get('cache')?.includes('"eve"'))
})

test('[CL14] [CL11] two tabs share a storage: whatever each of them wrote last, a reload shows the truth', async () => {
  await using server = await startTestServer()
  const storage = new MemoryStorage()
  await using other = await arrive({ url: server.url })
  const left = await arrive({ url: server.url, storage, cache: roomCache(storage) })
  const rooms = [await gather(other, left), await gather(other, left)] as const
  const right = page(server.url, storage)
  await right.connect()
  for (const [i, [o, l]] of rooms.entries()) {
    // Each tab has opened another room: both take the first slot for it.
    await (i === 0 ? l : roomOf(right, l.id)).open()
    for (let n = 0; n < 5; n += 1) await o.send(String(n))
  }
  await until(() => texts(rooms[0][1]).length === 5)
  await Promise.all([left.close(), right.close()])
  for (const [o] of rooms) await o.send('5')
  await using tab = page(server.url, storage)
  await using twin = page(server.url, storage)
  await Promise.all([tab.connect(), twin.connect()])
  for (const [, { id }] of rooms) {
    for (const client of [tab, twin]) {
      await roomOf(client, id).open()
      await until(() => texts(roomOf(client, id)).length === 6)
      await assertTrue(client, roomOf(client, id))
    }
  }
  assert.deepEqual(tab.getSnapshot().rooms, twin.getSnapshot().rooms)
})

test('[CL13] a storage that is full, broken or of another format costs what was kept, and nothing else', async () => {
  const storage = new MemoryStorage()
  await visit(storage)
  for (const value of ['{', 'null', '{"format":0}', '[]']) {
    storage.values.set('cache', value)
    const { client, network } = pretend(storage)
    storage.set = () => Promise.reject(new Error('full'))
    void client.connect()
    await settled()
    assert.deepEqual(client.getSnapshot().rooms, [])
    network.last.greet({ rooms: [room(7, 40)] })
    assert.equal(client.getSnapshot().rooms.length, 1)
    await client.close()
  }
})

test('[CL13] [CL15] a cache that cannot be made out is as good as none, and logging out works all the same', async () => {
  const index = { format: 1, account: ann, epoch: 'e1', limits: {} }
  const broken = [{ format: 1 }, { ...index, account: null }, { ...index, rooms: [{}] }, { format: 0 }]
  for (const value of broken) {
    const storage = new MemoryStorage([['cache', JSON.stringify(value)]])
    // Nothing better is written over it before the session ends.
    storage.set = () => Promise.reject(new Error('full'))
    const network = new FakeNetwork()
    const client = createClient({
      url: 'http://chat',
      tokens: { token: 't', refreshToken: 'r', expiresAt: '2100-01-01T00:00:00.000Z' },
      storage,
      cache: roomCache(storage),
      clock: new ManualClock(),
      WebSocket: network.WebSocket,
      fetch: async () => ({ status: 204, text: async () => '' }),
    })
    void client.connect()
    await settled()
    network.last.greet({ rooms: [room(7, 40)] })
    assert.equal(client.getSnapshot().rooms.length, 1)
    await client.logOut()
    await client.close()
  }
})
