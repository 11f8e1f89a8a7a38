import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { ContractClient } from '../support/contract-client.ts'
import { assertDetail, assertRefusal, type Newcomer, newcomer, roomOf } from '../support/envelope.ts'
import { type Ask, ask } from '../support/rest.ts'
import { startTestServer, type TestServer } from '../support/start-server.ts'

const accessDenied = 'Access denied: You are not a member of this room'

let server: TestServer
let ann: Newcomer
let ben: Newcomer

before(async () => {
  server = await startTestServer()
  ann = await newcomer(server, 'ann')
  ben = await newcomer(server, 'ben')
})

after(() => server[Symbol.asyncDispose]())

const get = (path: string, { token }: Newcomer) => ask(server, 'GET', `/api/chat/rooms${path}`, { token })
const post = (path: string, { token }: Newcomer, body?: unknown) =>
  ask(server, 'POST', `/api/chat/rooms${path}`, { token, body })
const native = (method: string, path: string, { token }: Newcomer, more: Ask = {}) =>
  ask(server, method, `/v1${path}`, { token, ...more })

/** A room that only the native API can make; ben is a member too. */
async function hiddenRooms(): Promise<readonly number[]> {
  const body = { name: 'hidden canary', visibility: 'private' }
  const made = await native('POST', '/rooms', ann, { body })
  const invite = await native('POST', `/rooms/${made.body.id}/members`, ann, { body: { user: ben.id } })
  assert.ok(invite.status < 300, invite.text)
  const direct = await native('POST', '/directs', ann, { body: { user: ben.id } })
  assert.ok(direct.status < 300, direct.text)
  return [made.body.id, direct.body.id]
}

describe('POST /api/chat/rooms', () => {
  it('[004 POST /api/chat/rooms 200] answers with the bare room, its creator a member', async () => {
    const { status, body } = await post('', ann, { name: 'Lobby' })
    assert.equal(status, 200)
    assert.deepEqual(body, {
      id: body.id,
      name: 'Lobby',
      creator_id: ann.id,
      users: [{ id: ann.id, username: 'ann', email: "ann's" }],
    })
    assert.equal(typeof body.id, 'number')
  })

  it('[004 POST /api/chat/rooms 200] lets names repeat', async () => {
    const [one, two] = [await post('', ann, { name: 'Twice' }), await post('', ben, { name: 'Twice' })]
    assert.deepEqual([one.status, two.status], [200, 200])
    assert.notEqual(one.body.id, two.body.id)
  })

  it('[004 POST /api/chat/rooms 200] makes a public room, the same on the native API', async () => {
    const { body } = await post('', ann, { name: 'Everywhere' })
    const seen = await native('GET', `/rooms/${body.id}`, ben)
    assert.equal(seen.body.name, 'Everywhere')
    assert.equal(seen.body.visibility, 'public')
  })

  it('[004 POST /api/chat/rooms 422] wants a name that is a string and shows', async () => {
    const missing = await post('', ann, {})
    assert.equal(missing.status, 422)
    assert.deepEqual(missing.body.detail, [
      { type: 'missing', loc: ['body', 'name'], msg: 'Field required', input: {} },
    ])
    for (const name of [7, null, { a: 1 }, ['x']]) {
      const { status, body } = await post('', ann, { name })
      assert.deepEqual([status, body.detail[0].type], [422, 'string_type'])
    }
    for (const name of ['', ' ', 'a\nb']) {
      const { status, body } = await post('', ann, { name })
      assert.deepEqual([status, body.detail[0].type], [422, 'value_error'])
    }
    const { status, body } = await post('', ann, { name: 'x'.repeat(65) })
    assert.deepEqual([status, body.detail[0].type], [422, 'string_too_long'])
  })

  it('[§0 limits] refuses one room more than an account may have', async () => {
    await using limited = await startTestServer({ limits: { roomsPerAccount: 1 } })
    const someone = await newcomer(limited, 'someone')
    await roomOf(limited, someone)
    const over = await ask(limited, 'POST', '/api/chat/rooms', {
      token: someone.token,
      body: { name: 'two' },
    })
    assertDetail(over, 429, 'An account creates at most 1 rooms.')
    assert.match(over.headers.get('retry-after') ?? '', /^\d+$/)
  })
})

