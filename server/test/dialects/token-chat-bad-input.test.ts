import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import { ContractClient } from '../support/contract-client.ts'
import { sendRaw } from '../support/raw-http.ts'
import { ask } from '../support/rest.ts'
import { startTestServer, type TestServer } from '../support/start-server.ts'
import {
  assertAbout,
  assertError,
  assertFault,
  assertMessage,
  assertSilent,
  authSocket,
  type Holder,
  holder,
  madeRoom,
  roomSocket,
} from '../support/token-chat.ts'

let server: TestServer
let ann: Holder
let room: number

before(async () => {
  server = await startTestServer()
  ann = await holder(server, 'ann')
})

beforeEach(async () => {
  room = await madeRoom(server, ann)
})

after(async () => {
  assert.ok(
    !server.logged.some((line) => /"level":(?:50|60)/.test(line)),
    'nothing of this is an error of the server',
  )
  await server[Symbol.asyncDispose]()
})

const deep = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`

describe('sockets with an account', () => {
  const both = () =>
    [
      ['/ws/auth', () => authSocket(server, ann)],
      ['/ws/room/{id}', () => roomSocket(server, ann, room)],
    ] as const

  it('[002 Invalid JSON format] answers what is no JSON object, and stays open', async () => {
    for (const [, open] of both()) {
      using client = await open()
      const bad = [
        '',
        ' ',
        'hello',
        '{',
        '[]',
        '[{"type":"ping"}]',
        '5',
        '"ping"',
        'null',
        'true',
        '{"a":1}x',
      ]
      bad.push('\u0000', '{"type":ping}', deep(30_000), 'x'.repeat(65_536))
      for (const frame of bad) await assertError(client, frame, 'Invalid JSON format')
      await assertSilent(client)
    }
  })

  it('[002 Unknown message type] repeats the type', async () => {
    for (const [, open] of both()) {
      using client = await open()
      for (const type of [
        'dance',
        'constructor',
        '__proto__',
        'toString',
        'PING',
        ' ping',
        'message_history',
        '',
        '🙂',
      ]) {
        await assertError(client, { type, content: 'x', room_id: room }, `Unknown message type: ${type}`)
      }
      const others = { number: 5, boolean: true, object: { type: 'ping' } }
      for (const [kind, type] of Object.entries(others)) {
        await assertError(client, { type }, `Unknown message type: ${kind}`)
      }
      await assertError(client, '{"type":"a\\ud800b"}', 'Unknown message type: a\ufffdb')
      await assertError(client, `{"type":${deep(30_000)}}`, 'Unknown message type: object')
      await assertSilent(client)
    }
  })

  it('[002 Missing content] is what a content of another type is', async () => {
    using auth = await authSocket(server, ann)
    using own = await roomSocket(server, ann, room)
    assertAbout(await auth.next(), 'user_joined', ann, room)
    for (const content of [1, 0, true, false, null, [], {}, ['x'], { $gt: '' }]) {
      await assertError(own, { content }, 'Missing content')
      await assertError(auth, { content, room_id: room }, 'Missing content or room_id')
    }
  })

  it('[002 room_id] may be a string of digits; what can be no room does not exist or is missing', async () => {
    using client = await authSocket(server, ann)
    for (const id of [room, String(room), `0${room}`]) {
      client.send({ content: 'hi', room_id: id })
      assertMessage(await client.next(), ann, room, 'hi')
    }
    for (const id of [null, 0, '', true, false, [], {}, [room], { id: room }]) {
      await assertError(client, { content: 'x', room_id: id }, 'Missing content or room_id')
      for (const type of ['join_room', 'leave_room', 'typing']) {
        await assertError(client, { type, room_id: id }, 'Missing room_id')
      }
    }
    for (const id of [
      -1,
      1.5,
      2 ** 31,
      2 ** 53,
      1e300,
      'abc',
      '-1',
      '1.5',
      ' 1',
      '1 OR 1',
      '__proto__',
      'x'.repeat(64),
    ]) {
      for (const type of ['message', 'join_room', 'leave_room', 'typing']) {
        await assertError(client, { type, content: 'x', room_id: id }, `Room ${id} does not exist`)
      }
    }
    await assertError(
      client,
      { content: 'x', room_id: 'y'.repeat(60_000) },
      `Room ${'y'.repeat(64)} does not exist`,
    )
  })

  it('[002 __proto__] is a key like any other', async () => {
    using client = await authSocket(server, ann)
    const hidden = `{"__proto__":{"type":"ping","content":"x","room_id":${room}}}`
    await assertError(client, hidden, 'Missing content or room_id')
    assert.equal(Reflect.get({}, 'room_id'), undefined)
  })

  it('[§0 texts] relays every text that fits a frame', async () => {
    using client = await roomSocket(server, ann, room)
    const texts = [' ', 'Done', '<img src=x onerror=alert(1)>', '"\\\n', '\u202e', '🙂'.repeat(8_000)]
    texts.push('x'.repeat(65_536 - '{"content":""}'.length))
    for (const content of texts) {
      client.send({ content })
      assertMessage(await client.next(), ann, room, content)
    }
    client.send('{"content":"a\\ud800b\\u0000"}')
    assertMessage(await client.next(), ann, room, 'a\ufffdb\ufffd')
  })

  it('[§0 1009 1003] closes on a frame that is too large, and on a binary one', async () => {
    for (const [path, open] of both()) {
      using large = await open()
      large.send('x'.repeat(65_537))
      assert.equal((await large.closed).code, 1009, path)
      using binary = await open()
      binary.socket.send(Buffer.from('{"type":"ping"}'))
      assert.equal((await binary.closed).code, 1003, path)
    }
  })

  it('[002 frames at once] sent before the greeting are answered after it, in order', async () => {
    const client = new ContractClient(server, `/ws/room/${room}?token=${ann.token}`)
    client.socket.on('open', () => {
      for (const content of ['one', 'two']) client.send({ content })
      client.send({ type: 'ping' })
    })
    using _client = client
    const types = (await client.take(5)).map(({ type, content }) => content ?? type)
    assert.deepEqual(types, ['message_history', 'user_joined', 'one', 'two', 'pong'])
  })

  it('[002 sockets] that go at once leave a room that works', async () => {
    const members = await Promise.all(
      Array.from({ length: 20 }, async () => {
        const client = new ContractClient(server, `/ws/room/${room}?token=${ann.token}`)
        client.socket.on('open', () => client.socket.terminate())
        await client.closed
      }),
    )
    assert.equal(members.length, 20)
    using client = await ContractClient.open(server, `/ws/room/${room}?token=${ann.token}`)
    client.send({ content: 'still here' })
    const frames = await client.until(({ type }) => type === 'message')
    assertMessage(frames.at(-1), ann, room, 'still here')
  })
})

describe('requests', () => {
  const post = (path: string, body: string | Buffer, type: string | null = 'application/json') =>
    fetch(`${server.url}${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${ann.token}`, ...(type !== null && { 'content-type': type }) },
      body: typeof body === 'string' ? body : new Uint8Array(body),
    })
  const paths = () => ['/api/token', '/api/users/', '/api/rooms/', `/api/rooms/${room}/messages`]

  it('[§0 422 json_invalid] tells where a body is no JSON', async () => {
    for (const path of paths()) {
      for (const body of ['{', 'hello', '{"a":}', "{'a':1}", '{"username":"x"', deep(30_000), '\u0000']) {
        const response = await post(path, body)
        const text = await response.text()
        const answer = { status: response.status, headers: response.headers, text, body: JSON.parse(text) }
        const [fault] = answer.body.detail
        assert.equal(response.status, 422, `${path} ${body.slice(0, 20)}`)
        assertFault(answer, { type: 'json_invalid', loc: ['body', fault.loc[1]], msg: 'JSON decode error' })
        assert.equal(typeof fault.loc[1], 'number')
      }
    }
    const response = await post('/api/rooms/', '{"a":')
    assert.deepEqual(JSON.parse(await response.text()).detail, [
      {
        type: 'json_invalid',
        loc: ['body', 5],
        msg: 'JSON decode error',
        input: {},
        ctx: { error: 'Expecting value' },
      },
    ])
  })

  it('[§0 422] refuses JSON that is no object', async () => {
    for (const path of paths()) {
      for (const body of ['[]', '5', '"x"', 'true', '[{}]'])
        assert.equal((await post(path, body)).status, 422)
      for (const body of ['', 'null']) assert.equal((await post(path, body)).status, 422)
    }
  })

  it('[§0 413 415] refuses bodies that are too large, and of other types', async () => {
    for (const path of paths()) {
      assert.equal((await post(path, JSON.stringify({ content: 'x'.repeat(65_536) }))).status, 413)
      for (const type of ['application/json\u0009a', 'application', '{}']) {
        assert.equal((await post(path, '{}', type)).status, 415, `${path} ${type}`)
      }
    }
  })

  it('[§0 422] a body of another type is a text without fields, and one of no type is JSON', async () => {
    for (const path of paths()) {
      for (const type of ['text/plain', 'text/plain;charset=UTF-8', 'application/xml', 'application/jsonp']) {
        const response = await post(path, '{"a":1}', type)
        assert.equal(response.status, 422, type)
        const msg = 'Input should be a valid dictionary or object to extract fields from'
        assert.deepEqual(JSON.parse(await response.text()).detail[0], {
          type: 'model_attributes_type',
          loc: ['body'],
          msg,
          input: '{"a":1}',
        })
      }
      const untyped = await post(path, Buffer.from('{"a":}'), null)
      assert.equal(untyped.status, 422)
      assert.deepEqual(JSON.parse(await untyped.text()).detail[0].loc, ['body', 5])
    }
    const said = await post(`/api/rooms/${room}/messages`, Buffer.from('{"content":"no type"}'), null)
    assert.equal(said.status, 200)
  })

  it('[§0 400] refuses bytes that are no text, and parts that are none', async () => {
    for (const path of paths()) {
      for (const [body, type] of [
        [Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d]), 'application/json'],
        ['{}', 'multipart/form-data; boundary=x'],
        ['--x\r\nno part\r\n--x--', 'multipart/form-data; boundary=x'],
        ['--x--', 'multipart/form-data'],
      ] as const) {
        const response = await post(path, body, type)
        assert.equal(response.status, 400, `${path} ${type}`)
        assert.deepEqual(Object.keys(JSON.parse(await response.text())), ['detail'])
      }
      const parts = '--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n\r\n'.repeat(1_000)
      assert.equal((await post(path, `${parts}--x--\r\n`, 'multipart/form-data; boundary=x')).status, 422)
    }
  })

  it('[002 __proto__] in a body is no field', async () => {
    const response = await post(`/api/rooms/${room}/messages`, '{"__proto__":{"content":"x"}}')
    assert.equal(response.status, 422)
    const named = await post(
      '/api/users/',
      '{"__proto__":{"username":"x","email":"x@example.com","password":"p"}}',
    )
    assert.equal(named.status, 422)
  })

  it('[§0 500] is never the answer, whatever the path', async () => {
    for (const path of [
      '/api/rooms/%00',
      '/api/rooms/%E0%A4%A',
      `/api/rooms/${'9'.repeat(2_000)}`,
      '/api/rooms//join',
    ]) {
      const answer = await ask(server, 'GET', path, { token: ann.token })
      assert.ok(answer.status >= 400 && answer.status < 500, `${path} ${answer.status}`)
    }
    const head = `GET /api/rooms/1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer ${'x'.repeat(9_000)}\r\n\r\n`
    assert.match(await sendRaw(server.port, head), /^HTTP\/1\.1 401 /)
  })
})
