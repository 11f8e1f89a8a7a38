import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { test } from 'node:test'
import { commands, commandTypes } from '@parlance/protocol/commands'
import { errorCodes } from '@parlance/protocol/error-codes'
import { onSocket } from '@parlance/protocol/http'
import { protocolLimits } from '@parlance/protocol/limits'
import fc from 'fast-check'
import { networkOf } from '../../src/chat/rates.ts'
import { NativeClient } from '../support/native-client.ts'
import { company } from '../support/people.ts'
import { ask } from '../support/rest.ts'
import { startTestServer } from '../support/start-server.ts'

test('[CO3] a wrong value is told what would do, on the socket and over REST, in bodies and queries', async () => {
  await using chat = await company(['ann', 'ben'])
  const { socket, token } = chat.person('ann')
  const room = await chat.room()
  const { id } = chat.person('ben')
  const roles = 'role must be one of "owner", "moderator", "member".'
  const kinds = 'visibility must be one of "open", "public", "private".'
  const scopes = 'scope must be one of "listed", "own".'
  const times = 'at must be a time as RFC 3339 writes it, 2026-01-31T12:00:00Z say.'
  const frames: readonly [object, string][] = [
    [{ type: 'member.role', room, user: id, role: 'boss' }, roles],
    [{ type: 'room.create', name: 'tea', visibility: 'secret' }, kinds],
    [{ type: 'room.list', scope: 7 }, scopes],
    [{ type: 'message.history', room, at: 'yesterday' }, times],
  ]
  for (const [index, [frame, message]] of frames.entries()) {
    socket.send({ ...frame, ref: 1_000 + index })
    const { error } = await socket.next(({ ref }) => ref === 1_000 + index)
    assert.deepEqual(error, { code: 'bad_request', message })
  }
  const detail = async (method: string, path: string, body?: unknown) => {
    const answer = await ask(chat.server, method, `/v1${path}`, { token, body })
    assert.equal(answer.status, 400)
    return answer.body.detail
  }
  assert.equal(await detail('PUT', `/rooms/${room}/members/${id}/role`, { role: 'boss' }), roles)
  assert.equal(await detail('POST', '/rooms', { name: 'tea', visibility: 'secret' }), kinds)
  assert.equal(await detail('GET', '/rooms?scope=all'), scopes)
  assert.equal(await detail('GET', `/rooms/${room}/messages?at=yesterday`), times)
})

test('[CO3] what is no command gets an error of the table, and the socket stays open', async () => {
  await using chat = await company(['ann'])
  const { socket } = chat.person('ann')
  const room = await chat.room()
  const deep = `${'['.repeat(17)}${']'.repeat(17)}`
  const cases: readonly [string, string][] = [
    ['', 'bad_json'],
    ['{', 'bad_json'],
    ['nope', 'bad_json'],
    ['{"type":"room.list","ref":1}x', 'bad_json'],
    ['null', 'bad_request'],
    ['7', 'bad_request'],
    ['"hello"', 'bad_request'],
    ['[]', 'bad_request'],
    ['{}', 'bad_request'],
    ['{"type":7}', 'bad_request'],
    ['{"type":["room.list"]}', 'bad_request'],
    ['{"type":"nope"}', 'unknown_type'],
    ['{"type":"constructor"}', 'unknown_type'],
    ['{"type":"__proto__"}', 'unknown_type'],
    ['{"type":"session.create","name":"ann","password":"x"}', 'unknown_type'],
    ['{"type":"room.list","ref":"1"}', 'bad_request'],
    ['{"type":"room.list","ref":-1}', 'bad_request'],
    ['{"type":"room.list","ref":1e99}', 'bad_request'],
    ['{"type":"room.get"}', 'bad_request'],
    [`{"type":"message.send","room":"${room}","text":"x"}`, 'bad_request'],
    [`{"type":"message.send","room":${room}.5,"text":"x"}`, 'bad_request'],
    ['{"type":"message.send","room":99999999999999999999,"text":"x"}', 'bad_request'],
    ['{"type":"message.send","room":2147483647,"text":"x"}', 'not_found'],
    [`{"type":"message.send","room":${room},"text":{"$regex":"x"}}`, 'bad_request'],
    [`{"type":"message.send","room":${room},"text":"x","nonce":"a b"}`, 'bad_request'],
    [`{"type":"message.send","room":${room},"text":"x","nonce":"${'n'.repeat(65)}"}`, 'bad_request'],
    [`{"type":"message.send","room":${room},"text":"half \\ud800"}`, 'bad_request'],
    [`{"type":"message.send","room":${room},"text":"null \\u0000"}`, 'bad_request'],
    ['{"type":"room.create","name":"\\u0000"}', 'bad_request'],
    [`{"type":"room.list","x":${deep}}`, 'bad_request'],
  ]
  for (const [text, code] of cases) {
    const before = socket.frames.length
    socket.send(text)
    await socket.settled()
    const replies = socket.frames.slice(before).filter(({ type }) => type === 'reply')
    assert.equal(replies.length, 1, text)
    assert.equal(replies[0].ok ? 'ok' : replies[0].error.code, code, text)
  }
  socket.send(
    `{"type":"message.send","ref":5000,"room":${room},"text":"kept","__proto__":{"x":1},"extra":[[1]]}`,
  )
  assert.equal((await socket.next(({ ref }) => ref === 5000)).data.text, 'kept')
})