describe('GET /api/chat/rooms', () => {
  it('[004 GET /api/chat/rooms] is an empty list where there are none', async () => {
    await using empty = await startTestServer()
    const { token } = await newcomer(empty, 'first')
    const { status, body } = await ask(empty, 'GET', '/api/chat/rooms', { token })
    assert.equal(status, 200)
    assert.deepEqual(body, [])
  })

  it('[004 GET /api/chat/rooms] lists all public and open rooms with their users, and no others', async () => {
    const room = await roomOf(server, ann, ben)
    const open = await native('POST', '/rooms', ann, { body: { name: 'An open one', visibility: 'open' } })
    const hidden = await hiddenRooms()
    const { status, body, text } = await get('', ben)
    assert.equal(status, 200)
    const ids: number[] = body.map(({ id }: { id: number }) => id)
    assert.ok(ids.includes(room) && ids.includes(open.body.id))
    assert.ok(hidden.every((id) => !ids.includes(id)))
    assert.doesNotMatch(text, /canary/)
    assert.deepEqual(
      body.find(({ id }: { id: number }) => id === room),
      {
        id: room,
        name: "ann's room",
        creator_id: ann.id,
        users: [
          { id: ann.id, username: 'ann', email: '' },
          { id: ben.id, username: 'ben', email: "ben's" },
        ],
      },
    )
  })

  it('[004 GET /api/chat/rooms] lists more rooms than the store reads at a time', async () => {
    await using large = await startTestServer()
    const one = await newcomer(large, 'one')
    for (let made = 0; made < 510; made += 51)
      await Promise.all(Array.from({ length: 51 }, () => roomOf(large, one)))
    const { body } = await ask(large, 'GET', '/api/chat/rooms', { token: one.token })
    assert.equal(body.length, 510)
    assert.ok(body.every(({ users }: { users: unknown[] }) => users.length === 1))
  })
})

describe('GET /api/chat/rooms/{id}', () => {
  it('[004 GET /api/chat/rooms/{id} 200] shows a member the bare room, with no other address than its own', async () => {
    const room = await roomOf(server, ann, ben)
    const { status, body } = await get(`/${room}`, ben)
    assert.equal(status, 200)
    assert.deepEqual(body, {
      id: room,
      name: "ann's room",
      creator_id: ann.id,
      users: [
        { id: ann.id, username: 'ann', email: '' },
        { id: ben.id, username: 'ben', email: "ben's" },
      ],
    })
  })

  it('[004 GET /api/chat/rooms/{id} 403] refuses who is no member, of an open room too', async () => {
    const room = await roomOf(server, ann)
    assertRefusal(await get(`/${room}`, ben), 403, accessDenied)
    const open = await native('POST', '/rooms', ann, { body: { name: 'For all', visibility: 'open' } })
    assertRefusal(await get(`/${open.body.id}`, ben), 403, accessDenied)
  })
})

describe('POST /api/chat/rooms/{id}/join', () => {
  it('[004 join 200] makes a member and tells the sockets', async () => {
    const room = await roomOf(server, ann)
    using socket = await ContractClient.open(server, `/ws/chat/${room}?token=${ann.token}`)
    await socket.next()
    const { status, body } = await post(`/${room}/join`, ben)
    assert.equal(status, 200)
    assert.deepEqual(body, {
      success: true,
      message: "Successfully joined room: ann's room",
      data: { room_id: room, room_name: "ann's room" },
    })
    const { timestamp, ...frame } = await socket.next()
    assert.deepEqual(frame, { type: 'user_activity', user_id: ben.id, action: 'joined' })
    assert.match(timestamp, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00$/)
    assert.equal((await get(`/${room}`, ben)).status, 200)
  })

  it('[004 join 400] refuses who is a member already, and whoever comes second at once', async () => {
    const room = await roomOf(server, ann)
    assertRefusal(await post(`/${room}/join`, ann), 400, 'You are already a member of this room')
    const answers = await Promise.all(Array.from({ length: 5 }, () => post(`/${room}/join`, ben)))
    assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 400, 400, 400, 400])
  })

  it('[004 join 403] refuses who is banned', async () => {
    const room = await roomOf(server, ann, ben)
    await native('PUT', `/rooms/${room}/bans/${ben.id}`, ann)
    assertRefusal(await post(`/${room}/join`, ben), 403, 'You are banned from this room.')
  })

  it('[004 join 404] knows no archived room', async () => {
    const room = await roomOf(server, ann)
    const archived = await native('POST', `/rooms/${room}/archive`, ann)
    assert.ok(archived.status < 300, archived.text)
    assertRefusal(await post(`/${room}/join`, ben), 404, 'Room not found')
  })
})

