import assert from 'node:assert/strict'
import { test } from 'node:test'
import { NativeClient } from '../support/native-client.ts'
import { register } from '../support/rest.ts'
import { startTestServer } from '../support/start-server.ts'

async function annAndBob() {
  const server = await startTestServer()
  const ann = await register(server, 'ann')
  const bob = await register(server, 'bob')
  const annSocket = await NativeClient.open(server, { token: ann.token })
  const bobSocket = await NativeClient.open(server, { token: bob.token })
  const { id: room } = await annSocket.do('room.create', { name: 'tea' })
  await bobSocket.do('room.join', { room })
  return { server, ann, bob, annSocket, bobSocket, room }
}

test('[RE1] [RE6] what was missed comes whole and in order before anything live', async () => {
  const { server, bob, annSocket, bobSocket, room } = await annAndBob()
  await using _server = server
  const { epoch } = bobSocket.welcome
  const position = (await bobSocket.do('message.send', { room, text: 'before' })).seq
  bobSocket.socket.terminate()
  const sent = await annSocket.do('message.send', { room, text: 'one' })
  await annSocket.do('message.edit', { room, message: sent.id, text: 'two' })
  await annSocket.do('reaction.add', { room, message: sent.id, emoji: '👍' })
  await annSocket.do('message.delete', { room, message: sent.id })
  await annSocket.do('room.update', { room, topic: 'news' })
  using back = await NativeClient.open(server, {
    token: bob.token,
    resume: { epoch, rooms: { [room]: position } },
  })
  await annSocket.do('message.send', { room, text: 'live' })
  await back.next(({ text }) => text === 'live')
  assert.deepEqual(
    back.events(room).map(({ type, seq }) => [type, seq - position]),
    [
      ['message.created', 1],
      ['message.edited', 2],
      ['reaction.added', 3],
      ['message.deleted', 4],
      ['room.updated', 5],
      ['message.created', 6],
    ],
  )
  const replays = back.frames.filter(({ type }) => type === 'replay')
  assert.equal(replays.at(-1).more, false)
  assert.ok(replays.every(({ recovered }) => recovered === true))
  annSocket.socket.terminate()
})

test('[RE1] a room resumed from 0 tells its whole log, over several pages', async () => {
  const { server, bob, annSocket, bobSocket, room } = await annAndBob()
  await using _server = server
  const count = 1_201
  const nonces = Array.from({ length: count }, (_, i) => `n${i}`)
  for (const nonce of nonces) annSocket.send({ type: 'message.send', room, text: 'x'.repeat(300), nonce })
  await annSocket.settled()
  const { epoch } = bobSocket.welcome
  using back = await NativeClient.open(server, { token: bob.token, resume: { epoch, rooms: { [room]: 0 } } })
  await back.next(({ type, more }) => type === 'replay' && more === false)
  const seqs = back.events(room).map(({ seq }) => seq)
  assert.deepEqual(
    seqs,
    Array.from({ length: count + 3 }, (_, i) => i + 1),
  )
  const told = back.events(room).flatMap(({ nonce }) => nonce ?? [])
  assert.deepEqual(told, nonces, 'pipelined sends keep their order')
  for (const client of [annSocket, bobSocket]) client.socket.terminate()
})

test('[RE6] a room in which nothing was missed gets one empty replay', async () => {
  const { server, bob, annSocket, bobSocket, room } = await annAndBob()
  await using _server = server
  const head = (await bobSocket.do('room.get', { room })).head
  const { epoch } = bobSocket.welcome
  using back = await NativeClient.open(server, {
    token: bob.token,
    resume: { epoch, rooms: { [room]: head } },
  })
  const replay = await back.next(({ type }) => type === 'replay')
  assert.deepEqual(replay, { type: 'replay', room, recovered: true, events: [], more: false })
  for (const client of [annSocket, bobSocket]) client.socket.terminate()
})

test('[RE3] [RE4] [RE7] what cannot be recovered is declared with its reason', async () => {
  const { server, ann, bob, annSocket, bobSocket, room } = await annAndBob()
  await using _server = server
  const { epoch } = bobSocket.welcome
  const { id: secret } = await annSocket.do('room.create', { name: 'secret', visibility: 'private' })
  await annSocket.do('message.send', { room: secret, text: 'canary-4711' })
  const rooms = { [room]: 999, [secret]: 1, 77: 5 }
  using back = await NativeClient.open(server, { token: bob.token, resume: { epoch, rooms } })
  await back.settled()
  const reasons = back.frames
    .filter(({ type }) => type === 'replay')
    .map(({ room, reason }) => [room, reason])
  assert.deepEqual(
    reasons.sort(),
    [
      [77, 'not_a_member'],
      [room, 'ahead'],
      [secret, 'not_a_member'],
    ].sort(),
  )
  assert.ok(!JSON.stringify(back.frames).includes('canary'))
  using other = await NativeClient.open(server, {
    token: ann.token,
    resume: { epoch: 'another', rooms: { [room]: 1 } },
  })
  const replay = await other.next(({ type }) => type === 'replay')
  assert.deepEqual([replay.recovered, replay.reason], [false, 'epoch'])
  for (const client of [annSocket, bobSocket]) client.socket.terminate()
})

test('[RE7] [AC4] one who was removed is silenced at once, and resumes without the room', async () => {
  const { server, bob, annSocket, bobSocket, room } = await annAndBob()
  await using _server = server
  const position = (await bobSocket.do('room.get', { room })).head
  await annSocket.do('member.remove', { room, user: bob.account.id })
  await bobSocket.next(({ type, reason }) => type === 'room.removed' && reason === 'removed')
  await annSocket.do('message.send', { room, text: 'canary-0815' })
  await bobSocket.settled()
  const { epoch } = bobSocket.welcome
  using back = await NativeClient.open(server, {
    token: bob.token,
    resume: { epoch, rooms: { [room]: position } },
  })
  const replay = await back.next(({ type }) => type === 'replay')
  assert.equal(replay.reason, 'not_a_member')
  for (const client of [bobSocket, back]) assert.ok(!JSON.stringify(client.frames).includes('canary'))
  assert.equal(await back.refused('message.history', { room }), 'not_a_member')
  await back.do('room.join', { room })
  const summary = await back.next(({ type }) => type === 'room.added')
  assert.equal(summary.summary.id, room)
  await annSocket.do('message.send', { room, text: 'welcome back' })
  await back.next(({ text }) => text === 'welcome back')
  for (const client of [annSocket, bobSocket]) client.socket.terminate()
})

test('[RE5] welcome tells rooms, roles, heads, read markers and counts', async () => {
  const { server, bob, annSocket, bobSocket, room } = await annAndBob()
  await using _server = server
  await annSocket.do('message.send', { room, text: 'one' })
  await annSocket.do('message.send', { room, text: 'two @bob' })
  const own = await bobSocket.do('message.send', { room, text: 'mine' })
  using back = await NativeClient.open(server, { token: bob.token })
  const [summary] = back.welcome.rooms
  assert.equal(summary.id, room)
  assert.equal(summary.role, 'member')
  assert.equal(summary.head, own.seq)
  assert.equal(summary.unread, 2)
  assert.equal(summary.mentions, 1)
  for (const client of [annSocket, bobSocket]) client.socket.terminate()
})
