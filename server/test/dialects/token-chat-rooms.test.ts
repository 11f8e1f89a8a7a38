import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { ask } from '../support/rest.ts'
import { startTestServer, type TestServer } from '../support/start-server.ts'
import {
  assertDetail,
  assertFault,
  type Holder,
  hiddenRoom,
  holder,
  madeRoom,
  timestamp,
} from '../support/token-chat.ts'

let server: TestServer
let ann: Holder
let ben: Holder

before(async () => {
  server = await startTestServer()
  ann = await holder(server, 'ann')
  ben = await holder(server, 'ben')
})

after(() => server[Symbol.asyncDispose]())

const get = (path: string, { token }: Holder = ann) => ask(server, 'GET', `/api/rooms${path}`, { token })
const post = (path: string, { token }: Holder = ann, body?: unknown) =>
  ask(server, 'POST', `/api/rooms${path}`, { token, body })

describe('POST /api/rooms/', () => {
  it('[002 POST /api/rooms/ 200] answers with the room, with and without the slash', async () => {
    const made = await post('/', ann, { name: 'General', description: 'All of it' })
    assert.equal(made.status, 200, made.text)
    const { id, created_at: at, ...room } = made.body
    assert.deepEqual(room, { name: 'General', description: 'All of it' })
    assert.ok(Number.isSafeInteger(id) && id > 0)
    assert.match(at, timestamp)
    for (const description of [undefined, null]) {
      const plain = await post('', ann, { name: `Plain ${description}`, description })
      assert.equal(plain.status, 200, plain.text)
      assert.equal(plain.body.description, null)
    }
  })

  it('[002 POST /api/rooms/ 200] makes the creator a member', async () => {
    const room = await madeRoom(server, ann)
    assert.deepEqual((await get(`/${room}/messages`)).body, [])
    assert.deepEqual((await post(`/${room}/join`)).body, { message: 'Already a member of this room' })
  })

  it('[002 POST /api/rooms/ 400] refuses a name that an open or public room has, whoever made it', async () => {
    const taken = 'Room name already exists'
    await post('/', ann, { name: 'once' })
    assertDetail(await post('/', ben, { name: 'once' }), 400, taken)
    await ask(server, 'POST', '/v1/rooms', { token: ben.token, body: { name: 'native' } })
    assertDetail(await post('/', ann, { name: 'native' }), 400, taken)
    await ask(server, 'POST', '/chatrooms', { body: { name: 'open' } })
    assertDetail(await post('/', ann, { name: 'open' }), 400, taken)
    await ask(server, 'POST', '/v1/rooms', { token: ben.token, body: { name: 'own', visibility: 'private' } })
    assert.equal((await post('/', ann, { name: 'own' })).status, 200)
  })

  it('[002 POST /api/rooms/ 400] lets one of many at once have a name', async () => {
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, i) => post('/', i % 2 ? ann : ben, { name: 'race' })),
    )
    assert.equal(answers.filter(({ status }) => status === 200).length, 1)
    assert.equal(answers.filter(({ status }) => status === 400).length, 9)
  })

  it('[002 POST /api/rooms/ 422] tells what does not fit', async () => {
    assertFault(await post('/', ann, {}), { type: 'missing', loc: ['body', 'name'], msg: 'Field required' })
    assertFault(await post('/', ann), { type: 'missing', loc: ['body'] })
    assertFault(await post('/', ann, { name: 7 }), { type: 'string_type', loc: ['body', 'name'] })
    assertFault(await post('/', ann, { name: 'x', description: {} }), {
      type: 'string_type',
      loc: ['body', 'description'],
    })
    for (const name of ['', ' ', 'a\nb']) {
      assertFault(await post('/', ann, { name }), { type: 'value_error', loc: ['body', 'name'] })
    }
    assertFault(await post('/', ann, { name: 'x'.repeat(65) }), {
      type: 'string_too_long',
      loc: ['body', 'name'],
    })
    assert.equal((await post('/', ann, { name: '🙂'.repeat(64) })).status, 200)
  })
})

