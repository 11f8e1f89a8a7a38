import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createClient } from '../src/client.ts'
import { created, FakeNetwork, room } from './support/fake-network.ts'
import { ManualClock } from './support/manual-clock.ts'
import { roomOf } from './support/people.ts'
import { settled } from './support/until.ts'

/** ann, connected, in the open rooms 7 and 8, of which 7 has 41 messages. */
async function connected() {
  const network = new FakeNetwork()
  const clock = new ManualClock()
  const client = createClient({
    url: 'http://chat',
    token: 't',
    WebSocket: network.WebSocket,
    clock,
    random: () => 0,
  })
  void client.connect()
  await settled()
  network.last.greet({ rooms: [room(7, 40), room(8, 2)] })
  const seven = roomOf(client, 7)
  void seven.open()
  const messages = Array.from({ length: 41 }, (_, i) => ({
    id: (i + 1) * 10,
    seq: i + 1,
    text: '',
    author: {},
  }))
  network.last.answer('message.history', { messages: messages.slice(0, 40), head: 40, more: false })
  network.last.answer('presence', { online: [1, 2], count: 2 })
  await settled()
  return { network, clock, client, seven, eight: roomOf(client, 8) }
}

test('[CL8] snapshots are the same object until something changes, and frozen', async () => {
  const { network, client, seven, eight } = await connected()
  const before = { client: client.getSnapshot(), seven: seven.getSnapshot(), eight: eight.getSnapshot() }
  assert.equal(client.getSnapshot(), before.client)
  assert.equal(seven.getSnapshot(), before.seven)
  assert.ok([before.client, before.seven, before.seven.timeline].every(Object.isFrozen))
  network.last.say(created(7, 41))
  const after = seven.getSnapshot()
  assert.notEqual(after, before.seven)
  assert.equal(before.seven.timeline.messages.length, 40, 'the old one tells what it told')
  assert.equal(after.timeline.messages.length, 41)
  assert.equal(
    after.timeline.messages.at(0),
    before.seven.timeline.messages.at(0),
    'what is the same is shared',
  )
  assert.equal(after.online, before.seven.online)
  assert.equal(after.pending, before.seven.pending)
  assert.equal(eight.getSnapshot(), before.eight, 'another room does not change')
  assert.notEqual(client.getSnapshot().rooms, before.client.rooms)
  assert.equal(client.getSnapshot().rooms[1], before.client.rooms[1])
})

test('[CL8] what changes nothing makes no new snapshot', async () => {
  const { network, client, seven } = await connected()
  network.last.say(created(7, 41))
  const before = { client: client.getSnapshot(), seven: seven.getSnapshot() }
  network.last.say(created(7, 41))
  network.last.say({ type: 'pong', ref: null, heads: {} })
  network.last.say({ type: 'something.new', room: 7 })
  seven.markRead(3)
  assert.equal(client.getSnapshot(), before.client)
  assert.equal(seven.getSnapshot(), before.seven)
})

test('[CL8] listeners are called once for all changes of a turn, and not after they have left', async () => {
  const { network, client, seven, eight } = await connected()
  const calls: string[] = []
  const ends = [
    client.subscribe(() => calls.push('client')),
    seven.subscribe(() => calls.push('seven')),
    eight.subscribe(() => calls.push('eight')),
  ]
  for (let seq = 41; seq <= 140; seq += 1) network.last.say(created(7, seq))
  assert.deepEqual(calls, [], 'never in the middle of a change')
  await settled()
  assert.deepEqual(calls.sort(), ['client', 'seven'])
  for (const end of ends) end()
  network.last.say(created(7, 141))
  await settled()
  assert.equal(calls.length, 2)
})

test('[CL8] a listener that throws does not stop the others, nor the client', async (t) => {
  const { network, client, seven } = await connected()
  const thrown: unknown[] = []
  const { queueMicrotask } = globalThis
  t.mock.method(globalThis, 'queueMicrotask', (run: () => void) =>
    queueMicrotask(() => {
      try {
        run()
      } catch (error) {
        thrown.push(error)
      }
    }),
  )
  const calls: string[] = []
  client.listen({
    event: () => {
      throw new Error('of the application')
    },
  })
  client.listen({ event: () => calls.push('event') })
  seven.subscribe(() => calls.push('snapshot'))
  network.last.say(created(7, 41))
  await settled()
  assert.deepEqual(thrown.map(String), ['Error: of the application'], 'the platform reports it')
  assert.deepEqual(calls, ['event', 'snapshot'])
  assert.equal(seven.getSnapshot().timeline.messages.length, 41)
})

test('[CL8] a listener that ends and begins anew hears the next change, not this one again', async () => {
  const { network, client, seven } = await connected()
  const calls: string[] = []
  let [endSnapshot, endEvent] = [() => {}, () => {}]
  const onSnapshot = () => {
    calls.push('snapshot')
    if (calls.length > 9) return
    endSnapshot()
    endSnapshot = seven.subscribe(onSnapshot)
  }
  const onEvent = () => {
    calls.push('event')
    if (calls.length > 9) return
    endEvent()
    endEvent = client.listen({ event: onEvent })
  }
  endSnapshot = seven.subscribe(onSnapshot)
  endEvent = client.listen({ event: onEvent })
  network.last.say(created(7, 41))
  await settled()
  assert.deepEqual(calls, ['event', 'snapshot'])
})

test('[CL8] a listener that another one ends hears nothing more', async () => {
  const { network, client, seven } = await connected()
  const calls: string[] = []
  const ends: (() => void)[] = []
  client.listen({ event: () => ends.map((end) => end()) })
  ends.push(client.listen({ event: () => calls.push('event') }))
  seven.subscribe(() => ends.map((end) => end()))
  ends.push(seven.subscribe(() => calls.push('snapshot')))
  network.last.say(created(7, 41))
  await settled()
  assert.deepEqual(calls, [])
})

test('[CL8] a cut after which nothing is new leaves rooms as they are, and what is told is frozen', async () => {
  const { network, client, clock, seven } = await connected()
  const before = { rooms: client.getSnapshot().rooms, seven: seven.getSnapshot() }
  network.last.end()
  clock.pass(1_000)
  await settled()
  network.last.greet({ rooms: [room(7, 40), room(8, 2)] })
  network.last.say({ type: 'read.marked', room: 7, user: 1, read: 40, unread: 0, mentions: 0 })
  await settled()
  assert.equal(client.getSnapshot().rooms, before.rooms)
  assert.equal(seven.getSnapshot(), before.seven)
  network.last.say(created(7, 41))
  const { connection } = client.getSnapshot()
  const { summary, pending, timeline } = seven.getSnapshot()
  for (const each of [connection, summary, pending, timeline]) assert.ok(Object.isFrozen(each))
})

test('[CL8] whoever hears an event sees it in the snapshot, in a replay as well', async () => {
  const { network, client, clock, seven } = await connected()
  network.last.end()
  clock.pass(1_000)
  await settled()
  network.last.greet({ rooms: [room(7, 44), room(8, 2)] })
  const seen: number[] = []
  client.listen({ event: () => seen.push(seven.getSnapshot().timeline.messages.length) })
  const { length } = seven.getSnapshot().timeline.messages
  const events = [41, 42, 43, 44].map((seq) => created(7, seq))
  network.last.say({ type: 'replay', room: 7, recovered: true, events, more: false })
  assert.deepEqual(
    seen,
    [1, 2, 3, 4].map((more) => length + more),
  )
})
