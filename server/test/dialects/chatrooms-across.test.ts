import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { assertNewMessage, messagesOf, openRoom, post, usersOf } from '../support/chatrooms.ts'
import { ContractClient } from '../support/contract-client.ts'
import { newcomer } from '../support/envelope.ts'
import { NativeClient } from '../support/native-client.ts'
import { PacketClient } from '../support/packet-client.ts'
import { ask } from '../support/rest.ts'
import { startTestServer, type TestServer } from '../support/start-server.ts'
import {
  assertAbout,
  assertSilent,
  authSocket,
  type Holder,
  holder,
  roomSocket,
} from '../support/token-chat.ts'

let server: TestServer
let alice: Holder

before(async () => {
  server = await startTestServer()
  alice = await holder(server, 'alice')
})

after(() => server[Symbol.asyncDispose]())

const post002 = (path: string, token: string, body?: unknown) => ask(server, 'POST', path, { token, body })

/** A room that a guest made, with a Socket.IO client in it. */
async function withGuest(): Promise<{ room: number; guest: PacketClient }> {
  const room = await openRoom(server)
  const guest = await PacketClient.open(server)
  await guest.join(room, 'Gus')
  return { room, guest }
}

describe('one room in every contract', () => {
  it('[§0 one room] a room of 003 is listed in 002, 004 and the native API, and its name is taken there', async () => {
    const room = await openRoom(server, 'Shared')
    const lists = [
      (await ask(server, 'GET', '/api/rooms/', { token: alice.token })).body,
      (await ask(server, 'GET', '/api/chat/rooms', { token: alice.token })).body,
      (await ask(server, 'GET', '/v1/rooms', { token: alice.token })).body.rooms,
    ]
    for (const rooms of lists) {
      const names = rooms.filter(({ id }: { id: number }) => id === room)
      assert.deepEqual(
        names.map(({ name }: { name: string }) => name),
        ['Shared'],
      )
    }
    const taken = await post002('/api/rooms/', alice.token, { name: 'Shared' })
    assert.deepEqual([taken.status, taken.body], [400, { detail: 'Room name already exists' }])
    const native = await post002('/v1/rooms', alice.token, { name: 'Shared' })
    assert.equal(native.body.code, 'name_taken')
  })

  it('[§0 one room] the name of a room of 002 or the native API is taken in 003', async () => {
    await post002('/api/rooms/', alice.token, { name: 'of 002' })
    await post002('/v1/rooms', alice.token, { name: 'of the native API' })
    for (const name of ['of 002', 'of the native API']) {
      const answer = await ask(server, 'POST', '/chatrooms', { body: { name } })
      assert.deepEqual([answer.status, answer.body.detail], [400, `Chatroom '${name}' already exists`])
    }
  })
})

