import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import { ask } from '../support/rest.ts'
import { startTestServer, type TestServer } from '../support/start-server.ts'
import {
  assertDetail,
  assertFault,
  assertMessage,
  type Holder,
  holder,
  madeRoom,
  roomSocket,
  timestamp,
} from '../support/token-chat.ts'

let server: TestServer
let ann: Holder
let ben: Holder
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

const say = (body: unknown, { token }: Holder = ann, slash = '') =>
  ask(server, 'POST', `/api/rooms/${room}/messages${slash}`, { token, body })
const read = (query = '', { token }: Holder = ann) =>
  ask(server, 'GET', `/api/rooms/${room}/messages${query}`, { token })

async function contents(query = ''): Promise<string[]> {
  const answer = await read(query)
  assert.equal(answer.status, 200, answer.text)
  return answer.body.map(({ content }: { content: string }) => content)
}

describe('POST /api/rooms/{id}/messages', () => {
  it('[002 POST …/messages 200] answers with the message, as the list has it', async () => {
    for (const slash of ['', '/']) {
      const sent = await say({ content: `hi${slash}` }, ann, slash)
      assert.equal(sent.status, 200, sent.text)
      const { id, created_at: at, ...message } = sent.body
      assert.deepEqual(message, { content: `hi${slash}`, room_id: room, user_id: ann.id })
      assert.deepEqual(Object.keys(sent.body), ['content', 'room_id', 'id', 'created_at', 'user_id'])
      assert.match(at, timestamp)
      assert.ok(Number.isSafeInteger(id))
      assert.deepEqual((await read('?limit=1')).body, [sent.body])
    }
  })

  it('[002 POST …/messages 200] the path wins over a room_id, whatever that is', async () => {
    const other = await madeRoom(server, ann)
    for (const id of [other, room, 999_999, 'x', null, {}]) {
      const sent = await say({ content: 'here', room_id: id })
      assert.equal(sent.status, 200, sent.text)
      assert.equal(sent.body.room_id, room)
    }
    assert.equal((await contents()).length, 6)
  })

  it('[002 POST …/messages 200] reaches the sockets', async () => {
    using socket = await roomSocket(server, ben, room)
    const sent = await say({ content: 'by REST' })
    const frame = await socket.next()
    assertMessage(frame, ann, room, 'by REST')
    assert.equal(frame.id, sent.body.id)
    assert.equal(frame.timestamp, sent.body.created_at)
  })

  it('[002 POST …/messages 403] refuses who is no member, in an open room too', async () => {
    assertDetail(await say({ content: 'x' }, ben), 403, 'You are not a member of this room')
    room = (await ask(server, 'POST', '/chatrooms', { body: { name: 'open' } })).body.id
    assertDetail(await say({ content: 'x' }, ben), 403, 'You are not a member of this room')
  })

  it('[002 POST …/messages 422] tells what does not fit', async () => {
    assertFault(await say({}), { type: 'missing', loc: ['body', 'content'], msg: 'Field required' })
    assertFault(await say({ text: 'x' }), { type: 'missing', loc: ['body', 'content'] })
    assertFault(await say(undefined), { type: 'missing', loc: ['body'] })
    for (const content of [1, null, true, [], {}, { $ne: '' }]) {
      assertFault(await say({ content }), { type: 'string_type', loc: ['body', 'content'] })
    }
    for (const list of [[], ['x']])
      assertFault(await say(list), { type: 'model_attributes_type', loc: ['body'] })
    assert.deepEqual(await contents(), [])
  })

  it('[§0 texts] keeps every text that fits as it is; U+0000 and half a surrogate pair become U+FFFD', async () => {
    const texts = ['', ' ', '\ufffd', '<script>', '"\\', 'a\r\nb', '🙂'.repeat(5_000), 'x'.repeat(65_000)]
    for (const content of texts) assert.equal((await say({ content })).body.content, content)
    assert.deepEqual(await contents(), texts)
    assert.equal((await say({ content: 'a\u0000b' })).body.content, 'a\ufffdb')
    const half = await ask(server, 'POST', `/api/rooms/${room}/messages`, {
      token: ann.token,
      body: { content: 'a\ud83db' },
    })
    assert.equal(half.body.content, 'a\ufffdb')
  })

  it('[§0 limits] answers 429 with Retry-After', async () => {
    await using limited = await startTestServer({ limits: { messagesPerSecond: 1 } })
    const cid = await holder(limited, 'cid')
    const own = await madeRoom(limited, cid)
    const statuses = []
    for (let i = 0; i < 4; i += 1) {
      const answer = await ask(limited, 'POST', `/api/rooms/${own}/messages`, {
        token: cid.token,
        body: { content: 'x' },
      })
      statuses.push(answer.status)
      if (answer.status === 429) assert.match(answer.headers.get('retry-after') ?? '', /^\d+$/)
    }
    assert.deepEqual(statuses.slice(0, 2), [200, 200])
    assert.ok(statuses.includes(429), String(statuses))
  })
})

