import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { openRoom, post } from '../support/chatrooms.ts'
import { ContractClient, refusal } from '../support/contract-client.ts'
import { engineSocket, eventPacket, PollingSession } from '../support/engine-client.ts'
import { PacketClient } from '../support/packet-client.ts'
import { ask } from '../support/rest.ts'
import { startTestServer } from '../support/start-server.ts'

const polling = '/socket.io/?EIO=4&transport=polling'
const webSocket = '/socket.io/?EIO=4&transport=websocket'
const long = 'x'.repeat(60_000)

describe('order and completeness', () => {
  it('[003 order] each answer comes behind its message, both in the order of sending', async () => {
    await using server = await startTestServer()
    const room = await openRoom(server)
    using bystander = await PacketClient.open(server)
    await bystander.join(room)
    using client = await engineSocket(server)
    client.send(eventPacket('join_room', { room_id: room }, 0))
    assert.match(await client.nextText(), /^42\["user_joined"/)
    assert.equal(await client.nextText(), '430[]')
    const count = 300
    for (let i = 1; i <= count; i += 1) {
      client.send(eventPacket('send_message', { room_id: room, sender: 'Ann', message: `m${i}` }, i))
    }
    const messages: string[] = []
    const answers: string[] = []
    while (answers.length < count) {
      const text = await client.nextText()
      const message = /^42\["new_message".*"content":"(m\d+)"/.exec(text)?.[1]
      const [, answer, content = ''] = /^43(\d+)\[.*"content":"(m\d+)"/.exec(text) ?? []
      if (message !== undefined) messages.push(message)
      else if (answer !== undefined) {
        assert.ok(messages.includes(content), 'the message comes first')
        answers.push(answer)
      } else assert.equal(text, '2')
    }
    const numbers = Array.from({ length: count }, (_, i) => String(i + 1))
    assert.deepEqual(answers, numbers)
    assert.deepEqual(
      messages,
      numbers.map((number) => `m${number}`),
    )
  })

  it('[003 upgrade] from polling to WebSocket in the middle of many messages: none lost, none twice', async () => {
    await using server = await startTestServer()
    const room = await openRoom(server)
    using sender = await PacketClient.open(server)
    let sent = 0
    let running = true
    const sending = (async () => {
      while (running) {
        await sender.ask('send_message', { room_id: room, sender: 'Ann', message: `${++sent}` })
      }
    })()
    for (let round = 0; round < 5; round += 1) {
      using client = await PacketClient.open(server, ['polling', 'websocket'])
      await client.ask('join_room', { room_id: room })
      const { engine } = client.socket.io
      if (engine.transport.name === 'polling') await new Promise((done) => engine.once('upgrade', done))
      assert.equal(engine.transport.name, 'websocket')
      const numbers: number[] = []
      while (numbers.length < 60) {
        const { name, data } = await client.nextEvent()
        if (name === 'new_message') numbers.push(Number(data.message))
        else assert.equal(name, 'user_joined')
      }
      const [first = 0] = numbers
      assert.deepEqual(
        numbers,
        numbers.map((_, i) => first + i),
      )
    }
    running = false
    await sending
  })

  it('[003 polling] many packets at once are all there, in order', async () => {
    await using server = await startTestServer()
    const room = await openRoom(server)
    const session = await PollingSession.open(server)
    await session.send(eventPacket('join_room', { room_id: room }, 0))
    while ((await session.next()) !== '430[]');
    for (let i = 1; i <= 50; i += 1) await post(server, room, { sender: 'Ann', message: `${i}` })
    for (let i = 1; i <= 50; i += 1) {
      assert.match(await session.next(), new RegExp(`^42\\["new_message".*"content":"${i}"`))
    }
  })
})

describe('limits', () => {
  it('[CO6] one who polls no more, or reads no more, is closed; the others do not notice', async () => {
    await using server = await startTestServer()
    const room = await openRoom(server)
    using ann = await PacketClient.open(server)
    await ann.join(room, 'Ann')
    const session = await PollingSession.open(server)
    await session.send(eventPacket('join_room', { room_id: room, username: 'polls no more' }))
    using socket = await engineSocket(server)
    socket.send(eventPacket('join_room', { room_id: room, username: 'reads no more' }))
    assert.match(await socket.nextText(), /^42\["user_joined"/)
    socket.socket.pause()
    const gone = new Set<string>()
    let heard = 0
    for (let sent = 1; gone.size < 2; sent += 1) {
      assert.ok(sent < 2_000, 'they are closed some time')
      await post(server, room, { sender: 'Ann', message: long })
      while (heard < sent) {
        const { name, data } = await ann.nextEvent()
        if (name === 'new_message') heard += 1
        else if (name === 'user_left') gone.add(data.username)
        else assert.equal(name, 'user_joined')
      }
    }
    assert.deepEqual(gone, new Set(['polls no more', 'reads no more']))
  })

  it('[CO11] connections per address: 429 with Retry-After, together with other WebSockets', async () => {
    await using server = await startTestServer({ limits: { connectionsPerAddress: 3 } })
    const first = await PacketClient.open(server, ['polling'])
    using _second = await PacketClient.open(server, ['websocket'])
    using third = await ContractClient.open(server, '/ws/a-room')
    const refused = await ask(server, 'GET', polling)
    assert.deepEqual([refused.status, refused.body], [429, { detail: 'Too many connections' }])
    assert.equal(refused.headers.get('retry-after'), '10')
    assert.equal((await refusal(server, webSocket)).status, 429)
    assert.equal((await refusal(server, '/ws/a-room')).status, 429)
    await first.ask('leave_room', { room_id: 1 })
    await third.close()
    first.socket.disconnect()
    let status = 429
    while (status === 429) status = (await ask(server, 'GET', polling)).status
    assert.equal(status, 200, 'there is room again')
  })

  it('[§0 limits] too many commands, too many messages: the error event, and in the ack', async () => {
    await using server = await startTestServer({ limits: { requestsPerMinute: 10, messagesPerSecond: 1 } })
    const room = await openRoom(server)
    using client = await PacketClient.open(server)
    const data = { room_id: room, sender: 'Ann', message: 'hi' }
    const answers = []
    for (let i = 0; i < 12; i += 1) answers.push((await client.ask('send_message', data))[0])
    const errors = answers.map(({ error }) => error)
    assert.deepEqual(errors.slice(0, 2), [undefined, undefined], 'a burst of two')
    assert.match(errors[5], /^Too many messages\./)
    assert.match(errors[11], /^Too many requests\./)
    for (const error of errors.slice(2)) assert.deepEqual(await client.next('error'), { error })
    assert.deepEqual(await client.ask('join_room', { room_id: room }), [])
    assert.match((await client.next('error')).error, /^Too many requests\./)
  })

  it('[003 flood] thousands of commands in one request close the session', async () => {
    await using server = await startTestServer()
    const session = await PollingSession.open(server)
    await session.send(...Array.from({ length: 4_000 }, () => '42["join_room"]'))
    let status = 200
    while (status === 200) status = (await session.poll()).status
    assert.equal(status, 400)
  })

  it('[003 join_room] a client is in at most 1,000 places', async () => {
    await using server = await startTestServer()
    using client = await PacketClient.open(server)
    const joins = Array.from({ length: 1_000 }, (_, i) => client.ask('join_room', { room_id: `place ${i}` }))
    await Promise.all(joins)
    for (let i = 0; i < 1_000; i += 1) await client.next('user_joined')
    await client.ask('join_room', { room_id: 'one more' })
    assert.deepEqual(await client.next('error'), { error: 'A client joins at most 1000 rooms' })
    await client.ask('join_room', { room_id: 'place 1' })
    await client.next('user_joined')
  })
})

describe('origins', () => {
  it('[003 origin] the own and the allowed ones; others get no session, and no page may read everything', async () => {
    const allowed = 'https://chat.example.com'
    await using server = await startTestServer({ allowedOrigins: [allowed] })
    const from = (origin: string) => ask(server, 'GET', polling, { headers: { origin } })
    const right = await from(allowed)
    assert.equal(right.status, 200)
    assert.equal(right.headers.get('access-control-allow-origin'), allowed)
    assert.match(right.headers.get('vary') ?? '', /Origin/)
    assert.equal((await from(server.url)).status, 200)
    for (const origin of [
      'https://evil.example.com',
      'null',
      `${allowed}.evil.com`,
      'https://chat.example.com:8443',
    ]) {
      const wrong = await from(origin)
      assert.deepEqual([wrong.status, wrong.body], [403, { detail: 'Forbidden' }])
      assert.equal(wrong.headers.get('access-control-allow-origin'), null)
      assert.equal((await refusal(server, webSocket, { origin })).status, 403)
    }
    for (const origin of [allowed, 'https://CHAT.example.com:443', server.url]) {
      using client = await ContractClient.open(server, webSocket, { origin })
      assert.match(await client.nextText(), /^0\{/)
    }
    const preflight = await ask(server, 'OPTIONS', polling, {
      headers: { origin: allowed, 'access-control-request-method': 'POST' },
    })
    assert.equal(preflight.status, 204)
    assert.equal(preflight.headers.get('access-control-allow-methods'), 'GET, OPTIONS, POST')
  })

  it('[003 headers] polling answers carry the headers of all routes', async () => {
    await using server = await startTestServer()
    const { headers } = await ask(server, 'GET', polling)
    assert.equal(headers.get('x-content-type-options'), 'nosniff')
    assert.equal(headers.get('cache-control'), 'no-store')
    assert.equal(headers.get('set-cookie'), null)
  })
})

describe('the server goes away', () => {
  it('[003 going away] what is under way is answered, then the transport closes, for clients to come back', async () => {
    for (const transport of ['websocket', 'polling'] as const) {
      await using server = await startTestServer()
      const room = await openRoom(server)
      using client = await PacketClient.open(server, [transport])
      await client.join(room)
      const sent = client.ask('send_message', { room_id: room, sender: 'Ann', message: 'last words' })
      await client.next('new_message')
      await server.drain()
      assert.equal((await sent)[0].message, 'last words')
      assert.match(await client.closed, /^transport (close|error)$/)
    }
  })

  it('[003 going away] one who does not poll, and one who never opened a socket, do not hold it up', async () => {
    await using server = await startTestServer()
    const session = await PollingSession.open(server)
    await session.send(eventPacket('join_room', { room_id: 1 }))
    await PollingSession.handshake(server)
    const startedMs = performance.now()
    await server.drain()
    assert.ok(performance.now() - startedMs < server.config.shutdownGraceMs / 2)
  })
})