test('[CO5] the most positions of the greatest numbers fit a hello; one more does not', async () => {
  await using chat = await company(['ann'])
  const { token, id } = chat.person('ann')
  const most = protocolLimits.resumeRooms
  const rooms = Object.fromEntries(
    Array.from({ length: most + 1 }, (_, i) => [2_147_483_647 - i, Number.MAX_SAFE_INTEGER]),
  )
  using over = new NativeClient(chat.server.url)
  await once(over.socket, 'open')
  const hello = { type: 'hello', ref: 1, token, client: 'c'.repeat(200) }
  over.send({ ...hello, resume: { epoch: 'e', rooms } })
  assert.equal((await over.next(({ ref }) => ref === 1)).error.code, 'bad_request')
  delete rooms[2_147_483_647]
  over.send({ ...hello, resume: { epoch: 'e'.repeat(64), rooms } })
  assert.equal((await over.next(({ type }) => type === 'welcome')).user.id, id)
  const longest = { ...hello, token: 't'.repeat(4_096), resume: { epoch: 'e'.repeat(64), rooms } }
  assert.ok(JSON.stringify(longest).length <= protocolLimits.frameBytes)
})

test('[CO5] frames that are none close with 1002, texts that are no UTF-8 with 1007', async () => {
  await using chat = await company(['ann', 'bob'])
  const [ann, bob] = [chat.person('ann').socket, chat.person('bob').socket]
  // A masked frame with a reserved bit set.
  rawSocketOf(ann).write(Buffer.from([0xf1, 0x80, 0, 0, 0, 0]))
  assert.equal((await ann.closed).code, 1002)
  bob.socket.send(Buffer.from([0x22, 0xff, 0x22]), { binary: false })
  assert.equal((await bob.closed).code, 1007)
})

/** The socket beneath a client, for bytes that its library would not send. */
function rawSocketOf({ socket }: NativeClient): Socket {
  return Reflect.get(socket, '_socket') as Socket
}

test('[CO3] one sentence says what does not fit', async () => {
  await using chat = await company(['ann'])
  const { socket } = chat.person('ann')
  socket.send({ type: 'room.create', ref: 70, name: '' })
  const { error } = await socket.next(({ ref }) => ref === 70)
  assert.match(error.message, /^name .+\.$/)
  socket.send({ type: 'room.get', ref: 71 })
  assert.equal((await socket.next(({ ref }) => ref === 71)).error.message, 'Missing: room.')
})

