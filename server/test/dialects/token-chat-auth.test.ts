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

describe('the handshake of /ws/auth', () => {
  const refused = async (path: string, headers?: Record<string, string>) => {
    const { status, body } = await refusal(server, path, headers)
    assert.equal(status, 403, path)
    return body.detail
  }

  it('[002 WS /ws/auth] begins with connection_established', async () => {
    using client = await ContractClient.open(server, `/ws/auth?token=${ann.token}`)
    const frame = await client.next()
    assert.deepEqual(Object.keys(frame), ['type', 'user_id', 'username', 'client_id'])
    assert.deepEqual([frame.type, frame.user_id, frame.username], ['connection_established', ann.id, 'ann'])
    using other = await authSocket(server, ann)
    await assertSilent(other)
    await assertSilent(client)
  })

  it('[002 WS /ws/auth 403] refuses a token that is missing, bad, or of a session that has ended', async () => {
    const late = await holder(server, 'late')
    await ask(server, 'POST', '/api/logout', { token: late.token })
    assert.equal(await refused('/ws/auth'), 'Not authenticated')
    for (const token of ['', 'x', 'a.b.c', 'null', late.token, `${ann.token}x`]) {
      assert.equal(await refused(`/ws/auth?token=${token}`), 'Could not validate credentials')
    }
    await refused(`/ws/auth/?token=${ann.token}`)
    await refused(`/ws/auth/1?token=${ann.token}`)
    const guest = await ask(server, 'POST', '/v1/guests', { body: { name: 'a-guest' } })
    await refused(`/ws/auth?token=${guest.body.token}`)
  })

  it('[§7] takes the token from the header too, in any case, and redacts the query in logs', async () => {
    for (const scheme of ['Bearer', 'bearer']) {
      using client = await ContractClient.open(server, '/ws/auth', {
        authorization: `${scheme} ${ann.token}`,
      })
      assert.equal((await client.next()).username, 'ann')
    }
    await refused('/ws/auth', { authorization: 'Bearer x' })
    assert.ok(!server.logged.join('').includes(ann.token))
  })

  it('[§7] a setting turns the query form off', async () => {
    await using strict = await startTestServer({ tokenInQuery: false })
    const cid = await holder(strict, 'cid')
    assert.equal((await refusal(strict, `/ws/auth?token=${cid.token}`)).status, 403)
    const headers = { authorization: `Bearer ${cid.token}` }
    using client = await ContractClient.open(strict, '/ws/auth', headers)
    assert.equal((await client.next()).user_id, cid.id)
  })

  it('[002 token and username] with both it is this socket, with a username alone a room called auth', async () => {
    using both = await ContractClient.open(server, `/ws/auth?token=${ann.token}&username=Ann`)
    assert.equal((await both.next()).type, 'connection_established')
    using named = await ContractClient.open(server, '/ws/auth?username=Ann')
    assert.equal((await named.next()).content, 'Ann joined the room.')
  })

  it('[§0 limits] refuses an account with too many connections with 429', async () => {
    await using limited = await startTestServer({ limits: { connectionsPerAccount: 1 } })
    const cid = await holder(limited, 'cid')
    using _first = await authSocket(limited, cid)
    const { status, headers } = await refusal(limited, `/ws/auth?token=${cid.token}`)
    assert.equal(status, 429)
    assert.match(headers['retry-after'] ?? '', /^\d+$/)
  })
})

