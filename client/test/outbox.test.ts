import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startTestServer } from '../../server/test/support/start-server.ts'
import { createClient } from '../src/client.ts'
import { OutboxStore } from '../src/outbox-store.ts'
import { ann, created, FakeNetwork, room } from './support/fake-network.ts'
import { ManualClock } from './support/manual-clock.ts'
import { MemoryStorage } from './support/memory-storage.ts'
import { arrive, gather, quick, roomOf, texts } from './support/people.ts'
import { TcpProxy } from './support/proxy.ts'
import { assertTrue } from './support/truth.ts'
import { settled, until } from './support/until.ts'

/** ann, connected, in room 7. */
async function connected(storage?: MemoryStorage) {
  const network = new FakeNetwork()
  const clock = new ManualClock()
  const { WebSocket } = network
  const options = { url: 'http://chat', token: 't', WebSocket, clock, random: () => 0 }
  const client = createClient(storage === undefined ? options : { ...options, storage })
  void client.connect()
  await settled()
  network.last.greet({ rooms: [room(7, 40)] })
  await settled()
  return { network, clock, client, room: roomOf(client, 7) }
}

/** A message of ann's as the server answers it. */
function landed(seq: number, nonce: unknown, text = 'hello') {
  return { id: seq * 10, room: 7, seq, author: ann, text, nonce, version: 1, reactions: [], mentions: [] }
}

const kinds = (of: Awaited<ReturnType<typeof connected>>) =>
  of.room.getSnapshot().pending.map(({ text, state }) => `${text}: ${state.kind}`)

test('[CL2] a message is pending at once, and gone when its event comes, before or after the reply', async () => {
  for (const order of ['event first', 'reply first']) {
    const world = await connected()
    const sent = world.room.send('hello')
    assert.deepEqual(kinds(world), ['hello: sending'])
    const nonce = world.network.last.lastOf('message.send')?.nonce
    const event = created(7, 41, { actor: { id: 1, name: 'ann', kind: 'user' }, nonce, text: 'hello' })
    if (order === 'event first') {
      world.network.last.say(event)
      assert.deepEqual(kinds(world), [])
      assert.equal((await sent).seq, 41)
      world.network.last.answer('message.send', landed(41, nonce))
    } else {
      world.network.last.answer('message.send', landed(41, nonce))
      assert.equal((await sent).seq, 41)
      await settled()
      assert.deepEqual(kinds(world), ['hello: sent'], 'it stays until the timeline has it')
      world.network.last.say(event)
    }
    await settled()
    assert.deepEqual(kinds(world), [])
  }
})

test('[CL2] the same nonce by another author is not one’s own message', async () => {
  const world = await connected()
  void world.room.send('hello')
  const nonce = world.network.last.lastOf('message.send')?.nonce
  world.network.last.say(created(7, 41, { nonce }))
  assert.deepEqual(kinds(world), ['hello: sending'])
})

test('[CL2] messages of a room go out in their order, one at a time; rooms do not wait for each other', async () => {
  const world = await connected()
  world.network.last.say({ type: 'room.added', room: 8, summary: room(8, 1) })
  for (const text of ['one', 'two', 'three']) void world.room.send(text)
  void roomOf(world.client, 8).send('elsewhere')
  const sends = () =>
    world.network.last.sent.filter(({ type }) => type === 'message.send').map(({ text }) => text)
  assert.deepEqual(sends(), ['one', 'elsewhere'])
  const nonce = world.network.last.sent.find(({ text }) => text === 'one')
  world.network.last.say({ type: 'reply', ref: nonce?.ref, ok: true, data: landed(41, nonce?.nonce) })
  await settled()
  assert.deepEqual(sends(), ['one', 'elsewhere', 'two'])
})

test('[CL2] too fast: the same message is sent again after the time that the server gives, and the next waits', async () => {
  const world = await connected()
  void world.room.send('one')
  void world.room.send('two')
  const first = world.network.last.lastOf('message.send')
  world.network.last.refuse('message.send', 'rate_limited', 700)
  await settled()
  assert.deepEqual(kinds(world), ['one: sending', 'two: sending'])
  world.clock.pass(699)
  assert.equal(world.network.last.lastOf('message.send'), first)
  world.clock.pass(1)
  const second = world.network.last.lastOf('message.send')
  assert.notEqual(second, first)
  assert.deepEqual([second?.text, second?.nonce], ['one', first?.nonce])
})

