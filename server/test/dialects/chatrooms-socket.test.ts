import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { assertNewMessage, assertStored, messagesOf, openRoom, post, usersOf } from '../support/chatrooms.ts'
import { PacketClient, type Transport } from '../support/packet-client.ts'
import { ask } from '../support/rest.ts'
import { startTestServer, type TestServer } from '../support/start-server.ts'

/** Who is counted in a place; one whose id is no integer has no address in the REST of this contract (contracts.md §4). */
async function assertUsers(
  server: TestServer,
  place: number | string,
  names: readonly string[],
): Promise<void> {
  if (Number.isInteger(Number(place))) {
    assert.deepEqual(await usersOf(server, place), names)
    return
  }
  const { status } = await ask(server, 'GET', `/chatrooms/${encodeURIComponent(place)}/users`)
  assert.equal(status, 422, String(place))
}

const ways: readonly (readonly Transport[])[] = [['websocket'], ['polling'], ['polling', 'websocket']]

for (const transports of ways) {
  describe(`Socket.IO by ${transports.join(', then ')}`, () => {
    let server: TestServer

    before(async () => {
      server = await startTestServer()
    })

    after(() => server[Symbol.asyncDispose]())

    const connect = () => PacketClient.open(server, transports)

    it('[003 Socket.IO] namespace /, ping 25 s and 20 s', async () => {
      const response = await fetch(`${server.url}/socket.io/?EIO=4&transport=polling`)
      const opened = JSON.parse((await response.text()).slice(1))
      assert.deepEqual([opened.pingInterval, opened.pingTimeout, opened.maxPayload], [25_000, 20_000, 65_536])
      assert.deepEqual(opened.upgrades, ['websocket'])
      using client = await connect()
      assert.equal(typeof client.sid, 'string')
    })

    it('[003 join_room] user_joined to the room, the joiner included; the ack has no argument', async () => {
      const room = await openRoom(server)
      using ann = await connect()
      using bob = await connect()
      assert.deepEqual(await ann.ask('join_room', { room_id: room, username: 'Ann' }), [])
      assert.deepEqual(await ann.next('user_joined'), { sid: ann.sid, username: 'Ann', room_id: room })
      assert.deepEqual(await bob.ask('join_room', { room_id: String(room), username: 'Bob' }), [])
      const joined = { sid: bob.sid, username: 'Bob', room_id: room }
      assert.deepEqual(await bob.next('user_joined'), joined)
      assert.deepEqual(await ann.next('user_joined'), joined)
    })

    it('[003 join_room] the default name is user_ and five characters of the socket id', async () => {
      const room = await openRoom(server)
      using client = await connect()
      const username = `user_${client.sid.slice(0, 5)}`
      assert.equal((await client.join(room)).username, username)
      assert.deepEqual(await usersOf(server, room), [username])
    })

    it('[003 join_room] nothing of another room is heard', async () => {
      const [here, there] = [await openRoom(server), await openRoom(server)]
      using ann = await connect()
      using bob = await connect()
      await ann.join(here)
      await bob.join(there)
      await bob.ask('send_message', { room_id: there, sender: 'Bob', message: 'there' })
      assertNewMessage(await bob.next('new_message'), there, 'Bob', 'there')
      assert.deepEqual(await ann.rest(), [])
    })

    it('[003 send_message] stored, acked, and new_message to the room, the sender included', async () => {
      const room = await openRoom(server)
      using ann = await connect()
      using bob = await connect()
      await ann.join(room, 'Ann')
      await bob.join(room, 'Bob')
      await ann.next('user_joined')
      const [stored, ...others] = await ann.ask('send_message', {
        room_id: room,
        sender: 'Ann',
        message: 'hi',
      })
      assert.deepEqual(others, [])
      assertStored(stored, room, 'Ann', 'hi')
      const { chatroom_id: _, ...told } = stored
      for (const client of [ann, bob]) assert.deepEqual(await client.next('new_message'), told)
      await bob.ask('send_message', { room_id: String(room), sender: 'Bob', content: 'hello' })
      for (const client of [ann, bob])
        assertNewMessage(await client.next('new_message'), room, 'Bob', 'hello')
      assert.equal((await messagesOf(server, room)).length, 2)
    })

    it('[003 send_message] one who has not joined sends, and hears nothing but the ack', async () => {
      const room = await openRoom(server)
      using ann = await connect()
      using bob = await connect()
      await ann.join(room)
      const [stored] = await bob.ask('send_message', { room_id: room, sender: 'Bob', message: 'hi' })
      assertStored(stored, room, 'Bob', 'hi')
      assertNewMessage(await ann.next('new_message'), room, 'Bob', 'hi')
      assert.deepEqual(await bob.rest(), [])
    })

    it('[003 send_message] without an ack too', async () => {
      const room = await openRoom(server)
      using ann = await connect()
      await ann.join(room)
      ann.emit('send_message', { room_id: room, sender: 'Ann', message: 'hi' })
      assertNewMessage(await ann.next('new_message'), room, 'Ann', 'hi')
    })

    it('[003 send_message] an unknown room: error to the caller only, and in the ack', async () => {
      using ann = await connect()
      using bob = await connect()
      for (const client of [ann, bob]) await client.join(4_242)
      await ann.next('user_joined')
      for (const room of [4_242, '4242', 'lobby', 0, -1, 1.5, 2 ** 31, {}, true]) {
        const data = { room_id: room, sender: 'Ann', message: 'hi' }
        assert.deepEqual(await ann.ask('send_message', data), [{ error: 'Chatroom not found' }])
        assert.deepEqual(await ann.next('error'), { error: 'Chatroom not found' })
      }
      assert.deepEqual(await bob.rest(), [])
      assert.equal((await ask(server, 'GET', '/chatrooms/4242/messages')).status, 404, 'it was not created')
    })

    it('[003 send_message] a missing field', async () => {
      const room = await openRoom(server)
      using ann = await connect()
      const missing = [
        { sender: 'Ann' },
        { message: 'hi' },
        { sender: 'Ann', message: '' },
        { sender: 5, message: 'hi' },
        { sender: 'Ann', message: { $ne: 1 } },
        { sender: null, content: 'hi' },
        { sender: 'Ann', message: 'hi', room_id: null },
      ].map((fields) => ({ room_id: room, ...fields }))
      for (const data of [...missing, undefined, null, 'text', 5, []]) {
        assert.deepEqual(await ann.ask('send_message', data), [{ error: 'Missing sender or content' }])
        assert.deepEqual(await ann.next('error'), { error: 'Missing sender or content' })
      }
      assert.deepEqual(await messagesOf(server, room), [])
    })

    it('[003 leave_room] user_left to the others; the ack has no argument; silence after it', async () => {
      const room = await openRoom(server)
      using ann = await connect()
      using bob = await connect()
      await ann.join(room, 'Ann')
      await bob.join(room, 'Bob')
      await ann.next('user_joined')
      assert.deepEqual(await bob.ask('leave_room', { room_id: String(room) }), [])
      assert.deepEqual(await ann.next('user_left'), { sid: bob.sid, username: 'Bob', room_id: room })
      await ann.ask('send_message', { room_id: room, sender: 'Ann', message: 'alone' })
      await ann.next('new_message')
      assert.deepEqual(await bob.rest(), [])
      assert.deepEqual(await usersOf(server, room), ['Ann'])
      assert.deepEqual(await bob.ask('leave_room', { room_id: room }), [], 'once more: nothing')
      assert.deepEqual(await ann.rest(), [])
      await bob.join(room, 'Bob again')
      assert.equal((await ann.next('user_joined')).username, 'Bob again')
    })

    it('[003 disconnect] user_left to every room that the socket had joined', async () => {
      const rooms = [await openRoom(server), await openRoom(server), 777_777, 'lobby']
      using ann = await connect()
      const bob = await connect()
      for (const room of rooms) {
        await ann.join(room, 'Ann')
        await bob.join(room, 'Bob')
        await ann.next('user_joined')
      }
      const { sid } = bob
      bob.socket.disconnect()
      const left = new Set()
      for (const _ of rooms) {
        const { room_id: room, ...told } = await ann.next('user_left')
        assert.deepEqual(told, { sid, username: 'Bob' })
        left.add(room)
      }
      assert.deepEqual(left, new Set(rooms))
      for (const room of rooms) await assertUsers(server, room, ['Ann'])
    })

    it('[003 unknown room] is joined and heard as any other, and never made', async () => {
      for (const room of [88_888, 'nowhere', 'a/b', '0', '__proto__']) {
        using ann = await connect()
        using bob = await connect()
        assert.deepEqual(await ann.join(room, 'Ann'), { sid: ann.sid, username: 'Ann', room_id: room })
        await bob.join(room, 'Bob')
        assert.equal((await ann.next('user_joined')).username, 'Bob')
        await assertUsers(server, room, ['Ann', 'Bob'])
        await bob.ask('leave_room', { room_id: room })
        assert.equal((await ann.next('user_left')).username, 'Bob')
      }
      const { body } = await ask(server, 'GET', '/chatrooms')
      assert.ok(!body.some(({ id }: { id: number }) => id === 88_888))
    })

    it('[003 unknown room] made later, its messages arrive', async () => {
      const next = (await openRoom(server)) + 1
      using ann = await connect()
      await ann.join(next, 'Ann')
      assert.equal(await openRoom(server), next)
      const { body } = await post(server, next, { sender: 'Bob', message: 'first' })
      assert.equal((await ann.next('new_message')).id, body.id)
      using bob = await connect()
      await bob.join(next, 'Bob')
      assert.equal((await ann.next('user_joined')).username, 'Bob')
    })

    it('[003 users] a name counts once, and stays until both of its sockets have gone', async () => {
      const room = await openRoom(server)
      using first = await connect()
      using second = await connect()
      using other = await connect()
      await first.join(room, 'Ann')
      await second.join(room, 'Ann')
      await other.join(room, 'Bob')
      assert.deepEqual(await usersOf(server, room), ['Ann', 'Bob'])
      second.socket.disconnect()
      assert.equal((await first.next('user_joined')).username, 'Ann')
      assert.equal((await first.next('user_joined')).username, 'Bob')
      assert.equal((await first.next('user_left')).username, 'Ann')
      assert.deepEqual(await usersOf(server, room), ['Ann', 'Bob'])
      await first.ask('leave_room', { room_id: room })
      assert.deepEqual(await usersOf(server, room), ['Bob'])
    })

    it('[003 users] joining again under another name changes it, and counts once', async () => {
      const room = await openRoom(server)
      using ann = await connect()
      await ann.join(room, 'Ann')
      assert.equal((await ann.join(room, 'Anna')).username, 'Anna')
      assert.deepEqual(await usersOf(server, room), ['Anna'])
      await ann.ask('send_message', { room_id: room, sender: 'Anna', message: 'once' })
      assertNewMessage(await ann.next('new_message'), room, 'Anna', 'once')
      assert.deepEqual(await ann.rest(), [], 'and hears once')
    })

    it('[§0 claimed names] of join_room', async () => {
      using client = await connect()
      const shown = async (username: unknown) => {
        await client.ask('join_room', { room_id: 5, username })
        return (await client.next('user_joined')).username
      }
      for (const name of ['system', 'Server', '', '  ', '\u0007']) assert.equal(await shown(name), 'guest')
      assert.equal(await shown(' A\u0000nn '), 'Ann')
      assert.equal(await shown('x'.repeat(70)), 'x'.repeat(64))
      const fallback = `user_${client.sid.slice(0, 5)}`
      for (const name of [null, 5, {}, ['Ann']]) assert.equal(await shown(name), fallback)
    })

    it('[003 join_room] without a usable id: error, and the socket stays', async () => {
      using client = await connect()
      for (const id of [undefined, null, '', '  ', {}, [], true, 'x'.repeat(65)]) {
        for (const name of ['join_room', 'leave_room']) {
          assert.deepEqual(await client.ask(name, { room_id: id }), [])
          assert.deepEqual(await client.next('error'), { error: 'Missing room_id' })
        }
      }
      await client.join('still here')
    })

    it('[§0 text] any text that fits a frame; U+0000 becomes U+FFFD', async () => {
      const room = await openRoom(server)
      using client = await connect()
      await client.join(room)
      for (const message of [
        'x'.repeat(60_000),
        '\u0000',
        '"\\\n',
        '👩‍👩‍👧‍👦',
        ' ',
        'a\u001eb',
        'a\u2028b',
      ]) {
        await client.ask('send_message', { room_id: room, sender: 'Ann', message })
        assertNewMessage(await client.next('new_message'), room, 'Ann', message.replace('\0', '\ufffd'))
      }
    })
  })
}