describe('GET /api/rooms/', () => {
  it('[002 GET /api/rooms/ 200] lists open and public rooms of all contracts for any account', async () => {
    await using own = await startTestServer()
    const cid = await holder(own, 'cid')
    const dan = await holder(own, 'dan')
    const list = (query = '', path = '/api/rooms/') =>
      ask(own, 'GET', `${path}${query}`, { token: dan.token })
    assert.deepEqual((await list()).body, [])
    const first = await madeRoom(own, cid)
    const hidden = await hiddenRoom(own, dan)
    const open = (await ask(own, 'POST', '/chatrooms', { body: { name: 'open' } })).body.id
    const other = await ask(own, 'POST', '/api/chat/rooms', { token: cid.token, body: { name: 'other' } })
    const answer = await list()
    assert.equal(answer.status, 200)
    const ids = answer.body.map(({ id }: { id: number }) => id)
    assert.deepEqual(ids, [first, open, other.body.id])
    assert.ok(!ids.includes(hidden))
    for (const room of answer.body) {
      assert.deepEqual(Object.keys(room), ['name', 'description', 'id', 'created_at'])
      assert.match(room.created_at, timestamp)
    }
    assert.deepEqual((await list('', '/api/rooms')).body, answer.body)
  })

  it('[002 GET /api/rooms/?skip&limit] clamps what is out of range and refuses what is no number', async () => {
    await using own = await startTestServer()
    const eve = await holder(own, 'eve')
    const rooms = [await madeRoom(own, eve), await madeRoom(own, eve), await madeRoom(own, eve)]
    const page = async (query: string) => {
      const answer = await ask(own, 'GET', `/api/rooms/${query}`, { token: eve.token })
      assert.equal(answer.status, 200, answer.text)
      return answer.body.map(({ id }: { id: number }) => rooms.indexOf(id))
    }
    assert.deepEqual(await page('?limit=2'), [0, 1])
    assert.deepEqual(await page('?skip=1&limit=1'), [1])
    assert.deepEqual(await page('?limit=0'), [0])
    assert.deepEqual(await page('?limit=-5'), [0])
    assert.deepEqual(await page('?skip=-5'), [0, 1, 2])
    const huge = '9'.repeat(400)
    assert.deepEqual(await page(`?limit=${huge}`), [0, 1, 2])
    assert.deepEqual(await page(`?skip=${huge}`), [])
    assert.deepEqual(await page(`?skip=-${huge}`), [0, 1, 2])
    const wrong = await ask(own, 'GET', '/api/rooms/?limit=many&skip=1.5', { token: eve.token })
    assertFault(wrong, { type: 'int_parsing', loc: ['query', 'limit'] })
    assertFault(wrong, { type: 'int_parsing', loc: ['query', 'skip'] })
    assert.deepEqual(await page('?limit=x&limit=1&skip=0&skip=1'), [1], 'the last counts')
  })
})

describe('GET /api/rooms/{id}', () => {
  it('[002 GET /api/rooms/{id} 200] needs no membership, with and without the slash', async () => {
    const made = await post('/', ann, { name: 'seen', description: 'by all' })
    for (const path of [`/${made.body.id}`, `/${made.body.id}/`]) {
      const answer = await get(path, ben)
      assert.equal(answer.status, 200)
      assert.deepEqual(answer.body, made.body)
    }
  })

  it('[002 GET /api/rooms/{id} 404] does not tell unknown rooms from hidden ones, not to their members either', async () => {
    const hidden = await hiddenRoom(server, ben)
    const direct = await ask(server, 'POST', '/v1/directs', { token: ben.token, body: { user: ann.id } })
    assert.ok(direct.body.id > 0, direct.text)
    for (const id of [hidden, direct.body.id, 999_999, 0, -1, 2 ** 31, '9'.repeat(400)]) {
      assertDetail(await get(`/${id}`, ben), 404, 'Chat room not found')
      for (const act of ['join', 'leave', 'messages']) {
        const body = act === 'messages' ? { content: 'x' } : undefined
        assertDetail(await post(`/${id}/${act}`, ben, body), 404, 'Chat room not found')
      }
      assertDetail(await get(`/${id}/messages`, ben), 404, 'Chat room not found')
    }
  })

  it('[§0 room ids] that are no integers are 422 on every route', async () => {
    for (const id of ['abc', '1.5', '1e3', '%20', 'NaN', '__proto__', '1;drop', '0x1']) {
      const answers = [get(`/${id}`), get(`/${id}/messages`), post(`/${id}/join`), post(`/${id}/leave`)]
      answers.push(post(`/${id}/messages`, ann, { content: 'x' }))
      for (const answer of await Promise.all(answers)) {
        assertFault(answer, { type: 'int_parsing', loc: ['path', 'room_id'] })
      }
    }
  })
})

