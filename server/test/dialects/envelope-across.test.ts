import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import { io } from 'socket.io-client'
import { ContractClient } from '../support/contract-client.ts'
import { type Newcomer, newcomer, roomOf } from '../support/envelope.ts'
import { NativeClient } from '../support/native-client.ts'
import { type Ask, ask } from '../support/rest.ts'
import { startTestServer, type TestServer } from '../support/start-server.ts'

let server: TestServer
let ann: Newcomer
let ben: Newcomer
/** Of ann, with ben as a member. */
let room: number

before(async () => {
  server = await startTestServer()
  ann = await newcomer(server, 'ann')
  ben = await newcomer(server, 'ben')
})

beforeEach(async () => {
  room = await roomOf(server, ann, ben)
})

after(() => server[Symbol.asyncDispose]())

/** A frame, as who did what. */
function brief(frame: Record<string, unknown>) {
  const { type, user_id, action, sender_id, text } = frame
  return type === 'user_activity' ? [user_id, action] : [sender_id, text]
}

/** A socket that has heard of its own coming, and nothing else. */
async function enter({ id, token }: Newcomer): Promise<ContractClient> {
  const client = await ContractClient.open(server, `/ws/chat/${room}?token=${token}`)
  assert.deepEqual(brief(await client.next()), [id, 'joined'])
  return client
}

const native = (method: string, path: string, { token }: Newcomer, more: Ask = {}) =>
  ask(server, method, `/v1${path}`, { token, ...more })

/** What comes before a marker that is sent now. */
async function untilMarker(client: ContractClient) {
  client.send({ text: 'marker' })
  const frames = await client.until(({ text }) => text === 'marker')
  return frames.slice(0, -1).map(brief)
}

let rooms = 0

/** Makes `room` an open one, made by seed 003's route, with ann as a member. */
async function openRoom(): Promise<void> {
  const made = await ask(server, 'POST', '/chatrooms', { body: { name: `open ${++rooms}` } })
  assert.equal(made.status, 200, made.text)
  room = made.body.id
  const joined = await ask(server, 'POST', `/api/chat/rooms/${room}/join`, { token: ann.token })
  assert.equal(joined.status, 200, joined.text)
}

describe('with the native protocol', () => {
  it('[§6 a message] a native one arrives as `new_message`, and one from here natively', async () => {
    using client = await enter(ann)
    using talking = await NativeClient.open(server, ben)
    assert.deepEqual(brief(await client.next()), [ben.id, 'joined'])
    await talking.do('message.send', { room, text: 'from afar' })
    assert.deepEqual(brief(await client.next()), [ben.id, 'from afar'])
    client.send({ text: 'and back' })
    const event = await talking.next(({ type, text }) => type === 'message.created' && text === 'and back')
    assert.deepEqual(event.actor, { id: ann.id, name: 'ann', kind: 'user' })
  })

  it('[§6 typing] typing, edits, reactions and all else that this contract has no frame for say nothing', async () => {
    using client = await enter(ann)
    using talking = await NativeClient.open(server, ben)
    await client.next()
    await talking.do('typing', { room })
    const { id } = await talking.do('message.send', { room, text: 'first' })
    await talking.do('message.edit', { room, message: id, text: 'second' })
    await talking.do('reaction.add', { room, message: id, emoji: '👍' })
    await talking.do('message.delete', { room, message: id })
    await native('PATCH', `/rooms/${room}`, ann, { body: { topic: 'news' } })
    assert.deepEqual(await untilMarker(client), [[ben.id, 'first']])
  })

  it('[§6 someone enters] a native join is told as one, a native leave too', async () => {
    room = await roomOf(server, ann)
    using client = await enter(ann)
    using talking = await NativeClient.open(server, ben)
    await talking.do('room.join', { room })
    await talking.do('room.leave', { room })
    assert.deepEqual(await untilMarker(client), [
      [ben.id, 'joined'],
      [ben.id, 'left'],
    ])
  })

  it('[§6 a guest] a native guest is no account: its id is null, and it is no user of the room', async () => {
    await openRoom()
    using client = await enter(ann)
    const guest = (await ask(server, 'POST', '/v1/guests', { body: { name: 'gil' } })).body
    using talking = await NativeClient.open(server, guest)
    await talking.do('room.join', { room })
    await talking.do('message.send', { room, text: 'hello' })
    assert.deepEqual(brief(await client.next()), [null, 'joined'])
    const { sender_id, sender_username } = await client.next()
    assert.deepEqual([sender_id, sender_username], [null, 'gil'])
    const { body } = await ask(server, 'GET', `/api/chat/rooms/${room}`, { token: ann.token })
    assert.deepEqual(
      body.users.map(({ username }: { username: string }) => username),
      ['ann'],
    )
    const said = await ask(server, 'GET', `/api/chat/rooms/${room}/messages`, { token: ann.token })
    assert.equal(said.body[0].sender_id, null)
  })
})