describe('GET /api/rooms/{id}/messages', () => {
  it('[002 GET …/messages 200] gives the newest, oldest first', async () => {
    for (let i = 0; i < 105; i += 1) await say({ content: String(i) })
    const all = Array.from({ length: 105 }, (_, i) => String(i))
    assert.deepEqual(await contents(), all.slice(5))
    assert.deepEqual(await contents('?limit=3'), ['102', '103', '104'])
    assert.deepEqual(await contents('?skip=2&limit=3'), ['100', '101', '102'])
    assert.deepEqual(await contents('?skip=104'), ['0'])
    assert.deepEqual(await contents('?skip=105'), [])
    assert.deepEqual(await contents('?limit=1000'), all)
    assert.deepEqual(await contents('?limit=5000'), all)
    assert.deepEqual(await contents('?limit=0'), ['104'])
    assert.deepEqual(await contents('?limit=-1&skip=-1'), ['104'])
  })

  it('[002 GET …/messages limit] is clamped to 1000', async () => {
    // Each that is under way has a connection, whose head has to come in time.
    for (let said = 0; said < 1_003; said += 59)
      await Promise.all(Array.from({ length: 59 }, (_, i) => say({ content: String(said + i) })))
    assert.equal((await contents('?limit=1003')).length, 1_000)
    assert.equal((await contents('?limit=1000&skip=1000')).length, 3)
  })

  it('[002 GET …/messages 422] refuses what is no number', async () => {
    assertFault(await read('?limit=x'), { type: 'int_parsing', loc: ['query', 'limit'] })
    assertFault(await read('?skip='), { type: 'int_parsing', loc: ['query', 'skip'] })
  })

  it('[002 GET …/messages 403] refuses who is no member', async () => {
    assertDetail(await read('', ben), 403, 'You are not a member of this room')
  })

  it('[002 GET …/messages] has what was said elsewhere, and nothing that was deleted', async () => {
    const native = (method: string, path: string, body?: unknown) =>
      ask(server, method, `/v1/rooms/${room}/messages${path}`, { token: ann.token, body })
    const { body: first } = await native('POST', '', { text: 'native' })
    const { body: second } = await native('POST', '', { text: 'to be deleted' })
    assert.equal((await native('DELETE', `/${second.id}`)).status < 300, true)
    await native('PATCH', `/${first.id}`, { text: 'edited' })
    assert.deepEqual(await contents(), ['edited'])
    await ask(server, 'POST', `/api/rooms/${room}/join`, { token: ben.token })
    await say({ content: 'of ben' }, ben)
    assert.deepEqual(await contents('?limit=1'), ['of ben'])
  })

  it('[002 GET …/messages] gives a guest no id', async () => {
    room = (await ask(server, 'POST', '/chatrooms', { body: { name: 'of guests' } })).body.id
    const sent = await ask(server, 'POST', `/chatrooms/${room}/messages`, {
      body: { sender: 'ann', content: 'hi' },
    })
    assert.equal(sent.status, 200, sent.text)
    await ask(server, 'POST', `/api/rooms/${room}/join`, { token: ann.token })
    const [message] = (await read()).body
    assert.deepEqual([message.content, message.user_id], ['hi', null])
  })
})