test('[CL2] a refusal is a failure that can be tried again or dropped, with the same nonce', async () => {
  const world = await connected()
  const sent = world.room.send('hello')
  const nonce = world.network.last.lastOf('message.send')?.nonce
  world.network.last.refuse('message.send', 'muted', 60_000)
  await assert.rejects(sent, { code: 'muted', retryAfterMs: 60_000 })
  assert.deepEqual(kinds(world), ['hello: failed'])
  const again = world.room.retry(String(nonce))
  assert.deepEqual(kinds(world), ['hello: sending'])
  assert.equal(world.network.last.lastOf('message.send')?.nonce, nonce)
  world.network.last.refuse('message.send', 'archived')
  await assert.rejects(again, { code: 'archived' })
  world.room.discard(String(nonce))
  assert.deepEqual(kinds(world), [])
})

test('[CL2] a server that fails on a message five times is not asked a sixth', async () => {
  const world = await connected()
  const sent = world.room.send('hello')
  for (let i = 0; i < 5; i += 1) {
    world.network.last.refuse('message.send', 'internal')
    await settled()
    world.clock.pass(1_000 * 2 ** i)
  }
  await assert.rejects(sent, { code: 'internal' })
})

test('[CL2] a message over the size of a frame fails here, and the connection stays', async () => {
  const world = await connected()
  await assert.rejects(world.room.send('💬'.repeat(17_000)), { code: 'too_large' })
  assert.equal(world.client.getSnapshot().connection.kind, 'open')
})

test('[CL2] what was on its way survives a reload and lands once, whatever was answered before', async () => {
  await using server = await startTestServer()
  await using proxy = await TcpProxy.start(server.port)
  const storage = new MemoryStorage()
  const first = await arrive({ url: proxy.url, storage })
  const [before] = await gather(first)
  // The first message lands and its answer is lost, the second one never leaves.
  proxy.trouble.isDeafClient = true
  void before.send('one')
  void before.send('two')
  await using watcher = await arrive({ url: server.url })
  await watcher.request({ type: 'room.join', room: before.id })
  const seen = roomOf(watcher, before.id)
  await seen.open()
  await until(() => texts(seen).length === 1)
  await first.close()
  proxy.trouble.isDeafClient = false
  await using second = quick({ url: proxy.url, storage })
  await second.connect()
  const after = roomOf(second, before.id)
  await after.open()
  await until(() => texts(seen).length === 2 && after.getSnapshot().pending.length === 0)
  assert.deepEqual(texts(seen), ['one', 'two'])
  await assertTrue(second, after)
  await second.close()
  assert.equal([...storage.values.keys()].includes('outbox.1'), false, 'nothing is kept of what has landed')
})

test('[CL2] a failed message survives a reload as failed', async () => {
  const storage = new MemoryStorage()
  const before = await connected(storage)
  const sent = before.room.send('hello')
  before.network.last.refuse('message.send', 'muted', 60_000)
  await assert.rejects(sent)
  await before.client.close()
  const after = await connected(storage)
  await until(() => after.room.getSnapshot().pending.length === 1)
  assert.deepEqual(kinds(after), ['hello: failed'])
  const [message] = after.room.getSnapshot().pending
  assert.equal(message?.state.kind === 'failed' && message.state.error.code, 'muted')
})

test('[CL2] two tabs share a storage: neither forgets or doubles what the other has on its way', async () => {
  await using server = await startTestServer()
  await using proxy = await TcpProxy.start(server.port)
  const storage = new MemoryStorage()
  const left = await arrive({ url: proxy.url, storage })
  const [a] = await gather(left)
  const right = quick({ url: proxy.url, storage })
  await right.connect()
  const b = roomOf(right, a.id)
  proxy.trouble.isBlackhole = true
  void a.send('left')
  void b.send('right')
  await Promise.all([left.close(), right.close()])
  proxy.trouble.isBlackhole = false
  await using one = quick({ url: proxy.url, storage })
  await using two = quick({ url: proxy.url, storage })
  await Promise.all([one.connect(), two.connect()])
  const rooms = [roomOf(one, a.id), roomOf(two, a.id)] as const
  for (const room of rooms) await room.open()
  await until(() =>
    rooms.every((room) => texts(room).length === 2 && room.getSnapshot().pending.length === 0),
  )
  assert.deepEqual(texts(rooms[0]).sort(), ['left', 'right'])
  await assertTrue(one, rooms[0])
  await assertTrue(two, rooms[1])
})

