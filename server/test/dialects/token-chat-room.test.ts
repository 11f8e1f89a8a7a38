import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import { ContractClient, refusal } from '../support/contract-client.ts'
import { ask } from '../support/rest.ts'
import { startTestServer, type TestServer } from '../support/start-server.ts'
import {
  assertAbout,
  assertError,
  assertMessage,
  assertSilent,
  authSocket,
  type Holder,
  hiddenRoom,
  holder,
  joinedSocket,
  madeRoom,
  roomSocket,
  timestamp,
} from '../support/token-chat.ts'

let server: TestServer
let ann: Holder
let ben: Holder
/** Of ann; ben is no member. */
let room: number

before(async () => {
  server = await startTestServer()
  ann = await holder(server, 'ann')
  ben = await holder(server, 'ben')
})

beforeEach(async () => {
  room = await madeRoom(server, ann)
})

after(() => server[Symbol.asyncDispose]())

const rest = (path: string, { token }: Holder, body?: unknown) =>
  ask(server, 'POST', `/api/rooms/${room}/${path}`, { token, body })
const say = (content: string) => rest('messages', ann, { content })

describe('the handshake of /ws/room/{id}', () => {
  it('[002 WS /ws/room/{id} 403] refuses bad tokens, unknown and hidden rooms, and ids that are none', async () => {
    const hidden = await hiddenRoom(server, ben)
    const token = `?token=${ben.token}`
    const paths = [`/ws/room/${room}`, `/ws/room/${room}?token=x`, `/ws/room/${room}?username=ben`]
    const ids = [
      '999999',
      '0',
      '-1',
      String(2 ** 31),
      '9'.repeat(99),
      'abc',
      '1.5',
      '',
      '%2F',
      `${room}/`,
      `${room}/x`,
    ]
    paths.push(...[...ids, String(hidden), '%E0%A4%A', '__proto__'].map((id) => `/ws/room/${id}${token}`))
    for (const path of paths) {
      const { status, body } = await refusal(server, path)
      assert.equal(status, 403, path)
      assert.deepEqual(Object.keys(body), ['detail'])
    }
    assert.deepEqual((await refusal(server, `/ws/room/${hidden}${token}`)).body, {
      detail: 'Chat room not found',
    })
    assert.deepEqual((await refusal(server, `/ws/room/999999${token}`)).body, {
      detail: 'Chat room not found',
    })
  })

  it('[002 WS /ws/room/{id} 403] refuses who is banned', async () => {
    await ask(server, 'PUT', `/v1/rooms/${room}/bans/${ben.id}`, { token: ann.token })
    assert.equal((await refusal(server, `/ws/room/${room}?token=${ben.token}`)).status, 403)
  })

  it('[002 WS /ws/room] without an id is an ordinary named room', async () => {
    using one = await ContractClient.open(server, '/ws/room')
    using other = await ContractClient.open(server, '/ws/room')
    one.send('hi')
    assert.equal(await other.nextText(), 'hi')
  })

  it('[002 token and username] with both it is this socket', async () => {
    using client = await ContractClient.open(server, `/ws/room/${room}?username=X&token=${ann.token}`)
    assert.equal((await client.next()).type, 'message_history')
  })

  it('[§7] takes the token from the header too', async () => {
    const headers = { authorization: `bearer ${ann.token}` }
    using client = await ContractClient.open(server, `/ws/room/${room}`, headers)
    assert.equal((await client.next()).type, 'message_history')
  })
})

