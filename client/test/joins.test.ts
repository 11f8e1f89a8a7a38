import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createClient } from '../src/client.ts'
import { bob, created, FakeNetwork, room } from './support/fake-network.ts'
import { ManualClock } from './support/manual-clock.ts'
import { roomOf } from './support/people.ts'
import { settled } from './support/until.ts'

/** ann, connected, in room 7 at 40. */
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
  network.last.greet({ rooms: [room(7, 40, { read: 20, unread: 20 })] })
  return { network, client, room: roomOf(client, 7) }
}

/** Message 10 as a page has it, with so many reactions. */
const reacted = (count: number) => ({
  id: 10,
  room: 7,
  seq: 1,
  author: bob,
  text: 'hello',
  version: 1,
  deletedAt: null,
  mentions: [],
  reactions: count === 0 ? [] : [{ emoji: '🎉', count, me: false }],
})
const reaction = (seq: number) => ({ ...created(7, seq), type: 'reaction.added', message: 10, emoji: '🎉' })

test('[CL3] a page tells the state at its head: what came before it is in it, what came after is added', async () => {
  const { network, room } = await connected()
  void room.open()
  network.last.say(reaction(41))
  network.last.say(reaction(42))
  network.last.say(created(7, 43))
  network.last.answer('message.history', { messages: [reacted(1)], head: 41, more: false })
  await settled()
  const { messages } = room.getSnapshot().timeline
  assert.deepEqual(
    [...messages].map(({ seq, reactions }) => [seq, reactions[0]?.count]),
    [
      [1, 2],
      [43, undefined],
    ],
  )
})

test('[CL3] a page from ahead waits until its events are here', async () => {
  const { network, room } = await connected()
  void room.open()
  network.last.answer('message.history', { messages: [reacted(2)], head: 42, more: false })
  await settled()
  assert.equal(room.getSnapshot().timeline.isLoaded, false)
  assert.equal(network.last.lastOf('room.events')?.after, 40)
  network.last.answer('room.events', { events: [reaction(41), reaction(42)], more: false })
  await settled()
  assert.equal(room.getSnapshot().timeline.messages.at(0)?.reactions[0]?.count, 2)
  network.last.say(reaction(41))
  network.last.say(reaction(43))
  assert.equal(room.getSnapshot().timeline.messages.at(0)?.reactions[0]?.count, 3)
})

test('[CL3] members are the pages of the list and what happened since the first of them', async () => {
  const { network, room } = await connected()
  const read = room.loadMembers()
  const member = (id: number) => ({
    user: { id, name: `user${id}`, kind: 'user' },
    role: 'member',
    mutedUntil: null,
    joinedAt: '',
    online: false,
  })
  network.last.answer('room.members', { members: [member(1), member(2)], more: true })
  await settled()
  network.last.say({ ...created(7, 41), type: 'member.left', user: member(2).user })
  network.last.say({ ...created(7, 42), type: 'member.joined', user: member(4).user, role: 'owner' })
  network.last.answer('room.members', { members: [member(3)], more: false })
  await read
  assert.deepEqual([...(room.getSnapshot().members?.keys() ?? [])].sort(), [1, 3, 4])
  assert.equal(room.getSnapshot().members?.get(4)?.role, 'owner')
})

test('[CL11] counts that come without a seq are asked for again, unless the messages at hand tell them', async () => {
  const { network, room } = await connected()
  const asked = () => network.last.sent.filter(({ type }) => type === 'room.get').length
  room.markRead(30)
  network.last.say(created(7, 41))
  network.last.answer('read.mark', { read: 30, unread: 10, mentions: 0 })
  await settled()
  assert.equal(asked(), 1, 'whether these ten have the last message in them, nobody knows')
  network.last.answer('room.get', { ...room.getSnapshot().summary, head: 41, read: 30, unread: 11 })
  await settled()
  assert.equal(room.getSnapshot().summary.unread, 11)
  room.markRead()
  network.last.answer('read.mark', { read: 41, unread: 0, mentions: 0 })
  await settled()
  assert.deepEqual([room.getSnapshot().summary.unread, asked()], [0, 1])
})

test('[CL2] a message that landed is not pending when its room goes before its event comes', async () => {
  const { network, client, room: seven } = await connected()
  void seven.send('hello')
  const nonce = network.last.lastOf('message.send')?.nonce
  network.last.answer('message.send', { ...reacted(0), seq: 41, nonce })
  await settled()
  assert.equal(seven.getSnapshot().pending.length, 1)
  network.last.say({ type: 'room.removed', room: 7, reason: 'removed' })
  network.last.say({ type: 'room.added', room: 7, summary: room(7, 45) })
  assert.deepEqual(roomOf(client, 7).getSnapshot().pending, [])
})

test('[CL11] a read marker that the server failed on does not make the client ask without end', async () => {
  const { network, client, room: seven } = await connected()
  const asked = () => network.last.sent.filter(({ type }) => type === 'room.get').length
  seven.markRead(30)
  network.last.refuse('read.mark', 'internal')
  await settled()
  network.last.say({ ...created(7, 41), type: 'message.deleted', message: 380, version: 2 })
  network.last.answer('room.get', room(7, 41, { read: 20, unread: 19 }))
  await settled()
  assert.equal(asked(), 1)
  assert.equal(seven.getSnapshot().summary.read, 30)
  network.last.end()
  void client.connect()
  await settled()
  network.last.greet({ rooms: [room(7, 41, { read: 20, unread: 19 })] })
  assert.equal(network.last.lastOf('read.mark')?.seq, 30, 'the next connection tells it')
})

test('[CL3] what is still read of a room one has left is not told again when one is back', async () => {
  const { network, client } = await connected()
  const given: number[] = []
  client.listen({ event: ({ seq }) => given.push(seq) })
  network.last.say(created(7, 43))
  network.last.say({ type: 'room.removed', room: 7, reason: 'left' })
  network.last.say({ type: 'room.added', room: 7, summary: room(7, 45) })
  network.last.say(created(7, 46))
  network.last.answer('room.events', { events: [41, 42, 43].map((seq) => created(7, seq)), more: false })
  await settled()
  network.last.say(created(7, 47))
  assert.deepEqual(given, [46, 47])
})
