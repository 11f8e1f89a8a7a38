import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { after, afterEach, before, describe, it } from 'node:test'
import { usersOf } from '../support/chatrooms.ts'
import { refusal } from '../support/contract-client.ts'
import { engineSocket, eventPacket, PollingSession } from '../support/engine-client.ts'
import { PacketClient } from '../support/packet-client.ts'
import { sendRaw } from '../support/raw-http.ts'
import { ask } from '../support/rest.ts'
import { startTestServer, type TestServer } from '../support/start-server.ts'

let server: TestServer

before(async () => {
  server = await startTestServer()
})

afterEach(async () => {
  using client = await PacketClient.open(server)
  await client.join('the server lives', 'Ann')
})

after(async () => {
  assert.ok(
    !server.logged.some((line) => /"level":(?:50|60)/.test(line)),
    'nothing of this is an error of the server',
  )
  await server[Symbol.asyncDispose]()
})

const base = '/socket.io/?EIO=4&transport=polling'
const upgradeBase = '/socket.io/?EIO=4&transport=websocket'

/** Packets that are none, or that nobody may send; the session ends. */
const broken: readonly string[] = [
  'x',
  '47',
  '4',
  '4x',
  '4{}',
  '42{}',
  '42[',
  '42[]',
  '42[{"toString":1},{}]',
  '42[["send_message"]]',
  '42["connect"]',
  '42["disconnect",{}]',
  '42["disconnecting"]',
  '42["newListener",{}]',
  '42["removeListener",{}]',
  '4451-["send_message"]',
  '451-["send_message",{"_placeholder":true,"num":0}]x',
  '45999999-["send_message"]',
  '451000000-["x"]',
  '45-1-["x"]',
  '45["x"]',
  '40',
  '41"x"',
  '44{"message":"no"}',
]

/** Packets that are odd, and that a session survives. */
const odd: readonly string[] = [
  '42',
  '42["error",{"error":"mine"}]',
  '42["toString"]',
  '42["__proto__",{}]',
  '42["constructor",{}]',
  '42["hasOwnProperty"]',
  '42["onAny"]',
  '42[5,{}]',
  '42["unknown",{},null,[1]]',
  '42["join_room"]',
  '42["send_message",[]]',
  '42["send_message",{"__proto__":{"room_id":1,"sender":"a","message":"b"}}]',
  '43[]',
  '430[]',
  '43999999999999999999[1]',
  `42${'9'.repeat(400)}["leave_room",{"room_id":1}]`,
  `42["unknown",${'['.repeat(20_000)}${']'.repeat(20_000)}]`,
  '42["join_room",{"room_id":1e400}]',
  '42["join_room",{"room_id":"\\ud800"}]',
]

describe('packets', () => {
  it('[003 bad packet] over a WebSocket the session is closed', async () => {
    for (const packet of broken) {
      using client = await engineSocket(server)
      client.send(packet)
      await client.closed
    }
  })

  it('[003 bad packet] over polling too: its id is forgotten', async () => {
    for (const packet of broken) {
      const session = await PollingSession.open(server)
      await session.send(packet)
      let status = 200
      while (status === 200) status = (await session.poll()).status
      assert.equal(status, 400, packet)
    }
  })

  it('[003 odd packet] is ignored or refused, and the session goes on', async () => {
    using client = await engineSocket(server)
    const session = await PollingSession.open(server)
    for (const packet of odd) {
      client.send(packet)
      assert.equal((await session.send(packet)).status, 200)
    }
    const marker = eventPacket('leave_room', { room_id: 1 }, 7)
    client.send(marker)
    await session.send(marker)
    let text = ''
    while (text !== '437[]') text = await client.nextText()
    while ((await session.next()) !== '437[]');
  })

  it('[003 error] an error event of a client reaches nobody', async () => {
    using ann = await PacketClient.open(server)
    using bob = await PacketClient.open(server)
    for (const client of [ann, bob]) await client.join('errors')
    await ann.next('user_joined')
    bob.emit('error', { error: 'mine' })
    assert.deepEqual(await bob.rest(), [])
    assert.deepEqual(await ann.rest(), [])
  })

  it('[003 namespace] there is none but /', async () => {
    using client = await engineSocket(server, false)
    client.send('40/admin,')
    assert.equal(await client.nextText(), '44/admin,{"message":"Invalid namespace"}')
    client.send('42["join_room",{"room_id":"777777"}]')
    await client.closed
    assert.deepEqual(await usersOf(server, '777777'), [])
  })

  it('[003 binary] attachments where strings are expected, too many of them, and none that were announced', async () => {
    using client = await engineSocket(server)
    client.send('451-1["send_message",{"room_id":1,"sender":{"_placeholder":true,"num":0},"message":"hi"}]')
    client.socket.send(Buffer.from('Ann'))
    assert.equal(await client.nextText(), '42["error",{"error":"Missing sender or content"}]')
    assert.equal(await client.nextText(), '431[{"error":"Missing sender or content"}]')
    client.socket.send(Buffer.from('not announced'))
    await client.closed
    using other = await engineSocket(server)
    other.send('451-["send_message",{"_placeholder":true,"num":5}]')
    other.socket.send(Buffer.from('x'))
    await other.closed
  })

  it('[§0 1009] a frame over 65,536 bytes; one of 65,536 is read', async () => {
    using client = await engineSocket(server)
    const frame = (length: number) => {
      const empty = eventPacket('send_message', { room_id: 1, sender: 'Ann', message: '' })
      return empty.replace('""', `"${'x'.repeat(length - empty.length)}"`)
    }
    client.send(frame(65_536))
    assert.equal(await client.nextText(), '42["error",{"error":"Chatroom not found"}]')
    client.send(frame(65_537))
    assert.equal((await client.closed).code, 1009)
    const session = await PollingSession.open(server)
    assert.equal((await session.send(frame(65_537))).status, 413)
  })
})