test('[CL2] what survived a reload goes before what is written now, however slow the storage', async () => {
  const kept = (text: string) => ({ nonce: text, room: 7, text, replyTo: null, at: ann.createdAt })
  const storage = new MemoryStorage([['outbox.1', JSON.stringify([kept('one')])]])
  const { promise, resolve } = Promise.withResolvers<void>()
  const get = storage.get.bind(storage)
  storage.get = (key) => promise.then(() => get(key))
  const network = new FakeNetwork()
  const { WebSocket } = network
  const tokens = { token: 't', refreshToken: 'r', expiresAt: '2100-01-01T00:00:00.000Z' }
  const client = createClient({ url: 'http://chat', tokens, storage, WebSocket, clock: new ManualClock() })
  void client.connect()
  resolve()
  await settled()
  // Whose outbox it is, the welcome tells.
  const { promise: loading, resolve: load } = Promise.withResolvers<void>()
  storage.get = (key) => loading.then(() => get(key))
  network.last.greet({ rooms: [room(7, 40)] })
  void roomOf(client, 7).send('two')
  await settled()
  assert.equal(network.last.lastOf('message.send'), undefined)
  load()
  await settled()
  assert.equal(network.last.lastOf('message.send')?.text, 'one')
  assert.deepEqual(
    roomOf(client, 7)
      .getSnapshot()
      .pending.map(({ text }) => text),
    ['one', 'two'],
  )
})

test('[MS14] whether a reply tells its author is sent with it, over a reload as well', async () => {
  const storage = new MemoryStorage()
  const world = await connected(storage)
  const flagOf = ({ network }: typeof world) => network.last.lastOf('message.send')?.notifyReplied
  void world.room.send('loud', { replyTo: 30 })
  assert.equal(flagOf(world), undefined)
  world.network.last.answer('message.send', landed(41, world.network.last.lastOf('message.send')?.nonce))
  await settled()
  void world.room.send('no reply', { notifyReplied: false })
  assert.equal(flagOf(world), undefined)
  world.network.last.answer('message.send', landed(42, world.network.last.lastOf('message.send')?.nonce))
  await settled()
  void world.room.send('quiet', { replyTo: 30, notifyReplied: false })
  assert.equal(flagOf(world), false)
  await settled()
  await world.client.close()
  const again = await connected(storage)
  assert.deepEqual([again.network.last.lastOf('message.send')?.text, flagOf(again)], ['quiet', false])
})

test('[CL2] a message that is tried again goes after those that wait, over a reload as well', async () => {
  const storage = new MemoryStorage()
  const world = await connected(storage)
  for (const text of ['one', 'two']) void world.room.send(text)
  const nonce = String(world.network.last.lastOf('message.send')?.nonce)
  world.network.last.refuse('message.send', 'muted')
  await settled()
  void world.room.retry(nonce)
  await world.client.close()
  const again = await connected(storage)
  assert.deepEqual(kinds(again), ['two: sending', 'one: sending'])
})

test('[CL2] whatever is written while the storage is being written to is kept', async () => {
  const storage = new MemoryStorage()
  const set = storage.set.bind(storage)
  let written = () => {}
  storage.set = async (key, value) => {
    await set(key, value)
    written()
  }
  for (let turns = 0; turns < 30; turns += 1) {
    const store = new OutboxStore(storage, turns)
    const put = (nonce: string) =>
      store.put({ nonce, room: 7, text: '', replyTo: null, at: '', state: { kind: 'sending' } })
    put('one')
    await new Promise<void>((resolve) => {
      written = resolve
    })
    for (let turn = 0; turn < turns; turn += 1) await Promise.resolve()
    put('two')
    await store.flushed()
    assert.equal((await store.load()).length, 2, `after ${turns} turns`)
  }
})

