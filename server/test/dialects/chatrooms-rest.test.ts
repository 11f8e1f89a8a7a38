import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { assertStored, messagesOf, openRoom, post, usersOf } from '../support/chatrooms.ts'
import { PacketClient } from '../support/packet-client.ts'
import { ask } from '../support/rest.ts'
import { startTestServer, type TestServer } from '../support/start-server.ts'
import { assertFault } from '../support/token-chat.ts'

let server: TestServer

before(async () => {
  server = await startTestServer()
})

after(() => server[Symbol.asyncDispose]())

const form = { 'content-type': 'application/x-www-form-urlencoded' }

describe('POST /chatrooms', () => {
  it('[003 POST /chatrooms 200] takes the name from a body, a form or the query, without an account', async () => {
    const byBody = await ask(server, 'POST', '/chatrooms', { body: { name: 'by body' } })
    assert.equal(byBody.status, 200)
    assert.deepEqual(byBody.body, { id: byBody.body.id, name: 'by body' })
    assert.ok(Number.isSafeInteger(byBody.body.id))
    const byQuery = await ask(server, 'POST', '/chatrooms?name=by%20query')
    assert.deepEqual(byQuery.body, { id: byQuery.body.id, name: 'by query' })
    const both = await ask(server, 'POST', '/chatrooms?name=the%20query', { body: { name: 'the body' } })
    assert.equal(both.body.name, 'the body')
    const response = await fetch(`${server.url}/chatrooms`, {
      method: 'POST',
      headers: form,
      body: 'name=by+form',
    })
    assert.match(await response.text(), /"name":"by form"/)
  })

  it('[003 POST /chatrooms 400] a name that is taken, in both fields', async () => {
    await openRoom(server, 'General')
    const again = await ask(server, 'POST', '/chatrooms', { body: { name: 'General' } })
    assert.equal(again.status, 400)
    const detail = "Chatroom 'General' already exists"
    assert.deepEqual(again.body, { detail, message: detail })
    assert.equal((await ask(server, 'POST', '/chatrooms?name=General')).status, 400)
  })

  it('[003 POST /chatrooms 400] of creates at the same time exactly one wins', async () => {
    const all = await Promise.all(
      Array.from({ length: 8 }, () => ask(server, 'POST', '/chatrooms', { body: { name: 'raced' } })),
    )
    assert.deepEqual(all.map(({ status }) => status).sort(), [200, ...Array(7).fill(400)])
  })

  it('[§0 validation] a name that is missing, of a wrong type, blank or too long', async () => {
    const type = (body: unknown) => ask(server, 'POST', '/chatrooms', { body })
    assertFault(await ask(server, 'POST', '/chatrooms'), {
      type: 'missing',
      loc: ['body', 'name'],
      msg: 'Field required',
    })
    assertFault(await type({}), { type: 'missing', loc: ['body', 'name'] })
    for (const name of [5, null, true, {}, { $ne: '' }, ['a']]) {
      const loc = ['body', 'name']
      assertFault(await type({ name }), { type: 'string_type', loc })
    }
    for (const name of ['', '  ', 'a\nb']) {
      assertFault(await type({ name }), { type: 'value_error', loc: ['body', 'name'] })
    }
    assertFault(await type({ name: 'x'.repeat(65) }), { type: 'string_too_long', loc: ['body', 'name'] })
    assert.equal((await type({ name: '😀'.repeat(64) })).status, 200, 'it is characters that count')
    assert.equal((await type([])).status, 422)
    const broken = await fetch(`${server.url}/chatrooms`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"name":',
    })
    assert.equal(broken.status, 422)
    assert.match(await broken.text(), /"type":"json_invalid"/)
  })

  it('[§0 validation] __proto__ in a body names nothing', async () => {
    const response = await fetch(`${server.url}/chatrooms`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"__proto__":{"name":"sneaked"}}',
    })
    assert.equal(response.status, 422)
  })
})

describe('GET /chatrooms', () => {
  it('[003 GET /chatrooms] [] when empty, then all of them by id, and open rooms only', async () => {
    await using own = await startTestServer()
    assert.deepEqual((await ask(own, 'GET', '/chatrooms')).body, [])
    const first = await openRoom(own, 'Zoo')
    const second = await openRoom(own, 'Ark')
    const rooms = [
      { id: first, name: 'Zoo' },
      { id: second, name: 'Ark' },
    ]
    assert.deepEqual((await ask(own, 'GET', '/chatrooms')).body, rooms)
    assert.deepEqual((await ask(own, 'GET', '/chatrooms/')).body, rooms, 'with a slash')
  })

  it('[003 GET /chatrooms] more of them than are read at a time', async () => {
    await using own = await startTestServer()
    const made: number[] = []
    for (let i = 0; i < 1_001; i += 1) made.push(await openRoom(own, `room number ${i}`))
    const { body } = await ask(own, 'GET', '/chatrooms')
    assert.deepEqual(
      body.map(({ id }: { id: number }) => id),
      made,
    )
  })
})