describe('with seed 002', () => {
  it('[§0 Users and rooms are one] its token works here, and one from here there', async () => {
    const form = new URLSearchParams({ username: 'ben', password: 'p' })
    const response = await fetch(`${server.url}/api/token`, { method: 'POST', body: form })
    const { access_token: token } = JSON.parse(await response.text())
    assert.equal((await ask(server, 'GET', `/api/chat/rooms/${room}`, { token })).status, 200)
    assert.equal((await ask(server, 'GET', '/api/users/me', { token: ann.token })).body.id, ann.id)
  })

  it('[§6 all rows] its socket here: enters, says something, types, is lost', async () => {
    using client = await enter(ann)
    using other = await ContractClient.open(server, `/ws/room/${room}?token=${ben.token}`)
    other.send({ type: 'typing' })
    other.send({ type: 'message', content: 'from 002' })
    assert.deepEqual((await client.take(2)).map(brief), [
      [ben.id, 'joined'],
      [ben.id, 'from 002'],
    ])
    client.send({ text: 'from 004' })
    const frames = await other.until(({ content }) => content === 'from 004')
    assert.equal(frames.at(-1).user_id, ann.id)
    await other.close()
    assert.deepEqual(brief((await client.take(2))[1]), [ben.id, 'left'])
  })

  it('[§6 connection lost] it is `left` here only when no connection of any dialect remains', async () => {
    using client = await enter(ann)
    using two = await ContractClient.open(server, `/ws/room/${room}?token=${ben.token}`)
    await client.next()
    using four = await ContractClient.open(server, `/ws/chat/${room}?token=${ben.token}`)
    await client.next()
    await four.close()
    assert.deepEqual(await untilMarker(client), [])
    await two.close()
    assert.deepEqual(brief(await client.next()), [ben.id, 'left'])
  })

  it('[§6 leaves] a leave there closes the socket here, and the room hears it once', async () => {
    using client = await enter(ann)
    using leaving = await enter(ben)
    await client.next()
    const left = await ask(server, 'POST', `/api/rooms/${room}/leave`, { token: ben.token })
    assert.equal(left.status, 200, left.text)
    assert.equal((await leaving.closed).code, 1008)
    assert.deepEqual(await untilMarker(client), [[ben.id, 'left']])
  })
})

describe('with seed 003', () => {
  it('[§6 a message] a guest has a claimed name and no id', async () => {
    await openRoom()
    using client = await enter(ann)
    const body = { sender: 'gus', message: 'hi' }
    const sent = await ask(server, 'POST', `/chatrooms/${room}/messages`, { body })
    assert.equal(sent.status, 200, sent.text)
    const { id, created_at, ...frame } = await client.next()
    assert.equal(id, sent.body.id)
    assert.equal(created_at, sent.body.timestamp)
    assert.deepEqual(frame, {
      type: 'new_message',
      text: 'hi',
      sender_id: null,
      sender_username: 'gus',
      room_id: room,
    })
  })

  it('[§6 all rows] a Socket.IO client enters, hears, leaves and is lost', async () => {
    await openRoom()
    using client = await enter(ann)
    const socket = io(server.url, { transports: ['websocket'], reconnection: false })
    try {
      await new Promise<void>((resolve) => socket.once('connect', resolve))
      const heard = new Promise<{ content: string }>((resolve) => socket.once('new_message', resolve))
      await socket.emitWithAck('join_room', { room_id: room, username: 'gus' })
      assert.deepEqual(brief(await client.next()), [null, 'joined'])
      client.send({ text: 'welcome' })
      assert.equal((await heard).content, 'welcome')
      assert.deepEqual(brief(await client.next()), [ann.id, 'welcome'])
      await socket.emitWithAck('leave_room', { room_id: room })
      assert.deepEqual(brief(await client.next()), [null, 'left'])
      await socket.emitWithAck('join_room', { room_id: room, username: 'gus' })
      assert.deepEqual(brief(await client.next()), [null, 'joined'])
    } finally {
      socket.disconnect()
    }
    assert.deepEqual(brief(await client.next()), [null, 'left'])
  })
})