describe('handshakes and requests', () => {
  it('[003 bad sid] is answered 400, by both transports', async () => {
    for (const sid of ['unknown', '__proto__', 'constructor', 'toString', '..', '%00', 'x'.repeat(5_000)]) {
      for (const method of ['GET', 'POST']) {
        const answer = await ask(server, method, `${base}&sid=${sid}`)
        assert.equal(answer.status, 400)
        assert.deepEqual(answer.body, { code: 1, message: 'Session ID unknown' })
      }
      assert.match(await upgradeRaw(`${upgradeBase}&sid=${sid}`), /^HTTP\/1\.1 400 /)
    }
  })

  it('[003 wrong EIO] is answered 400', async () => {
    for (const eio of ['EIO=3', 'EIO=5', 'EIO=', '', 'EIO=4&EIO=3']) {
      const answer = await ask(server, 'GET', `/socket.io/?transport=polling&${eio}`)
      assert.equal(answer.status, 400, eio)
      assert.equal(answer.body.message, 'Unsupported protocol version')
    }
    for (const eio of ['EIO=3', 'EIO=5', '']) {
      assert.equal((await refusal(server, `/socket.io/?transport=websocket&${eio}`)).status, 400)
    }
    const session = await PollingSession.open(server)
    const other = `/socket.io/?EIO=3&transport=polling&sid=${session.sid}`
    assert.equal((await ask(server, 'GET', other)).status, 400, 'another than the session’s')
  })

  it('[003 bad request] unknown transports, wrong methods, JSONP', async () => {
    for (const transport of ['', 'webtransport', 'flash', '__proto__', 'constructor']) {
      assert.equal((await ask(server, 'GET', `/socket.io/?EIO=4&transport=${transport}`)).status, 400)
      assert.match(await upgradeRaw(`/socket.io/?EIO=4&transport=${transport}`), /^HTTP\/1\.1 400 /)
    }
    assert.equal((await ask(server, 'GET', '/socket.io/')).status, 400)
    assert.equal((await ask(server, 'POST', base)).status, 400, 'a handshake is a GET')
    assert.equal((await ask(server, 'GET', upgradeBase)).status, 400, 'a WebSocket is an upgrade')
    assert.equal((await ask(server, 'GET', `${base}&j=0`)).status, 400)
    for (const method of ['PUT', 'DELETE', 'PATCH']) {
      const answer = await ask(server, method, base)
      assert.equal(answer.status, 405)
      assert.equal(answer.headers.get('allow'), 'GET, OPTIONS, POST')
    }
    assert.equal((await ask(server, 'GET', '/socket.io/socket.io.js')).status, 404, 'no files are served')
    assert.equal((await refusal(server, '/socket.io/x?EIO=4&transport=websocket')).status, 403)
    assert.equal((await refusal(server, '/socket.iox/?EIO=4&transport=websocket')).status, 403)
  })

  it('[003 transport] of a session by polling is not taken over by a plain request', async () => {
    const session = await PollingSession.open(server)
    assert.equal((await ask(server, 'GET', `${upgradeBase}&sid=${session.sid}`)).status, 400)
    using client = await engineSocket(server)
    assert.equal(client.socket.readyState, client.socket.OPEN)
  })

  it('[003 overlap] two polls, or a binary POST: 400, and the session ends', async () => {
    const session = await PollingSession.open(server)
    const [first, second] = await Promise.all([session.poll(), session.poll()])
    assert.deepEqual([first.status, second.status].sort(), [200, 400])
    assert.equal((await session.poll()).status, 400)
    const other = await PollingSession.open(server)
    const binary = await fetch(`${server.url}${base}&sid=${other.sid}`, {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream' },
      body: new Uint8Array(10),
    })
    assert.equal(binary.status, 400)
    assert.equal((await other.poll()).status, 400)
  })

  it('[003 unfinished POST] ends its session when its sender goes', async () => {
    const session = await PollingSession.open(server)
    await session.send(eventPacket('join_room', { room_id: 'unfinished', username: 'Ann' }, 1))
    while ((await session.next()) !== '431[]');
    using bob = await PacketClient.open(server)
    await bob.join('unfinished', 'Bob')
    const socket = connect(server.port, '127.0.0.1')
    const head = `POST ${base}&sid=${session.sid} HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n4`
    socket.write(head, () => socket.destroy())
    assert.equal((await bob.next('user_left')).username, 'Ann')
    assert.equal((await session.poll()).status, 400)
  })

  it('[003 upgrade] a second one, and one that is never completed, do not harm the first', async () => {
    using client = await PacketClient.open(server, ['polling', 'websocket'])
    const engine = client.socket.io.engine
    if (engine.transport.name !== 'websocket') await new Promise((resolve) => engine.once('upgrade', resolve))
    assert.equal(engine.transport.name, 'websocket')
    const session = await PollingSession.open(server)
    const path = `${upgradeBase}&sid=${encodeURIComponent(session.sid)}`
    const socket = connect(server.port, '127.0.0.1')
    socket.on('error', () => {})
    socket.write(upgradeRequest(path))
    await new Promise((resolve) => socket.once('data', resolve))
    socket.destroy()
    await session.send(eventPacket('leave_room', { room_id: 1 }, 3))
    assert.equal(await session.next(), '433[]')
  })
})

function upgradeRequest(path: string): string {
  const lines = [
    `GET ${path} HTTP/1.1`,
    `Host: 127.0.0.1:${server.port}`,
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
  ]
  return `${lines.join('\r\n')}\r\n\r\n`
}

function upgradeRaw(path: string): Promise<string> {
  return sendRaw(server.port, upgradeRequest(path))
}