describe('POST /chatrooms/{id}/messages', () => {
  it('[003 POST messages 200] sender with message or content, in body or query: the stored message', async () => {
    const room = await openRoom(server)
    const byMessage = await post(server, room, { sender: 'Ann', message: 'one' })
    assert.equal(byMessage.status, 200, byMessage.text)
    assertStored(byMessage.body, room, 'Ann', 'one')
    assertStored((await post(server, room, { sender: 'Ann', content: 'two' })).body, room, 'Ann', 'two')
    const path = `/chatrooms/${room}/messages`
    const byQuery = await ask(server, 'POST', `${path}?sender=Bob&message=three`)
    assertStored(byQuery.body, room, 'Bob', 'three')
    const mixed = await ask(server, 'POST', `${path}?sender=Bob`, { body: { content: 'four' } })
    assertStored(mixed.body, room, 'Bob', 'four')
    const texts = (await messagesOf(server, room)).map(({ content }: { content: string }) => content)
    assert.deepEqual(texts, ['one', 'two', 'three', 'four'])
  })

  it('[003 POST messages 200] the sockets get new_message', async () => {
    const room = await openRoom(server)
    using ann = await PacketClient.open(server)
    await ann.join(room, 'Ann')
    const sent = await post(server, room, { sender: 'Bob', message: 'hello' })
    const { chatroom_id: _, ...told } = sent.body
    assert.deepEqual(await ann.next('new_message'), told)
  })

  it('[003 POST messages 400] Missing sender or content', async () => {
    const room = await openRoom(server)
    const bodies = [
      {},
      { sender: 'Ann' },
      { message: 'hi' },
      { sender: 'Ann', message: '' },
      { sender: null, message: 'hi' },
      undefined,
    ]
    for (const body of bodies) {
      const answer = await post(server, room, body)
      assert.equal(answer.status, 400, JSON.stringify(body))
      assert.deepEqual(answer.body, { detail: 'Missing sender or content' })
    }
    assert.deepEqual(await messagesOf(server, room), [])
  })

  it('[003 POST messages 404] a room that is not there', async () => {
    for (const room of [9_999, 2_147_483_648, '99999999999999999999', 0, -1]) {
      const answer = await post(server, room, { sender: 'Ann', message: 'hi' })
      assert.equal(answer.status, 404)
      assert.deepEqual(answer.body, { detail: 'Chatroom not found' })
    }
  })

  it('[§0 validation] an id that is no integer, and values that are no strings', async () => {
    const room = await openRoom(server)
    assertFault(await post(server, 'abc', { sender: 'Ann', message: 'hi' }), {
      type: 'int_parsing',
      loc: ['path', 'room_id'],
    })
    for (const value of [5, true, {}, ['a']]) {
      const loc = ['body', 'sender']
      assertFault(await post(server, room, { sender: value, message: 'hi' }), { type: 'string_type', loc })
      assertFault(await post(server, room, { sender: 'Ann', message: value }), {
        type: 'string_type',
        loc: ['body', 'message'],
      })
    }
  })

  it('[§0 claimed names] system, server and blanks are guest; control characters go; 64 at most', async () => {
    const room = await openRoom(server)
    const shown = async (sender: string) => (await post(server, room, { sender, message: 'hi' })).body.sender
    for (const name of ['system', 'SERVER', ' System ', '', '   ', '\t\n']) {
      assert.equal(await shown(name), 'guest')
    }
    assert.equal(await shown(' A\u0000n\u001b[31mn\n '), 'An[31mn')
    assert.equal(await shown('😀'.repeat(65)), '😀'.repeat(64))
  })

  it('[003 sender is a claim] the name of an account makes no account of it, nor does a token', async () => {
    const { body } = await ask(server, 'POST', '/v1/accounts', {
      body: { name: 'carol', password: 'long enough' },
    })
    const room = await openRoom(server)
    const path = `/chatrooms/${room}/messages`
    await ask(server, 'POST', path, { token: body.token, body: { sender: 'carol', message: 'it is me' } })
    const log = await ask(server, 'GET', `/v1/rooms/${room}/events`, { token: body.token })
    const { actor } = log.body.events.at(-1)
    assert.deepEqual(actor, { id: null, name: 'carol', kind: 'guest' })
  })

  it('[§0 text] any text that fits is taken as it is; half a surrogate pair or U+0000 becomes U+FFFD', async () => {
    const room = await openRoom(server)
    for (const message of ['x'.repeat(60_000), '<script>', 'مرحبا 👩‍👩‍👧‍👦', ' ']) {
      assert.equal((await post(server, room, { sender: 'Ann', message })).body.content, message)
    }
    assert.equal((await post(server, room, { sender: 'Ann', message: '\ud800' })).body.content, '\ufffd')
    assert.equal((await post(server, room, { sender: 'Ann', message: '\u0000' })).body.content, '\ufffd')
    const over = await post(server, room, { sender: 'Ann', message: 'x'.repeat(65_536) })
    assert.equal(over.status, 413)
  })
})