test('[CO5] 65,536 bytes pass, one more closes with 1009; binary closes with 1003', async () => {
  await using chat = await company(['ann', 'bob', 'cid'])
  const frame = (bytes: number) => {
    const text = '{"type":"room.list","ref":60,"pad":""}'
    return text.replace('""', `"${'x'.repeat(bytes - text.length)}"`)
  }
  const ann = chat.person('ann').socket
  ann.send(frame(65_536))
  assert.equal((await ann.next(({ ref }) => ref === 60)).ok, true)
  ann.send(frame(65_537))
  assert.equal((await ann.closed).code, 1009)
  const bob = chat.person('bob').socket
  bob.socket.send(Buffer.from('{"type":"room.list"}'), { binary: true })
  assert.equal((await bob.closed).code, 1003)
  const cid = chat.person('cid').socket
  const room = await cid.do('room.create', { name: 'tea' })
  const text = Buffer.from(
    JSON.stringify({ type: 'message.send', ref: 61, room: room.id, text: 'in pieces ✓' }),
  )
  const pieces = Array.from({ length: 40 }, (_, i) =>
    text.subarray((i * text.length) / 40, ((i + 1) * text.length) / 40),
  )
  for (const [i, piece] of pieces.entries())
    cid.socket.send(piece, { binary: false, fin: i === pieces.length - 1 })
  assert.equal((await cid.next(({ ref }) => ref === 61)).data.text, 'in pieces ✓')
  for (let i = 0; i < 65; i += 1) cid.socket.send('', { fin: false })
  assert.equal((await cid.closed).code, 1008)
})

test('[CO3] [CO11] a flood is answered with retryAfterMs, then closed with 4029; the others go on', async () => {
  await using chat = await company(['ann', 'bob'], { limits: { messagesPerSecond: 10 } })
  const [ann, bob] = [chat.person('ann').socket, chat.person('bob').socket]
  const room = await chat.room()
  for (let ref = 1_000; ref < 1_030; ref += 1) ann.send({ type: 'message.send', ref, room, text: 'spam' })
  const refused = await ann.next(({ ok, error }) => ok === false && error.code === 'rate_limited')
  assert.ok(refused.error.retryAfterMs > 0 && refused.error.retryAfterMs <= 1_000)
  await bob.do('message.send', { room, text: 'unimpressed' })
  for (let i = 0; i < 5_000 && ann.socket.readyState === 1; i += 1) ann.send('garbage')
  assert.equal((await ann.closed).code, 4029)
  await bob.settled()
})

test('[CO11] edits and changes of the room count as messages; all authors of a room have a limit together', async () => {
  await using chat = await company(['ann', 'bob'], {
    limits: { messagesPerSecond: 1, messagesPerSecondPerRoom: 1 },
  })
  const [ann, bob] = [chat.person('ann').socket, chat.person('bob').socket]
  const [room, other] = [await chat.room(), await chat.room()]
  const { id: message } = await ann.do('message.send', { room, text: 'x' })
  await ann.do('message.edit', { room, message, text: 'y' })
  const tooMany = await ann.ask('message.edit', { room, message, text: 'z' })
  assert.deepEqual([tooMany.error.code, tooMany.error.retryAfterMs > 0], ['rate_limited', true])
  assert.equal(await ann.refused('room.update', { room: other, topic: 'z' }), 'rate_limited')
  const full = await bob.ask('message.send', { room, text: 'x' })
  assert.match(full.error.message, /in this room/)
  // What the room refused does not count for its author.
  await bob.do('message.send', { room: other, text: 'x' })
  await bob.do('message.send', { room: other, text: 'y' })
})

test('[CO11] of IPv6 the /64 counts, of IPv4 the address', () => {
  const network = networkOf('2001:db8:0:7::1')
  for (const address of [
    '2001:0db8:0000:0007:aaaa:bbbb:cccc:dddd',
    '2001:DB8::7:0:0:0:1',
    '2001:db8:0:7::',
  ]) {
    assert.equal(networkOf(address), network)
  }
  for (const address of ['2001:db8:0:8::1', '2001:db8::1', '::1', 'fe80::1%eth0', '203.0.113.9']) {
    assert.notEqual(networkOf(address), network)
  }
  assert.equal(networkOf('fe80::1%eth0'), networkOf('fe80::2'))
  assert.equal(networkOf('203.0.113.9'), '203.0.113.9')
})