describe('POST /api/chat/rooms/{id}/leave', () => {
  it('[004 leave 200] ends the membership', async () => {
    const room = await roomOf(server, ann, ben)
    const { status, body } = await post(`/${room}/leave`, ben)
    assert.equal(status, 200)
    assert.deepEqual(body, {
      success: true,
      message: "Successfully left room: ann's room",
      data: { room_id: room, room_name: "ann's room" },
    })
    assertRefusal(await get(`/${room}`, ben), 403, accessDenied)
    assert.equal((await post(`/${room}/join`, ben)).status, 200)
  })

  it('[004 leave 400] refuses who is no member', async () => {
    const room = await roomOf(server, ann)
    assertRefusal(await post(`/${room}/leave`, ben), 400, 'You are not a member of this room')
  })

  it('[004 leave 400] refuses the creator, whoever owns the room', async () => {
    const room = await roomOf(server, ann, ben)
    const creatorStays = 'Room creator cannot leave. Delete the room instead.'
    assertRefusal(await post(`/${room}/leave`, ann), 400, creatorStays)
    const owner = await native('PUT', `/rooms/${room}/members/${ben.id}/role`, ann, {
      body: { role: 'owner' },
    })
    assert.ok(owner.status < 300, owner.text)
    assertRefusal(await post(`/${room}/leave`, ann), 400, creatorStays)
  })

  it('[004 leave 400] refuses the creator of a room that the native API made', async () => {
    const made = await native('POST', '/rooms', ann, { body: { name: 'Made natively' } })
    assertRefusal(
      await post(`/${made.body.id}/leave`, ann),
      400,
      'Room creator cannot leave. Delete the room instead.',
    )
  })

  it('[004 leave 200] lets the last owner go who is not the creator: the room gets another one', async () => {
    const room = await roomOf(server, ann, ben)
    await native('PUT', `/rooms/${room}/members/${ben.id}/role`, ann, { body: { role: 'owner' } })
    await native('PUT', `/rooms/${room}/members/${ann.id}/role`, ben, { body: { role: 'member' } })
    assert.equal((await post(`/${room}/leave`, ben)).status, 200)
    assert.equal((await native('GET', `/rooms/${room}`, ann)).body.role, 'owner')
  })
})

describe('GET /api/chat/rooms/{id}/users', () => {
  it('[004 users 200] tells who is online, by whatever dialect', async () => {
    const room = await roomOf(server, ann, ben)
    const users = async () => {
      const { status, body } = await get(`/${room}/users`, ann)
      assert.equal(status, 200)
      const { success, message, data } = body
      assert.deepEqual([success, message], [true, 'Room users successfully retrieved.'])
      return data.users
    }
    const user = (of: Newcomer, is_online: boolean) => ({ id: of.id, username: of.name, is_online })
    assert.deepEqual(await users(), [user(ann, false), user(ben, false)])
    const other = await roomOf(server, ben)
    using socket = await ContractClient.open(server, `/ws/chat/${other}?token=${ben.token}`)
    await socket.next()
    assert.deepEqual(await users(), [user(ann, false), user(ben, true)])
  })

  it('[004 users 403] refuses who is no member', async () => {
    assertRefusal(await get(`/${await roomOf(server, ann)}/users`, ben), 403, accessDenied)
  })
})