describe('what Socket.IO clients hear of others', () => {
  it('[§6 a message] of 002, of 004 and of the native protocol', async () => {
    const { room, guest } = await withGuest()
    using _ = guest
    using socket = await roomSocket(server, alice, room)
    await guest.next('user_joined')
    socket.send({ type: 'message', content: 'by 002' })
    assertNewMessage(await guest.next('new_message'), room, 'alice', 'by 002')
    await post002(`/api/rooms/${room}/messages`, alice.token, { content: 'by REST of 002' })
    assertNewMessage(await guest.next('new_message'), room, 'alice', 'by REST of 002')
    using envelope = await ContractClient.open(server, `/ws/chat/${room}?token=${alice.token}`)
    await guest.next('user_joined')
    envelope.send({ text: 'by 004' })
    assertNewMessage(await guest.next('new_message'), room, 'alice', 'by 004')
    await post002(`/v1/rooms/${room}/messages`, alice.token, { text: 'by the native API' })
    assertNewMessage(await guest.next('new_message'), room, 'alice', 'by the native API')
    const texts = (await messagesOf(server, room)).map(({ message }: { message: string }) => message)
    assert.deepEqual(texts, ['by 002', 'by REST of 002', 'by 004', 'by the native API'])
  })

  it('[§6 someone enters, leaves] REST of 002 and 004: user_joined and user_left, once each', async () => {
    const { room, guest } = await withGuest()
    using _ = guest
    const dora = await newcomer(server, 'dora')
    for (const { token, id, name, path } of [
      { ...alice, path: `/api/rooms/${room}` },
      { ...dora, path: `/api/chat/rooms/${room}` },
    ]) {
      const told = { sid: `user-${id}`, username: name, room_id: room }
      assert.equal((await post002(`${path}/join`, token)).status, 200)
      assert.deepEqual(await guest.next('user_joined'), told)
      assert.equal((await post002(`${path}/leave`, token)).status, 200)
      assert.deepEqual(await guest.next('user_left'), told)
    }
    assert.deepEqual(await guest.rest(), [])
    assert.deepEqual(await usersOf(server, room), ['Gus'], 'only Socket.IO is counted')
  })

  it('[§6 someone enters, is lost] each connection of a member, by whatever contract', async () => {
    const { room, guest } = await withGuest()
    using _ = guest
    await post002(`/api/rooms/${room}/join`, alice.token)
    await guest.next('user_joined')
    const sids = new Set<string>()
    const comeAndGo = async (open: () => Promise<Disposable>) => {
      const client = await open()
      const { sid, ...entered } = await guest.next('user_joined')
      assert.deepEqual(entered, { username: 'alice', room_id: room })
      sids.add(sid)
      client[Symbol.dispose]()
      assert.deepEqual(await guest.next('user_left'), { sid, username: 'alice', room_id: room })
    }
    const { token } = alice
    await comeAndGo(() => ContractClient.open(server, `/ws/room/${room}?token=${token}`))
    await comeAndGo(() => ContractClient.open(server, `/ws/chat/${room}?token=${token}`))
    await comeAndGo(() => NativeClient.open(server, { token }))
    assert.equal(sids.size, 3)
    assert.deepEqual(await guest.rest(), [])
  })

  it('[§6 someone enters, is lost] by joining through a socket: one coming and one loss, under one sid', async () => {
    const { room, guest } = await withGuest()
    using _ = guest
    const told = async (who: Holder, open: () => Promise<Disposable>) => {
      const client = await open()
      const entered = await guest.next('user_joined')
      assert.equal(entered.username, who.name)
      client[Symbol.dispose]()
      assert.deepEqual(await guest.next('user_left'), entered)
    }
    const first = await holder(server, 'first')
    await told(first, () => ContractClient.open(server, `/ws/room/${room}?token=${first.token}`))
    await told(first, () => ContractClient.open(server, `/ws/room/${room}?token=${first.token}`))
    const second = await holder(server, 'second')
    await told(second, async () => {
      const client = await authSocket(server, second)
      client.send({ type: 'join_room', room_id: room })
      return client
    })
    const third = await holder(server, 'third')
    const client = await authSocket(server, third)
    client.send({ content: 'joins by saying', room_id: room })
    const entered = await guest.next('user_joined')
    assertNewMessage(await guest.next('new_message'), room, 'third', 'joins by saying')
    client[Symbol.dispose]()
    assert.deepEqual(await guest.next('user_left'), entered)
    const fourth = await holder(server, 'fourth')
    await told(fourth, async () => {
      const native = await NativeClient.open(server, { token: fourth.token })
      await native.do('room.join', { room })
      return native
    })
    assert.deepEqual(await guest.rest(), [])
  })

  it('[§6 typing] edits, reactions and deletions: nothing', async () => {
    const { room, guest } = await withGuest()
    using _ = guest
    using native = await NativeClient.open(server, { token: alice.token })
    await native.do('room.join', { room })
    await guest.next('user_joined')
    const { id: message } = await native.do('message.send', { room, text: 'one' })
    assertNewMessage(await guest.next('new_message'), room, 'alice', 'one')
    await native.do('typing', { room })
    await native.do('reaction.add', { room, message, emoji: '👍' })
    await native.do('message.edit', { room, message, text: 'two' })
    await native.do('message.delete', { room, message })
    assert.deepEqual(await guest.rest(), [])
    assert.deepEqual(await messagesOf(server, room), [], 'what is deleted is not shown')
  })

  it('[§6 leaves] a deleted account leaves too', async () => {
    const { room, guest } = await withGuest()
    using _ = guest
    const erin = await newcomer(server, 'erin')
    await post002(`/api/chat/rooms/${room}/join`, erin.token)
    await guest.next('user_joined')
    assert.equal((await ask(server, 'DELETE', '/api/delete', { token: erin.token })).status, 200)
    assert.equal((await guest.next('user_left')).sid, `user-${erin.id}`)
  })
})

