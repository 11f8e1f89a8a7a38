import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Visibility } from '@parlance/protocol/models'
import { assertNewMessage, messagesOf, openRoom, post, usersOf } from '../support/chatrooms.ts'
import { ContractClient } from '../support/contract-client.ts'
import { NativeClient } from '../support/native-client.ts'
import { PacketClient } from '../support/packet-client.ts'
import { ask, register } from '../support/rest.ts'
import { startTestServer, type TestServer } from '../support/start-server.ts'

let server: TestServer
let owner: NativeClient
let token: string
let other: number

before(async () => {
  server = await startTestServer()
  const account = await register(server, 'owner')
  token = account.token
  other = (await register(server, 'other')).account.id
  owner = await NativeClient.open(server, { token })
})

after(async () => {
  owner[Symbol.dispose]()
  await server[Symbol.asyncDispose]()
})

const canary = 'canary-7f3a'
let rooms = 0

/** A room of this visibility with a message that no guest may see, unless it is open. */
async function roomOf(visibility: Visibility): Promise<number> {
  const made =
    visibility === 'direct'
      ? await owner.do('direct.open', { user: other })
      : await owner.do('room.create', { name: `${canary} ${++rooms}`, visibility })
  await owner.do('message.send', { room: made.id, text: canary })
  return made.id
}

const hidden: readonly Visibility[] = ['public', 'private', 'direct']

describe('a guest meets only open rooms', () => {
  it('[§0 guest] REST: a hidden room answers exactly as one that does not exist', async () => {
    for (const visibility of hidden) {
      const room = await roomOf(visibility)
      const requests = (id: number) => [
        ask(server, 'GET', `/chatrooms/${id}/messages`),
        post(server, id, { sender: 'Gus', message: 'hi' }),
        post(server, id, {}),
      ]
      const answers = await Promise.all(requests(room))
      const nothing = await Promise.all(requests(2_000_000_000))
      for (const [i, { status, text, headers }] of answers.entries()) {
        assert.deepEqual([status, text], [nothing[i]?.status, nothing[i]?.text])
        assert.deepEqual([...headers.keys()], [...(nothing[i]?.headers.keys() ?? [])])
      }
      assert.deepEqual(await usersOf(server, room), [])
    }
    assert.ok(!(await ask(server, 'GET', '/chatrooms')).text.includes(canary))
  })

  it('[§0 guest] Socket.IO: nothing of a hidden room is heard, and nothing said in it', async () => {
    for (const visibility of hidden) {
      const room = await roomOf(visibility)
      using guest = await PacketClient.open(server)
      using friend = await PacketClient.open(server)
      assert.deepEqual(await guest.join(room, 'Gus'), { sid: guest.sid, username: 'Gus', room_id: room })
      await friend.join(room, 'Fay')
      assert.equal((await guest.next('user_joined')).username, 'Fay', 'as under any id that no room has')
      const data = { room_id: room, sender: 'Gus', message: 'hi' }
      assert.deepEqual(await guest.ask('send_message', data), [{ error: 'Chatroom not found' }])
      await guest.next('error')
      await owner.do('message.send', { room, text: `${canary} again` })
      using socket = await NativeClient.open(server, { token })
      await socket.settled()
      assert.deepEqual(await guest.rest(), [])
      const log = await ask(server, 'GET', `/v1/rooms/${room}/events?limit=500`, { token })
      assert.ok(!log.text.includes('Gus'))
    }
  })

  it('[§0 guest] members of a public room hear nothing of guests under its id', async () => {
    const room = await roomOf('public')
    using member = await ContractClient.open(server, `/ws/room/${room}?token=${token}`)
    await member.until(({ type }) => type === 'user_joined')
    const guest = await PacketClient.open(server)
    await guest.join(room, 'Gus')
    await guest.ask('leave_room', { room_id: room })
    await guest.join(room, 'Gus')
    guest.socket.disconnect()
    using friend = await PacketClient.open(server)
    await friend.join(room, 'Fay')
    member.send({ type: 'ping' })
    assert.equal((await member.next()).type, 'pong')
  })

  it('[§0 guest] a room that becomes private is silent at once; open again, it is heard from there on', async () => {
    const { id: room } = await owner.do('room.create', { name: 'turning', visibility: 'open' })
    using guest = await PacketClient.open(server)
    await guest.join(room, 'Gus')
    await owner.do('message.send', { room, text: 'open' })
    assertNewMessage(await guest.next('new_message'), room, 'owner', 'open')
    for (const visibility of ['private', 'public'] as const) {
      await owner.do('room.update', { room, visibility })
      await owner.do('message.send', { room, text: canary })
      using late = await PacketClient.open(server)
      await late.join(room, 'late')
      await guest.next('user_joined')
      await owner.do('message.send', { room, text: canary })
      assert.deepEqual(await late.rest(), [])
      late.socket.disconnect()
      await guest.next('user_left')
      const [refused] = await guest.ask('send_message', { room_id: room, sender: 'Gus', message: 'hi' })
      assert.deepEqual(refused, { error: 'Chatroom not found' })
      await guest.next('error')
    }
    assert.deepEqual(await guest.rest(), [])
    await owner.do('room.update', { room, visibility: 'open' })
    await owner.do('message.send', { room, text: 'open again' })
    assertNewMessage(await guest.next('new_message'), room, 'owner', 'open again')
  })

  it('[§0 guest] an id that is joined before its room is made private stays silent', async () => {
    const next = (await openRoom(server)) + 1
    using guest = await PacketClient.open(server)
    await guest.join(next, 'Gus')
    assert.equal(await roomOf('private'), next)
    assert.deepEqual(await guest.rest(), [])
    await owner.do('room.update', { room: next, visibility: 'open' })
    await owner.do('message.send', { room: next, text: 'now' })
    assertNewMessage(await guest.next('new_message'), next, 'owner', 'now')
  })

  it('[§4 open] a native room that is open is one of 003 too', async () => {
    const { id: room } = await owner.do('room.create', { name: 'native and open', visibility: 'open' })
    const { body } = await ask(server, 'GET', '/chatrooms')
    assert.ok(
      body.some(({ id, name }: { id: number; name: string }) => id === room && name === 'native and open'),
    )
    await post(server, room, { sender: 'Gus', message: 'hi' })
    assert.equal((await messagesOf(server, room)).length, 1)
    await owner.do('room.archive', { room })
    const archived = await post(server, room, { sender: 'Gus', message: 'too late' })
    assert.equal(archived.status, 409)
    assert.deepEqual(Object.keys(archived.body), ['detail'])
  })
})