test('[CL2] how often a message came too soon is no failure of the server', async () => {
  const world = await connected()
  void world.room.send('hello')
  for (let i = 0; i < 5; i += 1) {
    world.network.last.refuse('message.send', 'rate_limited', 10)
    world.clock.pass(10)
  }
  world.network.last.refuse('message.send', 'internal')
  await settled()
  assert.deepEqual(kinds(world), ['hello: sending'])
})

test('[CL2] how often a server was away is no failure on the message', async () => {
  const world = await connected()
  void world.room.send('hello')
  for (let i = 0; i < 5; i += 1) {
    world.network.last.refuse('message.send', 'unavailable', 10)
    await settled()
    world.clock.pass(10)
  }
  world.network.last.refuse('message.send', 'internal')
  await settled()
  assert.deepEqual(kinds(world), ['hello: sending'])
})

test('[CL2] a closed client waits for nothing, and sends when it is connected again', async () => {
  const world = await connected()
  void world.room.send('hello')
  world.network.last.refuse('message.send', 'unavailable', 20_000)
  await settled()
  await world.client.close()
  assert.equal(world.clock.nextInMs, undefined)
  void world.client.connect()
  await settled()
  world.network.last.greet({ rooms: [room(7, 40)] })
  assert.equal(world.network.last.lastOf('message.send')?.text, 'hello')
})

test('[CL15] the end of the session wipes what was on its way, when it is told and in any storage', async () => {
  for (const how of ['here', 'elsewhere']) {
    const expiresAt = '2100-01-01T00:00:00.000Z'
    const tokens = JSON.stringify({ token: 't', refreshToken: 'r', expiresAt, account: ann })
    const storage = new MemoryStorage([['tokens', tokens]])
    const network = new FakeNetwork()
    const isHere = how === 'here'
    const client = createClient({
      url: 'http://chat',
      storage,
      WebSocket: network.WebSocket,
      fetch: async () => ({ status: isHere ? 204 : 401, text: async () => '{"code":"session_ended"}' }),
    })
    const connecting = client.connect()
    await settled()
    network.last.greet({ rooms: [room(7, 40)] })
    await connecting
    void roomOf(client, 7).send('secret')
    await settled()
    assert.ok(storage.values.has('outbox.1'))
    const remove = storage.delete.bind(storage)
    storage.delete = async (key) => {
      await settled()
      await remove(key)
    }
    if (isHere) await client.logOut()
    else {
      network.last.end(4502)
      await until(() => client.getSnapshot().connection.kind === 'signed-out')
      await client.close()
    }
    assert.deepEqual([...storage.values.keys()], [])
  }
})

test('[CL2] [CL13] what is no outbox in the storage costs nothing but itself', async () => {
  const kept = { nonce: 'n1', room: 7, text: 'kept', replyTo: null, at: ann.createdAt }
  for (const value of ['{', '5', '{"a":1}', '[null,"x",{}]', JSON.stringify([null, kept, { nonce: 1 }])]) {
    const storage = new MemoryStorage([['outbox.1', value]])
    const world = await connected(storage)
    void world.room.send('hello')
    const texts = value.includes('kept') ? ['kept', 'hello'] : ['hello']
    assert.deepEqual(
      kinds(world),
      texts.map((text) => `${text}: sending`),
    )
    assert.equal(world.network.last.lastOf('message.send')?.text, texts[0])
    await world.client.close()
    const after: unknown = JSON.parse(storage.values.get('outbox.1') ?? '')
    assert.deepEqual(
      (after as { text: string }[]).map(({ text }) => text),
      texts,
    )
  }
})

test('[CL15] what is written to a room of an ended session is not sent by whoever comes next', async () => {
  const world = await connected()
  world.network.last.end(4502)
  await settled()
  assert.equal(world.client.getSnapshot().connection.kind, 'signed-out')
  const asked = Promise.allSettled([world.room.send('secret'), world.room.react(10, '🎉')])
  // The token is another user's now.
  void world.client.connect()
  await settled()
  world.network.last.greet({ user: { ...ann, id: 9, name: 'eve' }, rooms: [room(7, 40)] })
  for (const { status, reason } of (await asked) as PromiseRejectedResult[])
    assert.deepEqual([status, reason?.code], ['rejected', 'signed_out'])
  assert.deepEqual(
    world.network.last.sent.map(({ type }) => type),
    ['hello'],
  )
})