describe('GET /chatrooms/{id}/messages', () => {
  it('[003 GET messages 200] oldest first; limit: the newest; before_id: exclusive', async () => {
    const room = await openRoom(server)
    assert.deepEqual(await messagesOf(server, room), [])
    const sent = []
    for (const message of ['one', 'two', 'three', 'four']) {
      sent.push((await post(server, room, { sender: 'Ann', message })).body)
    }
    assert.deepEqual(await messagesOf(server, room), sent)
    assert.deepEqual(await messagesOf(server, room, '?limit=2'), sent.slice(2))
    assert.deepEqual(await messagesOf(server, room, '?limit=x&limit=2'), sent.slice(2), 'the last counts')
    assert.deepEqual(await messagesOf(server, room, `?before_id=${sent[2].id}`), sent.slice(0, 2))
    assert.deepEqual(await messagesOf(server, room, `?limit=1&before_id=${sent[2].id}`), sent.slice(1, 2))
    assert.deepEqual(await messagesOf(server, room, `?before_id=${sent[0].id}`), [])
    assert.deepEqual(await messagesOf(server, room, '?before_id=0'), [])
    assert.deepEqual(await messagesOf(server, room, '?before_id=99999999999999999999'), sent)
    assert.deepEqual(await messagesOf(server, room, '?limit=0'), sent.slice(3), 'one at least')
    assert.deepEqual(await messagesOf(server, room, '?limit=99999999999'), sent)
  })

  it('[003 GET messages 200] only those of this room', async () => {
    const [here, there] = [await openRoom(server), await openRoom(server)]
    await post(server, here, { sender: 'Ann', message: 'here' })
    const elsewhere = await post(server, there, { sender: 'Ann', message: 'there' })
    assert.deepEqual(await messagesOf(server, there), [elsewhere.body])
  })

  it('[003 GET messages 404] a room that is not there', async () => {
    for (const room of ['9999', '2147483648', '0', '-5']) {
      const answer = await ask(server, 'GET', `/chatrooms/${room}/messages`)
      assert.equal(answer.status, 404)
      assert.deepEqual(answer.body, { detail: 'Chatroom not found' })
    }
  })

  it('[§0 validation] what is no integer', async () => {
    const room = await openRoom(server)
    const get = (path: string) => ask(server, 'GET', `/chatrooms/${path}`)
    assertFault(await get('abc/messages'), { type: 'int_parsing', loc: ['path', 'room_id'] })
    assertFault(await get(`${room}/messages?limit=many`), { type: 'int_parsing', loc: ['query', 'limit'] })
    assertFault(await get(`${room}/messages?before_id=1.5`), {
      type: 'int_parsing',
      loc: ['query', 'before_id'],
    })
  })
})

describe('GET /chatrooms/{id}/users', () => {
  it('[003 GET users] nobody: 0 and []; room_id is a string; ids that no room has are ids too', async () => {
    const room = await openRoom(server)
    assert.deepEqual(await usersOf(server, room), [])
    assert.deepEqual(await usersOf(server, 31_337), [])
  })

  it('[003 GET users 422] an id that is no integer, as everywhere under /chatrooms', async () => {
    for (const id of ['abc', '__proto__', '1.5', 'lobby']) {
      const users = await ask(server, 'GET', `/chatrooms/${id}/users`)
      const messages = await ask(server, 'GET', `/chatrooms/${id}/messages`)
      assert.deepEqual([users.status, users.body], [422, messages.body], id)
    }
  })
})

describe('paths and methods', () => {
  it('[§0 404 405] unknown paths and methods', async () => {
    const unknown = await ask(server, 'GET', '/chatrooms/1')
    assert.equal(unknown.status, 404)
    assert.deepEqual(unknown.body, { detail: 'Not Found' })
    const deleted = await ask(server, 'DELETE', '/chatrooms')
    assert.equal(deleted.status, 405)
    assert.deepEqual(deleted.body, { detail: 'Method Not Allowed' })
    assert.match(deleted.headers.get('allow') ?? '', /GET.*POST/)
  })

  it('[§0 limits] too many messages: 429 with Retry-After', async () => {
    await using limited = await startTestServer({ limits: { messagesPerSecond: 1 } })
    const room = await openRoom(limited)
    const answers = await Promise.all(
      Array.from({ length: 4 }, () => post(limited, room, { sender: 'Ann', message: 'hi' })),
    )
    const refused = answers.filter(({ status }) => status === 429)
    assert.equal(refused.length, 2, 'a burst of two is let through')
    for (const { body, headers } of refused) {
      assert.deepEqual(Object.keys(body), ['detail'])
      assert.match(headers.get('retry-after') ?? '', /^\d+$/)
    }
  })
})