describe('join_room', () => {
  it('[002 join_room] tells the sender of the room, then the room of the sender, who hears it too', async () => {
    using a = await joinedSocket(server, ann, room)
    using b = await authSocket(server, ben)
    b.send({ type: 'join_room', room_id: room })
    const joined = await b.next()
    const { body } = await ask(server, 'GET', `/api/rooms/${room}`, { token: ben.token })
    assert.deepEqual(joined, { type: 'room_joined', room_id: room, room_name: body.name })
    assertAbout(await b.next(), 'user_joined', ben, room)
    assertAbout(await a.next(), 'user_joined', ben, room)
    const list = await ask(server, 'GET', `/api/rooms/${room}/messages`, { token: ben.token })
    assert.equal(list.status, 200)
  })

  it('[002 join_room] again tells the sender only', async () => {
    using a = await joinedSocket(server, ann, room)
    using b = await joinedSocket(server, ben, room)
    assertAbout(await a.next(), 'user_joined', ben, room)
    b.send({ type: 'join_room', room_id: room })
    assert.equal((await b.next()).type, 'room_joined')
    await assertSilent(b)
    await assertSilent(a)
  })

  it('[002 join_room] by another socket of a member tells the room again, once each', async () => {
    using a = await joinedSocket(server, ann, room)
    using second = await joinedSocket(server, ann, room)
    assertAbout(await a.next(), 'user_joined', ann, room)
    await assertSilent(a)
    await assertSilent(second)
  })

  it('[002 join_room error] answers a room that is missing, unknown or hidden', async () => {
    using client = await authSocket(server, ben)
    const hidden = await hiddenRoom(server, ann)
    const own = await hiddenRoom(server, ben)
    await assertError(client, { type: 'join_room' }, 'Missing room_id')
    for (const id of [999_999, hidden, own]) {
      await assertError(client, { type: 'join_room', room_id: id }, `Room ${id} does not exist`)
    }
    await ask(server, 'PUT', `/v1/rooms/${room}/bans/${ben.id}`, { token: ann.token })
    await assertError(client, { type: 'join_room', room_id: room }, 'You are banned from this room.')
  })
})

describe('message', () => {
  it('[002 message] reaches the room, the sender included', async () => {
    using a = await joinedSocket(server, ann, room)
    using b = await joinedSocket(server, ben, room)
    await a.next()
    a.send({ type: 'message', content: 'hi', room_id: room })
    const frame = await a.next()
    assertMessage(frame, ann, room, 'hi')
    assert.deepEqual(await b.next(), frame)
    const { body } = await ask(server, 'GET', `/api/rooms/${room}/messages`, { token: ben.token })
    assert.deepEqual(body, [
      { content: 'hi', room_id: room, id: frame.id, created_at: frame.timestamp, user_id: ann.id },
    ])
  })

  it('[002 message] is what a frame without a type is', async () => {
    using client = await joinedSocket(server, ann, room)
    client.send({ content: 'untyped', room_id: room })
    assertMessage(await client.next(), ann, room, 'untyped')
  })

  it('[002 message] of a member who did not say join_room needs no joining', async () => {
    using client = await authSocket(server, ann)
    client.send({ type: 'message', content: 'hi', room_id: room })
    assertMessage(await client.next(), ann, room, 'hi')
  })

  it('[002 message] of a non-member joins first: the room sees user_joined, then the message', async () => {
    using a = await joinedSocket(server, ann, room)
    using b = await authSocket(server, ben)
    b.send({ type: 'message', content: 'hello', room_id: room })
    b.send({ type: 'message', content: 'again', room_id: room })
    for (const client of [a, b]) {
      assertAbout(await client.next(), 'user_joined', ben, room)
      assertMessage(await client.next(), ben, room, 'hello')
      assertMessage(await client.next(), ben, room, 'again')
    }
  })

  it('[002 message] joins open rooms of seed 003 as well', async () => {
    const open = (await ask(server, 'POST', '/chatrooms', { body: { name: 'open' } })).body.id
    using client = await authSocket(server, ben)
    client.send({ content: 'hello', room_id: open })
    assertAbout(await client.next(), 'user_joined', ben, open)
    assertMessage(await client.next(), ben, open, 'hello')
  })

  it('[002 message] keeps the order of one sender', async () => {
    using client = await joinedSocket(server, ann, room)
    const texts = Array.from({ length: 200 }, (_, i) => (i % 7 ? `${i}` : `@ben ${i}`))
    for (const content of texts) client.send({ content, room_id: room })
    const frames = await client.take(texts.length)
    assert.deepEqual(
      frames.map(({ content }) => content),
      texts,
    )
  })

  it('[002 message error] answers what is missing, and rooms that are unknown or hidden', async () => {
    using client = await authSocket(server, ben)
    const missing = 'Missing content or room_id'
    await assertError(client, {}, missing)
    await assertError(client, { type: 'message', content: 'x' }, missing)
    await assertError(client, { type: 'message', room_id: room }, missing)
    await assertError(client, { content: '', room_id: room }, missing)
    const hidden = await hiddenRoom(server, ben)
    for (const id of [hidden, 999_999]) {
      await assertError(client, { content: 'x', room_id: id }, `Room ${id} does not exist`)
    }
  })

  it('[§0 limits] over the rate is the error frame', async () => {
    await using limited = await startTestServer({ limits: { messagesPerSecond: 1 } })
    const cid = await holder(limited, 'cid')
    const own = await madeRoom(limited, cid)
    using client = await authSocket(limited, cid)
    for (let i = 0; i < 10; i += 1) client.send({ content: String(i), room_id: own })
    const frames = await client.until(({ type }) => type === 'error')
    assert.match(frames.at(-1).content, /^Too many messages/)
  })

  it('[§0 limits] too many frames are the error frame', async () => {
    await using limited = await startTestServer({ limits: { requestsPerMinute: 20 } })
    const cid = await holder(limited, 'cid')
    using client = await authSocket(limited, cid)
    for (let i = 0; i < 21; i += 1) client.send({ type: 'ping' })
    const frames = await client.until(({ type }) => type === 'error')
    assert.match(frames.at(-1).content, /^Too many requests/)
  })
})