describe('POST /api/rooms/{id}/join and /leave', () => {
  it('[002 POST …/join 200] joins once', async () => {
    const room = await madeRoom(server, ann)
    for (const [slash, message] of [
      ['', 'Successfully joined the room'],
      ['/', 'Already a member of this room'],
    ]) {
      const answer = await post(`/${room}/join${slash}`, ben)
      assert.equal(answer.status, 200)
      assert.deepEqual(answer.body, { message })
    }
  })

  it('[002 POST …/join 200] opens a room of another contract', async () => {
    const open = (await ask(server, 'POST', '/chatrooms', { body: { name: 'to join' } })).body.id
    assertDetail(await get(`/${open}/messages`, ben), 403, 'You are not a member of this room')
    assert.deepEqual((await post(`/${open}/join`, ben)).body, { message: 'Successfully joined the room' })
    assert.deepEqual((await get(`/${open}/messages`, ben)).body, [])
  })

  it('[002 POST …/join] lets nobody in who is banned', async () => {
    const room = await madeRoom(server, ann)
    await ask(server, 'PUT', `/v1/rooms/${room}/bans/${ben.id}`, { token: ann.token })
    assertDetail(await post(`/${room}/join`, ben), 403, 'You are banned from this room.')
  })

  it('[002 POST …/leave 200] ends the membership, and can be undone', async () => {
    const room = await madeRoom(server, ann, ben)
    const left = await post(`/${room}/leave`, ben)
    assert.equal(left.status, 200)
    assert.deepEqual(left.body, { message: 'Successfully left the room' })
    assertDetail(await get(`/${room}/messages`, ben), 403, 'You are not a member of this room')
    assert.deepEqual((await post(`/${room}/join`, ben)).body, { message: 'Successfully joined the room' })
  })

  it('[002 POST …/leave 200] lets the creator go: another member owns the room then', async () => {
    const room = await madeRoom(server, ann, ben)
    assert.deepEqual((await post(`/${room}/leave`)).body, { message: 'Successfully left the room' })
    const { body } = await ask(server, 'GET', `/v1/rooms/${room}`, { token: ben.token })
    assert.deepEqual([body.role, body.members], ['owner', 1])
    assert.deepEqual((await post(`/${room}/leave`, ben)).body, { message: 'Successfully left the room' })
    assert.equal((await get(`/${room}`)).status, 200)
  })

  it('[002 POST …/leave 400] refuses who is no member', async () => {
    const room = await madeRoom(server, ann)
    assertDetail(await post(`/${room}/leave`, ben), 400, 'You are not a member of this room')
  })
})

describe('all of them', () => {
  it('[§0 401] come after a token, before anything else', async () => {
    for (const [method, path] of [
      ['POST', '/api/rooms/'],
      ['GET', '/api/rooms/'],
      ['GET', '/api/rooms/abc'],
      ['POST', '/api/rooms/999999/join'],
      ['POST', '/api/rooms/999999/leave'],
      ['GET', '/api/rooms/999999/messages'],
      ['POST', '/api/rooms/999999/messages'],
    ] as const) {
      assertDetail(await ask(server, method, path), 401, 'Not authenticated')
      assertDetail(await ask(server, method, path, { token: 'x' }), 401, 'Could not validate credentials')
    }
  })

  it('[§0 404 405] answer other methods with Allow, and unknown paths', async () => {
    const wrong = await ask(server, 'DELETE', '/api/rooms/', { token: ann.token })
    assertDetail(wrong, 405, 'Method Not Allowed')
    assert.equal(wrong.headers.get('allow'), 'GET, HEAD, OPTIONS, POST')
    assertDetail(await ask(server, 'GET', '/api/token'), 405, 'Method Not Allowed')
    assertDetail(await ask(server, 'GET', '/api/rooms/1/nothing', { token: ann.token }), 404, 'Not Found')
    assertDetail(await ask(server, 'GET', '/api/nothing'), 404, 'Not Found')
  })

  it('[§0 limits] answer 429 with Retry-After', async () => {
    await using limited = await startTestServer({ limits: { requestsPerMinute: 3 } })
    const answers = []
    for (let i = 0; i < 4; i += 1) answers.push(await ask(limited, 'GET', '/api/rooms/'))
    assert.deepEqual(
      answers.map(({ status }) => status),
      [401, 401, 401, 429],
    )
    assert.deepEqual(Object.keys(answers[3]?.body), ['detail'])
    assert.match(answers[3]?.headers.get('retry-after') ?? '', /^\d+$/)
  })
})