test('[CO11] commands of a connection are limited too', async () => {
  await using chat = await company(['ann'], { limits: { requestsPerMinute: 20 } })
  const { socket } = chat.person('ann')
  const codes = []
  for (let i = 0; i < 25; i += 1) codes.push((await socket.ask('room.list', {})).error?.code)
  assert.equal(codes.filter((code) => code === 'rate_limited').length, 5)
})

test('[CO3] upgrades that are none: raw 4xx answers, and the server lives', async () => {
  await using server = await startTestServer()
  const answerTo = async (head: string): Promise<string> => {
    const socket = connect(server.port, '127.0.0.1')
    socket.write(`${head}\r\n\r\n`)
    let text = ''
    socket.on('data', (data) => {
      text += data
    })
    await once(socket, 'close')
    return text.split('\r\n')[0] ?? ''
  }
  const upgrade = 'Host: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13'
  const key = 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=='
  assert.match(await answerTo(`GET /nowhere HTTP/1.1\r\n${upgrade}\r\n${key}`), / 403 /)
  assert.match(await answerTo(`GET /v1/socket HTTP/1.1\r\n${upgrade}`), / 400 /)
  assert.match(await answerTo(`GET /v1/socket HTTP/1.1\r\n${upgrade}\r\nSec-WebSocket-Key: short`), / 400 /)
  assert.match(await answerTo(`POST /v1/socket HTTP/1.1\r\n${upgrade}\r\n${key}`), / 405 /)
  const odd = `Sec-WebSocket-Protocol: ${'a,'.repeat(50)} ${' '.repeat(2_000)}b\r\nSec-WebSocket-Extensions: constructor`
  assert.match(await answerTo(`GET /v1/socket HTTP/1.1\r\n${upgrade}\r\n${key}\r\n${odd}`), / 4\d\d /)
  const response = await fetch(`${server.url}/healthz`)
  assert.equal(response.status, 200)
})

test('[CO2] [CO3] whatever is sent: one reply each, codes of the table, never `internal`, never a close', async () => {
  await using chat = await company(['ann', 'bob'])
  const { socket } = chat.person('ann')
  await chat.room()
  const types = commandTypes.filter((type) => onSocket(type) && type !== 'session.revoke')
  const fields = [...new Set(types.flatMap((type) => Object.keys(commands[type].input.properties)))]
  const value = fc.oneof(
    fc.integer({ min: 0, max: 5 }),
    fc.jsonValue({ maxDepth: 3 }),
    fc.string({ unit: 'binary' }),
    fc.constantFrom('member', 'owner', 'public', 'listed', 'ann', 1e308, -0, Number.MAX_SAFE_INTEGER),
  )
  const frame = fc.record({
    type: fc.oneof(
      { weight: 9, arbitrary: fc.constantFrom(...types) },
      { weight: 1, arbitrary: fc.string() },
    ),
    input: fc.dictionary(fc.constantFrom(...fields, '__proto__', 'constructor'), value),
  })
  let ref = 100_000
  await fc.assert(
    fc.asyncProperty(fc.array(frame, { minLength: 1, maxLength: 20 }), async (frames) => {
      const first = ref
      for (const { type, input } of frames) socket.send(JSON.stringify({ ...input, type, ref: ref++ }))
      await socket.settled()
      for (let asked = first; asked < ref; asked += 1) {
        const replies = socket.frames.filter((reply) => reply.ref === asked)
        assert.equal(replies.length, 1)
        const code = replies[0].ok === false ? replies[0].error.code : undefined
        assert.ok(
          code === undefined || (errorCodes.includes(code) && code !== 'internal'),
          JSON.stringify(replies),
        )
      }
      socket.frames.length = 0
    }),
    { numRuns: 150 },
  )
})