describe('coming to a room', () => {
  it('[002 message_history] comes first, then user_joined, to the room including self', async () => {
    await say('before')
    using a = await roomSocket(server, ann, room)
    using b = await ContractClient.open(server, `/ws/room/${room}?token=${ben.token}`)
    const history = await b.next()
    const [message] = history.messages
    assert.deepEqual(history, {
      type: 'message_history',
      room_id: room,
      messages: [
        { id: message.id, content: 'before', user_id: ann.id, username: 'ann', timestamp: message.timestamp },
      ],
    })
    assert.match(message.timestamp, timestamp)
    assertAbout(await b.next(), 'user_joined', ben, room)
    assertAbout(await a.next(), 'user_joined', ben, room)
    await assertSilent(b)
    await assertSilent(a)
  })

  it('[002 message_history] is empty in a new room', async () => {
    using client = await ContractClient.open(server, `/ws/room/${room}?token=${ann.token}`)
    assert.deepEqual(await client.next(), { type: 'message_history', room_id: room, messages: [] })
  })

  it('[002 message_history] has the last 50, oldest first, without what was deleted', async () => {
    for (let i = 0; i < 52; i += 1) await say(String(i))
    const last = await say('deleted')
    const path = `/v1/rooms/${room}/messages/${last.body.id}`
    await ask(server, 'DELETE', path, { token: ann.token })
    using client = await ContractClient.open(server, `/ws/room/${room}?token=${ann.token}`)
    const { messages } = await client.next()
    assert.deepEqual(
      messages.map(({ content }: { content: string }) => content),
      Array.from({ length: 50 }, (_, i) => String(i + 2)),
    )
  })

  it('[002 message_history] and live frames leave no gap and tell nothing twice', async () => {
    const rounds = 12
    for (let round = 0; round < rounds; round += 1) {
      const sent = Promise.all(Array.from({ length: 10 }, (_, i) => say(`${round}:${i}`)))
      using client = await ContractClient.open(server, `/ws/room/${room}?token=${ben.token}`)
      const { messages } = await client.next()
      await sent
      const marker = await say(`marker ${round}`)
      const live = (await client.until(({ id }) => id === marker.body.id)).filter(
        ({ type }) => type === 'message',
      )
      const ids = [...messages, ...live].map(({ id }: { id: number }) => id)
      const { body } = await ask(server, 'GET', `/api/rooms/${room}/messages?limit=${ids.length}`, {
        token: ann.token,
      })
      assert.deepEqual(
        ids,
        body.map(({ id }: { id: number }) => id),
      )
      assert.ok(ids.length >= Math.min(50, round * 11 + 11))
    }
  })

  it('[002 WS /ws/room/{id}] makes the account a member, also of an open room', async () => {
    using _client = await roomSocket(server, ben, room)
    assert.equal((await rest('messages', ben, { content: 'x' })).status, 200)
    room = (await ask(server, 'POST', '/chatrooms', { body: { name: 'open' } })).body.id
    using _other = await roomSocket(server, ben, room)
    assert.equal((await rest('messages', ben, { content: 'x' })).status, 200)
  })

  it('[002 user_joined] is told for every connection of a member, once each', async () => {
    using a = await roomSocket(server, ann, room)
    using b = await roomSocket(server, ann, room)
    assertAbout(await a.next(), 'user_joined', ann, room)
    await assertSilent(a)
    await assertSilent(b)
  })
})

describe('in a room', () => {
  it('[002 message] reaches everyone, the sender included; the type may be missing', async () => {
    using a = await roomSocket(server, ann, room)
    using b = await roomSocket(server, ben, room)
    using c = await authSocket(server, ann)
    await a.next()
    for (const frame of [
      { type: 'message', content: 'hi' },
      { content: 'hi' },
      { content: 'hi', room_id: 999 },
    ]) {
      b.send(frame)
      const told = await b.next()
      assertMessage(told, ben, room, 'hi')
      assert.deepEqual(await a.next(), told)
      assert.deepEqual(await c.next(), told)
    }
  })

  it('[002 typing] reaches everyone, the sender included; ping is answered', async () => {
    using a = await roomSocket(server, ann, room)
    using b = await roomSocket(server, ben, room)
    await a.next()
    b.send({ type: 'typing' })
    assertAbout(await a.next(), 'user_typing', ben, room)
    assertAbout(await b.next(), 'user_typing', ben, room)
    await assertSilent(b)
  })

  it('[002 errors] have the words of the contract', async () => {
    using client = await roomSocket(server, ann, room)
    await assertError(client, 'not json', 'Invalid JSON format')
    await assertError(client, { type: 'join_room', room_id: room }, 'Unknown message type: join_room')
    await assertError(client, { type: 'leave_room', room_id: room }, 'Unknown message type: leave_room')
    await assertError(client, { type: 'dance' }, 'Unknown message type: dance')
    await assertError(client, {}, 'Missing content')
    await assertError(client, { type: 'message' }, 'Missing content')
    await assertError(client, { type: 'message', content: '' }, 'Missing content')
  })

  it('[002 one room] hears nothing of the others of its account', async () => {
    const other = await madeRoom(server, ann)
    using client = await roomSocket(server, ann, room)
    await ask(server, 'POST', `/api/rooms/${other}/messages`, {
      token: ann.token,
      body: { content: 'canary' },
    })
    await madeRoom(server, ann)
    await assertSilent(client)
  })
})