describe('what others hear of Socket.IO clients', () => {
  it('[§6 a message] 002, 004 and native: the claimed name, and an id that is no account’s', async () => {
    const room = await openRoom(server)
    const frank = await newcomer(server, 'frank')
    using token = await roomSocket(server, alice, room)
    assert.equal((await post002(`/api/chat/rooms/${room}/join`, frank.token)).status, 200)
    using envelope = await ContractClient.open(server, `/ws/chat/${room}?token=${frank.token}`)
    await envelope.next()
    using native = await NativeClient.open(server, { token: frank.token })
    await envelope.next()
    const { body } = await post(server, room, { sender: 'alice', message: 'I am not her' })
    const frames = await token.until(({ type }) => type === 'message')
    const { timestamp: _, ...message } = frames.at(-1)
    const who = { user_id: null, username: 'alice' }
    assert.deepEqual(message, {
      type: 'message',
      id: body.id,
      content: 'I am not her',
      ...who,
      room_id: room,
    })
    const told = await envelope.next()
    assert.deepEqual([told.type, told.sender_id, told.sender_username], ['new_message', null, 'alice'])
    const event = await native.next(({ type }) => type === 'message.created')
    assert.deepEqual(event.actor, { id: null, name: 'alice', kind: 'guest' })
    const history = await ask(server, 'GET', `/api/rooms/${room}/messages`, { token: alice.token })
    assert.equal(history.body[0].user_id, null)
  })

  it('[§6 someone enters, leaves, is lost] 002 and 004; native sockets hear nothing of it', async () => {
    const room = await openRoom(server)
    const grace = await newcomer(server, 'grace')
    using token = await roomSocket(server, alice, room)
    assert.equal((await post002(`/api/chat/rooms/${room}/join`, grace.token)).status, 200)
    await token.next()
    using native = await NativeClient.open(server, { token: grace.token })
    await token.next()
    using envelope = await ContractClient.open(server, `/ws/chat/${room}?token=${grace.token}`)
    await envelope.next()
    await token.next()
    const before = native.frames.length
    const gus = { id: null, name: 'Gus' } as const
    const activity = async (action: string) => {
      const { timestamp: _, ...told } = await envelope.next()
      assert.deepEqual(told, { type: 'user_activity', user_id: null, action })
    }
    const guest = await PacketClient.open(server)
    await guest.join(room, 'Gus')
    assertGuest(await token.next(), 'user_joined', gus.name, room)
    await activity('joined')
    await guest.ask('leave_room', { room_id: room })
    assertGuest(await token.next(), 'user_left', gus.name, room)
    await activity('left')
    await guest.join(room, 'Gus')
    assertGuest(await token.next(), 'user_joined', gus.name, room)
    await activity('joined')
    guest.socket.disconnect()
    assertGuest(await token.next(), 'user_disconnected', gus.name, room)
    await activity('left')
    await assertSilent(token)
    await native.settled()
    assert.deepEqual(
      native.frames.slice(before).map(({ type }) => type),
      ['pong'],
    )
  })
})

function assertGuest(frame: Record<string, unknown>, type: string, name: string, room: number): void {
  const { user_id: id, ...told } = frame
  assert.equal(id, null)
  assertAbout({ ...told, user_id: 0 }, type, { id: 0, name }, room)
}
