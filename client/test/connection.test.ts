import assert from 'node:assert/strict'
import { test } from 'node:test'
import { closes } from '@parlance/protocol/closes'
import { type Client, createClient } from '../src/client.ts'
import { FakeNetwork, room } from './support/fake-network.ts'
import { ManualClock } from './support/manual-clock.ts'
import { settled } from './support/until.ts'

interface World {
  readonly client: Client
  readonly network: FakeNetwork
  readonly clock: ManualClock
}

/** A client that has dialled. `random` is what the dice show. */
async function dialled(random = 0.5, more: { fetch?: never; token?: () => string } = {}): Promise<World> {
  const network = new FakeNetwork()
  const clock = new ManualClock()
  const { WebSocket } = network
  const client = createClient({
    url: 'https://chat.example/',
    token: 't',
    WebSocket,
    clock,
    random: () => random,
    ...more,
  })
  client.connect().catch(() => {})
  await settled()
  return { client, network, clock }
}

const kindOf = ({ client }: World) => client.getSnapshot().connection.kind

/** How long the client waits for its next attempt, which is then made. */
async function wait({ client, clock }: World): Promise<number> {
  const { connection } = client.getSnapshot()
  assert.equal(connection.kind, 'waiting')
  const waitMs = connection.kind === 'waiting' ? connection.untilMs - clock.now() : 0
  clock.pass(waitMs)
  await settled()
  return waitMs
}

test('[CL1] it dials /v1/socket with the subprotocol and says hello with the token, not in the URL', async () => {
  const { network } = await dialled()
  assert.equal(network.last.url, 'wss://chat.example/v1/socket')
  assert.equal(network.last.protocol, 'parlance.v1')
  network.last.open()
  assert.deepEqual(network.last.sent, [{ type: 'hello', token: 't' }])
})

test('[CL1] after a cut hello tells the epoch and the position in each room', async () => {
  const world = await dialled()
  world.network.last.greet({ rooms: [room(7, 40), room(8, 2)] })
  world.network.last.end()
  await wait(world)
  world.network.last.open()
  assert.deepEqual(world.network.last.sent[0]?.resume, { epoch: 'e1', rooms: { 7: 40, 8: 2 } })
})

test('[CL1] more positions than a frame holds: the rest reads its log after the welcome', async () => {
  const world = await dialled()
  const rooms = Array.from({ length: 6_000 }, (_, i) => room(1_000_000_000 + i, 5_000_000))
  world.network.last.greet({ rooms })
  world.network.last.end()
  await wait(world)
  world.network.last.open()
  const hello = JSON.stringify(world.network.last.sent[0])
  assert.ok(hello.length < 65_536, `${hello.length} bytes`)
  world.network.last.greet({ rooms: rooms.map((each) => ({ ...each, head: 5_000_001 })) })
  const asked = world.network.last.sent.filter(({ type }) => type === 'room.events').length
  const resumed = Object.keys(
    (world.network.last.sent[0]?.resume as { rooms: object } | undefined)?.rooms ?? {},
  ).length
  assert.equal(asked + resumed, 6_000)
})

test('[CL4] the first retry within a second, then twice as long each time up to 30 s, all jittered', async () => {
  for (const random of [0, 0.5, 0.999]) {
    const world = await dialled(random)
    for (const ceilingMs of [1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]) {
      world.network.last.end()
      assert.equal(await wait(world), random * ceilingMs)
    }
  }
})

test('[CL4] it starts over after a stable minute, not before', async () => {
  const world = await dialled(0.5)
  for (const expectedMs of [500, 1_000]) {
    world.network.last.end()
    assert.equal(await wait(world), expectedMs)
  }
  world.network.last.greet()
  world.clock.pass(20_000)
  world.network.last.end()
  assert.equal(await wait(world), 2_000)
  world.network.last.greet()
  for (let beats = 0; beats < 3; beats += 1) {
    world.clock.pass(25_000)
    world.network.last.say({ type: 'pong', ref: null, heads: {} })
  }
  world.network.last.end()
  assert.equal(await wait(world), 500)
})