describe('GET /api/chat/rooms/{id}/messages', () => {
  const send = (room: number, by: Newcomer, text: string) =>
    native('POST', `/rooms/${room}/messages`, by, { body: { text } })

  it('[004 messages 200] lists the newest, oldest first, without what is deleted', async () => {
    const room = await roomOf(server, ann, ben)
    assert.deepEqual((await get(`/${room}/messages`, ann)).body, [])
    const first = await send(room, ann, 'one')
    const gone = await send(room, ann, 'two')
    await native('DELETE', `/rooms/${room}/messages/${gone.body.id}`, ann)
    await send(room, ben, 'three')
    const { status, body } = await get(`/${room}/messages`, ann)
    assert.equal(status, 200)
    assert.deepEqual(body[0], {
      id: first.body.id,
      text: 'one',
      sender_id: ann.id,
      room_id: room,
      created_at: first.body.at.replace('Z', '+00:00'),
    })
    assert.deepEqual(
      body.map(({ text, sender_id }: { text: string; sender_id: number }) => [text, sender_id]),
      [
        ['one', ann.id],
        ['three', ben.id],
      ],
    )
  })

  it('[004 messages 200] takes `limit`, 100 by default and held to 1 to 1,000', async () => {
    const room = await roomOf(server, ann)
    for (let index = 1; index <= 101; index += 1) await send(room, ann, `${index}`)
    const texts = async (query: string): Promise<string[]> =>
      (await get(`/${room}/messages${query}`, ann)).body.map(({ text }: { text: string }) => text)
    const byDefault = await texts('')
    assert.deepEqual([byDefault.length, byDefault[0], byDefault.at(-1)], [100, '2', '101'])
    assert.deepEqual(await texts('?limit=2'), ['100', '101'])
    assert.deepEqual(await texts('?limit=0'), ['101'])
    assert.deepEqual(await texts('?limit=-9'), ['101'])
    assert.equal((await texts('?limit=99999999999999999999999')).length, 101)
  })

  it('[004 messages 422] wants a whole number', async () => {
    const room = await roomOf(server, ann)
    for (const limit of ['x', '', '1.5', '1e3']) {
      const { status, body } = await get(`/${room}/messages?limit=${limit}`, ann)
      assert.equal(status, 422, limit)
      assert.deepEqual([body.detail[0].type, body.detail[0].loc], ['int_parsing', ['query', 'limit']])
    }
  })

  it('[004 messages 403] refuses who is no member', async () => {
    assertRefusal(await get(`/${await roomOf(server, ann)}/messages`, ben), 403, accessDenied)
  })
})

const routes = [
  ['GET', '', 'Chat room not found'],
  ['GET', '/users', 'Chat room not found'],
  ['GET', '/messages', 'Chat room not found'],
  ['POST', '/join', 'Room not found'],
  ['POST', '/leave', 'Room not found'],
] as const

for (const [method, path, notFound] of routes) {
  const name = path === '' ? 'GET /api/chat/rooms/{id}' : path.slice(1)

  it(`[004 ${name} 404] knows no room that is unknown or hidden, whoever asks`, async () => {
    for (const id of [
      ...(await hiddenRooms()),
      2_147_483_647,
      2_147_483_648,
      0,
      -1,
      '99999999999999999999',
    ]) {
      for (const { token } of [ann, ben]) {
        const answer = await ask(server, method, `/api/chat/rooms/${id}${path}`, { token })
        assertRefusal(answer, 404, notFound)
      }
    }
  })

  it(`[004 ${name} 422] wants an id that is a whole number`, async () => {
    for (const id of ['x', '1.5', '1e3', '0x1', '__proto__', '%5B%5D', '%00']) {
      const { status, body } = await ask(server, method, `/api/chat/rooms/${id}${path}`, { token: ann.token })
      assert.equal(status, 422, id)
      const { type, loc, msg } = body.detail[0]
      assert.deepEqual([type, loc], ['int_parsing', ['path', 'room_id']])
      assert.equal(msg, 'Input should be a valid integer, unable to parse string as an integer')
    }
  })

  it(`[004 ${name} 401] needs a token, before anything else`, async () => {
    for (const id of ['1', 'x', '2147483647']) {
      assertDetail(await ask(server, method, `/api/chat/rooms/${id}${path}`), 401, 'Not authenticated')
    }
  })
}
