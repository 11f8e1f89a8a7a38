import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { OwnRoom } from '@parlance/protocol/models'
import { createClient } from '../src/client.ts'
import { bob, created, FakeNetwork, room } from './support/fake-network.ts'
import { ManualClock } from './support/manual-clock.ts'
import { roomOf } from './support/people.ts'
import { settled } from './support/until.ts'

/** ann, connected, in room 7; with what she is given. */
async function connected(more: Partial<OwnRoom> = {}) {
  const network = new FakeNetwork()
  const clock = new ManualClock()
  const client = createClient({
    url: 'http://chat',
    token: 't',
    WebSocket: network.WebSocket,
    clock,
    random: () => 0,
  })
  const given: string[] = []
  client.listen({
    event: ({ room, seq }) => given.push(`${room}/${seq}`),
    reset: ({ room, reason, head }) => given.push(`reset ${room} ${reason} ${head}`),
    signal: ({ type }) => given.push(type),
  })
  void client.connect()
  await settled()
  network.last.greet({ rooms: [room(7, 40, more)] })
  return { network, clock, client, given, room: roomOf(client, 7) }
}

const summaryOf = (world: Awaited<ReturnType<typeof connected>>) => world.room.getSnapshot().summary
const log = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, i) => created(7, from + i))

test('[CL3] a doubled or late event is dropped, a hole is filled from the log before what follows it', async () => {
  const { network, given } = await connected()
  for (const seq of [41, 41, 40, 44, 42]) network.last.say(created(7, seq))
  assert.deepEqual(given, ['7/41', '7/42'])
  assert.deepEqual(
    network.last.sent.filter(({ type }) => type === 'room.events').map(({ after }) => after),
    [41],
  )
  network.last.answer('room.events', { events: log(42, 46), more: false })
  await settled()
  network.last.say(created(7, 45))
  network.last.say(created(7, 47))
  assert.deepEqual(given, ['7/41', '7/42', '7/43', '7/44', '7/45', '7/46', '7/47'])
})

test('[CL3] a hole that one page of the log does not fill takes more pages', async () => {
  const { network, given } = await connected()
  network.last.say(created(7, 1_100))
  network.last.answer('room.events', { events: log(41, 540), more: true })
  await settled()
  network.last.answer('room.events', { events: log(541, 1_040), more: true })
  await settled()
  network.last.answer('room.events', { events: log(1_041, 1_100), more: false })
  await settled()
  assert.equal(given.length, 1_060)
  assert.equal(given.at(-1), '7/1100')
})

test('[CL3] events of a newer server that are not known here are given on, and change nothing', async () => {
  const { network, given, room } = await connected()
  network.last.say(created(7, 41, { type: 'message.pinned' }))
  network.last.say(created(7, 42))
  assert.deepEqual(given, ['7/41', '7/42'])
  assert.equal(room.getSnapshot().summary.head, 42)
})

test('[CL3] what cannot be recovered is declared, and an open room is read anew', async () => {
  const world = await connected()
  void world.room.open()
  world.network.last.answer('message.history', { messages: [], head: 40, more: false })
  await settled()
  world.network.last.end()
  world.clock.pass(0)
  await settled()
  world.network.last.greet({ epoch: 'e2', rooms: [room(7, 12, { unread: 3, read: 2 })] })
  assert.deepEqual(world.given, ['reset 7 epoch 12'], 'the welcome tells already')
  world.network.last.say({ type: 'replay', room: 7, recovered: false, reason: 'epoch', head: 12 })
  assert.deepEqual(world.given, ['reset 7 epoch 12'])
  assert.deepEqual(
    [world.room.getSnapshot().timeline.isLoaded, world.room.getSnapshot().timeline.isLoading],
    [false, true],
  )
  assert.deepEqual([summaryOf(world).head, summaryOf(world).read, summaryOf(world).unread], [12, 2, 3])
  const messages = [{ id: 120, seq: 12, text: 'another life', author: bob, mentions: [], deletedAt: null }]
  world.network.last.answer('message.history', { messages, head: 12, more: true })
  await settled()
  assert.equal(world.room.getSnapshot().timeline.messages.at(0)?.text, 'another life')
  assert.equal(world.room.getSnapshot().timeline.resets, 1)
  world.network.last.say(created(7, 13))
  assert.deepEqual(world.given, ['reset 7 epoch 12', '7/13'])
})

test('[CL3] rooms come and go by signals, and an answer makes its room known as well', async () => {
  const { network, client, given } = await connected()
  network.last.say({ type: 'room.added', room: 9, summary: room(9, 3) })
  network.last.say(created(9, 4))
  assert.deepEqual(
    client.getSnapshot().rooms.map(({ id, head }) => [id, head]),
    [
      [7, 40],
      [9, 4],
    ],
  )
  const nine = roomOf(client, 9)
  network.last.say({ type: 'room.removed', room: 9, reason: 'removed' })
  assert.equal(nine.getSnapshot().isMember, false)
  assert.equal(client.room(9), undefined)
  network.last.say(created(9, 5))
  assert.deepEqual(given, ['room.added', '9/4', 'room.removed'])
  const joined = client.request({ type: 'room.join', room: 10 })
  network.last.answer('room.join', room(10, 8))
  await joined
  assert.equal(client.room(10)?.getSnapshot().summary.head, 8)
})