describe('leave_room', () => {
  it('[002 leave_room] answers the sender, tells the others, and ends the membership', async () => {
    using a = await joinedSocket(server, ann, room)
    using b = await joinedSocket(server, ben, room)
    await a.next()
    b.send({ type: 'leave_room', room_id: room })
    assert.deepEqual(await b.next(), { type: 'room_left', room_id: room })
    assertAbout(await a.next(), 'user_left', ben, room)
    a.send({ content: 'without ben', room_id: room })
    assertMessage(await a.next(), ann, room, 'without ben')
    await assertSilent(b)
    const list = await ask(server, 'GET', `/api/rooms/${room}/messages`, { token: ben.token })
    assert.equal(list.status, 403)
  })

  it('[002 leave_room] lets the creator go', async () => {
    using b = await joinedSocket(server, ben, room)
    using a = await authSocket(server, ann)
    a.send({ type: 'leave_room', room_id: room })
    assert.deepEqual(await a.next(), { type: 'room_left', room_id: room })
    assertAbout(await b.next(), 'user_left', ann, room)
  })

  it('[002 leave_room error] answers who is no member, and a room that is missing or unknown', async () => {
    using client = await authSocket(server, ben)
    await assertError(client, { type: 'leave_room', room_id: room }, 'You are not a member of this room')
    await assertError(client, { type: 'leave_room' }, 'Missing room_id')
    await assertError(client, { type: 'leave_room', room_id: 999_999 }, 'Room 999999 does not exist')
  })

  it('[002 leave_room] can be undone', async () => {
    using client = await joinedSocket(server, ben, room)
    client.send({ type: 'leave_room', room_id: room })
    client.send({ type: 'join_room', room_id: room })
    client.send({ content: 'back', room_id: room })
    assert.deepEqual(
      (await client.take(4)).map(({ type }) => type),
      ['room_left', 'room_joined', 'user_joined', 'message'],
    )
  })
})