describe('going from a room', () => {
  it('[002 user_disconnected] tells the others, on this socket and on /ws/auth; the membership stays', async () => {
    using a = await roomSocket(server, ann, room)
    using auth = await authSocket(server, ann)
    for (const end of ['close', 'terminate'] as const) {
      using b = await roomSocket(server, ben, room)
      for (const client of [a, auth]) assertAbout(await client.next(), 'user_joined', ben, room)
      b.socket[end]()
      for (const client of [a, auth]) assertAbout(await client.next(), 'user_disconnected', ben, room)
    }
    assert.equal((await rest('join', ben)).body.message, 'Already a member of this room')
  })

  it('[002 user_disconnected] is told for each connection that is lost', async () => {
    using a = await roomSocket(server, ann, room)
    using first = await roomSocket(server, ben, room)
    using second = await roomSocket(server, ben, room)
    await a.take(2)
    await first.close()
    assertAbout(await a.next(), 'user_disconnected', ben, room)
    await second.close()
    assertAbout(await a.next(), 'user_disconnected', ben, room)
  })

  it('[002 REST leave] silences the socket: user_left for the others, and no user_disconnected', async () => {
    using a = await roomSocket(server, ann, room)
    using b = await roomSocket(server, ben, room)
    await a.next()
    await rest('leave', ben)
    assertAbout(await a.next(), 'user_left', ben, room)
    await say('canary')
    assertMessage(await a.next(), ann, room, 'canary')
    await assertSilent(b)
    await assertError(b, { content: 'x' }, 'You are not a member of this room')
    await assertError(b, { type: 'typing' }, 'You are not a member of this room')
    await b.close()
    await say('after')
    assertMessage(await a.next(), ann, room, 'after')
  })

  it('[002 leave_room] on /ws/auth silences the account’s sockets of the room', async () => {
    using b = await roomSocket(server, ben, room)
    using auth = await joinedSocket(server, ben, room)
    await b.next()
    auth.send({ type: 'leave_room', room_id: room })
    assert.deepEqual(await auth.next(), { type: 'room_left', room_id: room })
    await say('canary')
    await assertSilent(b)
    await assertSilent(auth)
  })

  it('[002 user_left] tells of who is removed, banned or deleted', async () => {
    using a = await roomSocket(server, ann, room)
    const { token } = ann
    for (const [method, path] of [
      ['DELETE', 'members'],
      ['PUT', 'bans'],
    ] as const) {
      using b = await roomSocket(server, ben, room)
      assertAbout(await a.next(), 'user_joined', ben, room)
      const answer = await ask(server, method, `/v1/rooms/${room}/${path}/${ben.id}`, { token })
      assert.equal(answer.status, 204, answer.text)
      assertAbout(await a.next(), 'user_left', ben, room)
      await assertSilent(b)
    }
    const dan = await holder(server, 'dan')
    using d = await roomSocket(server, dan, room)
    await a.next()
    await ask(server, 'DELETE', '/api/delete', { token: dan.token })
    const { type, user_id: id, username } = await a.next()
    assert.deepEqual([type, id], ['user_left', dan.id])
    assert.notEqual(username, 'dan')
    assert.equal((await d.closed).code, 1008)
    await assertSilent(a)
  })

  it('[§7 sessions] that end close the socket with 1008, and the others hear that it is lost', async () => {
    const cid = await holder(server, 'cid')
    using a = await roomSocket(server, ann, room)
    using c = await roomSocket(server, cid, room)
    await a.next()
    await ask(server, 'POST', '/api/logout', { token: cid.token })
    assert.equal((await c.closed).code, 1008)
    assertAbout(await a.next(), 'user_disconnected', cid, room)
  })
})