test('[CL4] a goodbye says when to come back, and a wake does not make it earlier', async () => {
  const page = new EventTarget()
  const { addEventListener, removeEventListener } = page
  Object.assign(globalThis, {
    addEventListener: addEventListener.bind(page),
    removeEventListener: removeEventListener.bind(page),
  })
  const world = await dialled()
  world.network.last.greet()
  world.network.last.say({ type: 'goodbye', retryAfterMs: 7_000 })
  world.clock.pass(1_000)
  world.network.last.end(4000, 'going away')
  page.dispatchEvent(new Event('online'))
  await settled()
  assert.equal(await wait(world), 6_000)
  assert.equal(kindOf(world), 'connecting')
  world.network.last.end()
  assert.equal(kindOf(world), 'waiting')
  page.dispatchEvent(new Event('online'))
  await settled()
  assert.equal(kindOf(world), 'connecting', 'its own wait is over when the network is back')
  await world.client.close()
  Reflect.deleteProperty(globalThis, 'addEventListener')
  Reflect.deleteProperty(globalThis, 'removeEventListener')
})

test('[CL4] a page that becomes visible tries at once, and asks an open connection whether it lives', async () => {
  const document = Object.assign(new EventTarget(), { visibilityState: 'hidden' })
  Object.assign(globalThis, { document })
  const world = await dialled()
  world.network.last.end()
  document.dispatchEvent(new Event('visibilitychange'))
  await settled()
  assert.equal(kindOf(world), 'waiting')
  document.visibilityState = 'visible'
  document.dispatchEvent(new Event('visibilitychange'))
  await settled()
  assert.equal(kindOf(world), 'connecting')
  world.network.last.greet()
  document.dispatchEvent(new Event('visibilitychange'))
  assert.equal(world.network.last.lastOf('ping')?.type, 'ping')
  await world.client.close()
  Reflect.deleteProperty(globalThis, 'document')
})

test('[CL4] the wait is told, and asking to connect ends it', async () => {
  const world = await dialled()
  world.network.last.end()
  const { connection } = world.client.getSnapshot()
  assert.equal(
    connection.kind === 'waiting' && connection.untilMs,
    world.clock.now() + (world.clock.nextInMs ?? 0),
  )
  const connected = world.client.connect()
  await settled()
  assert.equal(kindOf(world), 'connecting')
  world.network.last.greet()
  await connected
  assert.equal(kindOf(world), 'open')
})

test('[CL5] the range of the close code says whether to come back', async () => {
  const codes = [1000, 1001, 1003, 1006, 1009, 1011, 1012, 4000, 4499, 4500, 4999]
  for (const code of new Set([...codes, ...Object.values(closes).map((close) => close.code)])) {
    const world = await dialled()
    world.network.last.greet()
    world.network.last.end(code, 'why')
    await settled()
    const isFinal = code === 1003 || code === 1008 || code === 1009 || code >= 4500
    const isSignedOut = code === 4501 || code === 4502
    const expected = isSignedOut ? 'signed-out' : isFinal ? 'refused' : 'waiting'
    assert.equal(kindOf(world), expected, String(code))
    if (expected === 'refused')
      assert.deepEqual(world.client.getSnapshot().connection, { kind: 'refused', code, reason: 'why' })
    if (expected !== 'waiting') assert.equal(world.clock.nextInMs, undefined, 'no timer is left')
  }
})

test('[CL5] [CL7] 4501 and 4502: one other token is tried, then it is signed out', async () => {
  for (const code of [4501, 4502]) {
    const tokens = ['t2', 't1']
    const world = await dialled(0.5, { token: () => tokens.pop() ?? 'none' })
    world.network.last.greet()
    world.network.last.end(code)
    await settled()
    assert.equal(world.network.sockets.length, 2)
    world.network.last.open()
    assert.equal(world.network.last.sent[0]?.token, 't2')
    world.network.last.end(code)
    await settled()
    assert.equal(kindOf(world), 'signed-out')
  }
})

test('[CL6] it pings each heartbeat with its positions, and a pong in time keeps the connection', async () => {
  const world = await dialled()
  world.network.last.greet({ heartbeatMs: 20_000, rooms: [room(7, 40)] })
  for (let beats = 0; beats < 5; beats += 1) {
    world.clock.pass(20_000)
    assert.equal(world.network.last.sent.filter(({ type }) => type === 'ping').length, beats + 1)
    assert.deepEqual(world.network.last.lastOf('ping')?.rooms, { 7: 40 })
    world.clock.pass(9_000)
    world.network.last.say({ type: 'pong', ref: null, heads: {} })
  }
  assert.equal(kindOf(world), 'open')
})

test('[CL6] no pong within 10 s: the connection is given up without waiting for its close', async () => {
  const world = await dialled()
  world.network.last.greet()
  world.clock.pass(25_000)
  world.clock.pass(9_999)
  assert.equal(kindOf(world), 'open')
  world.clock.pass(1)
  assert.equal(kindOf(world), 'waiting')
  assert.equal(world.network.last.closedWith, 4012)
  world.network.last.greet()
  assert.equal(kindOf(world), 'waiting', 'what a given-up socket says is not heard')
})