describe('typing and ping', () => {
  it('[002 typing] reaches the room, the sender included, each time', async () => {
    using a = await joinedSocket(server, ann, room)
    using b = await joinedSocket(server, ben, room)
    await a.next()
    for (let i = 0; i < 3; i += 1) {
      b.send({ type: 'typing', room_id: room })
      assertAbout(await a.next(), 'user_typing', ben, room)
      assertAbout(await b.next(), 'user_typing', ben, room)
    }
  })

  it('[002 typing] comes after what was said before it', async () => {
    using client = await joinedSocket(server, ann, room)
    for (let i = 0; i < 20; i += 1) {
      client.send({ content: 'first', room_id: room })
      client.send({ type: 'typing', room_id: room })
      client.send({ type: 'ping' })
    }
    const types = (await client.take(60)).map(({ type }) => type)
    assert.deepEqual(types, Array.from({ length: 20 }, () => ['message', 'user_typing', 'pong']).flat())
  })

  it('[002 typing error] answers who is no member, and a room that is missing or unknown', async () => {
    using client = await authSocket(server, ben)
    await assertError(client, { type: 'typing', room_id: room }, 'You are not a member of this room')
    await assertError(client, { type: 'typing' }, 'Missing room_id')
    await assertError(client, { type: 'typing', room_id: 999_999 }, 'Room 999999 does not exist')
  })

  it('[002 ping] is answered with the time', async () => {
    using client = await authSocket(server, ben)
    client.send({ type: 'ping' })
    const { timestamp: at, ...pong } = await client.next()
    assert.deepEqual(pong, { type: 'pong' })
    assert.match(at, timestamp)
  })
})

describe('what happens elsewhere', () => {
  it('[002 REST] join, leave and message reach /ws/auth of members', async () => {
    using a = await authSocket(server, ann)
    await rest('join', ben)
    assertAbout(await a.next(), 'user_joined', ben, room)
    await rest('messages', ben, { content: 'by REST' })
    assertMessage(await a.next(), ben, room, 'by REST')
    await rest('leave', ben)
    assertAbout(await a.next(), 'user_left', ben, room)
  })

  it('[002 REST join] brings the room to the sockets of who joined', async () => {
    using b = await authSocket(server, ben)
    await rest('join', ben)
    assertAbout(await b.next(), 'user_joined', ben, room)
    await rest('messages', ann, { content: 'welcome' })
    assertMessage(await b.next(), ann, room, 'welcome')
  })

  it('[002 REST leave] silences the room on all sockets of who left', async () => {
    using a = await joinedSocket(server, ann, room)
    using b = await joinedSocket(server, ben, room)
    using second = await authSocket(server, ben)
    await a.next()
    await rest('leave', ben)
    assertAbout(await a.next(), 'user_left', ben, room)
    await rest('messages', ann, { content: 'canary' })
    assertMessage(await a.next(), ann, room, 'canary')
    await assertSilent(b)
    await assertSilent(second)
    b.socket.terminate()
    await b.closed
    await rest('messages', ann, { content: 'later' })
    assertMessage(await a.next(), ann, room, 'later')
  })

  it('[002 user_disconnected] tells the others of a room that the connection came to', async () => {
    using a = await joinedSocket(server, ann, room)
    using b = await joinedSocket(server, ben, room)
    await a.next()
    b.socket.terminate()
    assertAbout(await a.next(), 'user_disconnected', ben, room)
    assert.equal((await rest('join', ben)).body.message, 'Already a member of this room')
  })

  it('[002 rooms of others] are not heard', async () => {
    using b = await authSocket(server, ben)
    await rest('messages', ann, { content: 'canary' })
    await assertSilent(b)
  })

  it('[002 hidden rooms] of the account are not heard here', async () => {
    const hidden = await hiddenRoom(server, ann)
    using a = await authSocket(server, ann)
    const say = (id: number) =>
      ask(server, 'POST', `/v1/rooms/${id}/messages`, { token: ann.token, body: { text: 'canary' } })
    assert.equal((await say(hidden)).status, 201)
    assert.equal((await say(await hiddenRoom(server, ann))).status, 201)
    await assertSilent(a)
  })

  it('[§7 sessions] that end close their sockets with 1008, and no others', async () => {
    const cid = await holder(server, 'cid')
    const { body } = await ask(server, 'POST', '/api/login', {
      body: { username: 'cid', password: 'secret' },
    })
    using ended = await authSocket(server, cid)
    using kept = await authSocket(server, { ...cid, token: body.data.access_token })
    await ask(server, 'POST', '/api/logout', { token: cid.token })
    assert.equal((await ended.closed).code, 1008)
    await assertSilent(kept)
  })
})