test('[CL3] the summary follows the events: names, roles, members, counts', async () => {
  const world = await connected()
  const event = (seq: number, more: object) => world.network.last.say({ ...created(7, seq), ...more })
  event(41, { type: 'room.updated', name: 'tea', topic: 'green', visibility: 'private' })
  event(42, { type: 'member.joined', user: { id: 3, name: 'cid', kind: 'user' }, role: 'member' })
  event(43, {
    type: 'member.updated',
    user: { id: 1, name: 'ann', kind: 'user' },
    role: 'owner',
    mutedUntil: null,
  })
  event(44, { mentions: [1] })
  event(45, {})
  event(46, { actor: { id: 1, name: 'ann', kind: 'user' } })
  const { name, topic, visibility, members, role, unread, mentions, head } = summaryOf(world)
  assert.deepEqual(
    { name, topic, visibility, members, role, unread, mentions, head },
    {
      name: 'tea',
      topic: 'green',
      visibility: 'private',
      members: 3,
      role: 'owner',
      unread: 2,
      mentions: 1,
      head: 46,
    },
  )
})

test('[CL3] where an event does not tell all, the server is asked once', async () => {
  const world = await connected({ unread: 5, read: 30 })
  const removed = { type: 'message.deleted', message: 380, version: 2 }
  for (const seq of [41, 42, 43]) world.network.last.say({ ...created(7, seq), ...removed })
  const asked = () => world.network.last.sent.filter(({ type }) => type === 'room.get').length
  assert.equal(asked(), 1)
  world.network.last.answer('room.get', room(7, 41, { unread: 4, read: 30 }))
  await settled()
  assert.equal(asked(), 2, 'an answer from before the last event is not the last word')
  world.network.last.answer('room.get', room(7, 43, { unread: 2, read: 30 }))
  await settled()
  assert.deepEqual([asked(), summaryOf(world).unread], [2, 2])
})

test('[CL11] a read marker moves here at once, never goes back, and is told once more where it moved on', async () => {
  const world = await connected({ unread: 9, read: 30, mentions: 1 })
  const told = () => world.network.last.sent.filter(({ type }) => type === 'read.mark').map(({ seq }) => seq)
  world.room.markRead(35)
  world.room.markRead(32)
  world.room.markRead(38)
  assert.equal(summaryOf(world).read, 38)
  assert.deepEqual(told(), [35])
  world.network.last.answer('read.mark', { read: 35, unread: 5, mentions: 1 })
  await settled()
  assert.deepEqual(told(), [35, 38])
  world.network.last.say({ type: 'read.marked', room: 7, user: 1, read: 35, unread: 5, mentions: 1 })
  assert.equal(summaryOf(world).read, 38)
  world.room.markRead()
  assert.deepEqual([summaryOf(world).read, summaryOf(world).unread, summaryOf(world).mentions], [40, 0, 0])
  world.network.last.say({ type: 'read.marked', room: 7, user: 2, read: 39 })
  assert.equal(world.room.getSnapshot().reads.get(2), 39, 'the other one of a direct conversation')
})

test('[CL3] typing is told at most once in 3 s, and is over after 6 s or with the message', async () => {
  const world = await connected()
  const told = () => world.network.last.sent.filter(({ type }) => type === 'typing').length
  const typing = () => world.room.getSnapshot().typing.map(({ name }) => name)
  for (let keys = 0; keys < 10; keys += 1) {
    world.room.typing()
    world.clock.pass(500)
  }
  assert.equal(told(), 2)
  const signal = { type: 'typing', room: 7, user: bob }
  world.network.last.say(signal)
  world.network.last.say({ ...signal, user: { id: 1, name: 'ann', kind: 'user' } })
  assert.deepEqual(typing(), ['bob'], 'not oneself')
  world.clock.pass(5_999)
  world.network.last.say(signal)
  world.clock.pass(5_999)
  assert.deepEqual(typing(), ['bob'])
  world.clock.pass(1)
  assert.deepEqual(typing(), [])
  world.network.last.say(signal)
  world.network.last.say(created(7, 41))
  assert.deepEqual(typing(), [])
  world.network.last.say(signal)
  world.network.last.end()
  assert.deepEqual(typing(), [], 'who types is not known without a connection')
})

test('[CL3] presence is a list and what changed since it was asked for', async () => {
  const world = await connected()
  void world.room.open()
  const change = {
    type: 'presence',
    room: 7,
    online: [4],
    offline: [{ user: 2, lastActiveAt: '' }],
    count: 2,
  }
  world.network.last.say(change)
  world.network.last.answer('presence', { online: [1, 2], count: 2 })
  await settled()
  assert.deepEqual([...world.room.getSnapshot().online], [1, 4])
  world.network.last.say({ type: 'presence', room: 7, online: [], offline: [], count: 700 })
  assert.equal(world.room.getSnapshot().onlineCount, 700)
})

test('[CL3] a clock that was set back does not make one’s typing unheard', async () => {
  const world = await connected()
  const told = () => world.network.last.sent.filter(({ type }) => type === 'typing').length
  world.room.typing()
  world.clock.step(-3_600_000)
  world.room.typing()
  assert.equal(told(), 1, 'the three seconds are not over')
  world.clock.pass(3_000)
  world.room.typing()
  assert.equal(told(), 2)
})