test('[CL6] a welcome that does not come within 15 s is not waited for', async () => {
  const world = await dialled()
  world.network.last.open()
  world.clock.pass(14_999)
  assert.equal(kindOf(world), 'connecting')
  world.clock.pass(1)
  assert.equal(kindOf(world), 'waiting')
})

test('[CL6] a pong that shows a greater head makes that room read its log', async () => {
  const world = await dialled()
  const seqs: number[] = []
  world.client.listen({ event: ({ seq }) => seqs.push(seq) })
  world.network.last.greet({ rooms: [room(7, 40), room(8, 2)] })
  world.clock.pass(25_000)
  world.network.last.say({ type: 'pong', ref: null, heads: { 7: 42, 8: 1 } })
  const asked = world.network.last.sent.filter(({ type }) => type === 'room.events')
  assert.deepEqual(
    asked.map(({ room, after }) => [room, after]),
    [[7, 40]],
  )
  const event = { type: 'room.archived', room: 7, at: '', actor: { id: 2, name: 'bob', kind: 'user' } }
  world.network.last.answer('room.events', {
    events: [
      { ...event, seq: 41 },
      { ...event, seq: 42 },
    ],
    more: false,
  })
  await settled()
  assert.deepEqual(seqs, [41, 42])
})

test('[CL6] a ping that came too soon was heard, too', async () => {
  const world = await dialled()
  world.network.last.greet()
  world.clock.pass(25_000)
  world.network.last.say({
    type: 'reply',
    ref: null,
    ok: false,
    error: { code: 'rate_limited', message: '' },
  })
  world.clock.pass(10_000)
  assert.equal(kindOf(world), 'open')
})

test('[CL1] cut before any answer, again and again: no question is asked twice on a connection', async () => {
  const world = await dialled(0)
  const direct = room(7, 40, { visibility: 'direct' })
  world.network.last.greet({ rooms: [direct] })
  void world.client.room(7)?.open()
  for (let cuts = 0; cuts < 5; cuts += 1) {
    world.network.last.end()
    world.clock.pass(0)
    await settled()
    world.network.last.greet({ rooms: [direct] })
    await settled()
  }
  const types = world.network.last.sent.map(({ type }) => type)
  assert.deepEqual(types.sort(), ['hello', 'message.history', 'presence', 'room.members'])
})

test('[CL4] a WebSocket that cannot even be made is an attempt that failed, and leaves no timer behind', async () => {
  const network = new FakeNetwork()
  const clock = new ManualClock()
  let made = 0
  class Blocked extends network.WebSocket {
    constructor(url: string, protocol: string) {
      made += 1
      if (made === 1) throw new DOMException('The operation is insecure.', 'SecurityError')
      super(url, protocol)
    }
  }
  const client = createClient({
    url: 'http://chat',
    token: 't',
    WebSocket: Blocked,
    clock,
    random: () => 0.5,
  })
  client.connect().catch(() => {})
  await settled()
  const world = { client, network, clock }
  assert.equal(await wait(world), 500)
  network.last.greet()
  clock.pass(15_000)
  assert.equal(kindOf(world), 'open')
  await client.close()
  assert.equal(clock.nextInMs, undefined)
})

test('[CL7] a new token that the network did not let through does not count as refused', async () => {
  const tokens = ['t3', 't2', 't1']
  const world = await dialled(0.5, { token: () => tokens.pop() ?? 'none' })
  world.network.last.end(4501)
  await settled()
  world.network.last.end()
  await wait(world)
  world.network.last.end(4501)
  await settled()
  world.network.last.open()
  assert.equal(world.network.last.sent[0]?.token, 't3')
})

test('[CL5] a client that a listener closes in the middle of a welcome is closed', async () => {
  const world = await dialled()
  const end = world.client.listen({ reset: () => void world.client.close() })
  world.network.last.greet({ rooms: [room(7, 40)] })
  world.network.last.end()
  await wait(world)
  world.network.last.greet({ epoch: 'e2', rooms: [room(7, 40)] })
  end()
  assert.equal(kindOf(world), 'closed')
  // It was never sent, so it waits for the next connection.
  const asked = world.client.request({ type: 'room.create', name: 'new' })
  void world.client.connect()
  await settled()
  world.network.last.greet({ epoch: 'e2', rooms: [room(7, 40)] })
  world.network.last.answer('room.create', room(8, 1))
  assert.equal((await asked).id, 8)
})
