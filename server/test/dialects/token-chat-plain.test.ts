import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { ContractClient, refusal } from '../support/contract-client.ts'
import { startTestServer, type TestServer } from '../support/start-server.ts'
import { holder, timestamp } from '../support/token-chat.ts'

let server: TestServer

before(async () => {
  server = await startTestServer()
})

after(() => server[Symbol.asyncDispose]())

async function assertPong(client: ContractClient): Promise<void> {
  const { timestamp: at, ...frame } = await client.next()
  assert.deepEqual(frame, { type: 'pong' })
  assert.match(at, timestamp)
}

describe('/ws', () => {
  it('[002 WS /ws] sends nothing on connect, and answers a ping', async () => {
    using client = await ContractClient.open(server, '/ws')
    client.send({ type: 'ping' })
    await assertPong(client)
  })

  it('[002 WS /ws echo] gives any other JSON back, raw', async () => {
    using client = await ContractClient.open(server, '/ws')
    const raws = ['{"type":"message","content":"hi"}', '{ "a" : 1 }', '[]', '5', '"ping"', 'null', '{}']
    raws.push('{"type":"pong"}', '{"type":["ping"]}', '{"__proto__":{"type":"ping"}}', '["ping"]', '1e999')
    raws.push(`{"content":"${'x'.repeat(60_000)}"}`, `${'['.repeat(30_000)}${']'.repeat(30_000)}`)
    for (const raw of raws) {
      client.send(raw)
      assert.deepEqual(await client.next(), { type: 'echo', content: `Received: ${raw}` })
    }
  })

  it('[002 WS /ws error] answers what is not JSON with the error frame, and stays open', async () => {
    using client = await ContractClient.open(server, '/ws')
    for (const raw of ['hello', '', '{', '{"type":"ping"', "{'type':'ping'}", 'NaN', '\u0000']) {
      client.send(raw)
      assert.deepEqual(await client.next(), { type: 'error', content: 'Invalid JSON format' })
    }
    client.send({ type: 'ping' })
    await assertPong(client)
  })

  it('[002 WS /ws] answers the sender only', async () => {
    using one = await ContractClient.open(server, '/ws')
    using other = await ContractClient.open(server, '/ws')
    one.send({ content: 'mine' })
    assert.equal((await one.next()).type, 'echo')
    other.send({ type: 'ping' })
    await assertPong(other)
  })

  it('[002 WS /ws] is this socket whatever the query and the token', async () => {
    const { token } = await holder(server, 'ann')
    for (const query of ['?', '?username=ann', `?token=${token}&username=ann`, '?token=bad']) {
      using client = await ContractClient.open(server, `/ws${query}`)
      client.send({ type: 'ping' })
      await assertPong(client)
    }
  })

  it('[§0 403] is not /ws/', async () => {
    const { status, body } = await refusal(server, '/ws/')
    assert.equal(status, 403)
    assert.deepEqual(Object.keys(body), ['detail'])
  })
})

describe('/ws/echo', () => {
  it('[002 WS /ws/echo] gives text back as text', async () => {
    using client = await ContractClient.open(server, '/ws/echo')
    for (const text of ['hello', '', ' ', '{"type":"ping"}', 'Done', '🙂', 'x'.repeat(65_536)]) {
      client.send(text)
      assert.equal(await client.nextText(), `Echo: ${text}`)
    }
  })

  it('[002 WS /ws/echo] goes before a room of that name, unless a username without a token asks for it', async () => {
    const { token } = await holder(server, 'ben')
    for (const path of [
      '/ws/echo',
      `/ws/echo?token=${token}&username=ben`,
      '/ws/%65cho',
      '/ws/echo?token=bad',
    ]) {
      using client = await ContractClient.open(server, path)
      client.send('hi')
      assert.equal(await client.nextText(), 'Echo: hi', path)
    }
    using named = await ContractClient.open(server, '/ws/echo?username=Ben')
    const { timestamp: _, ...joined } = await named.next()
    assert.deepEqual(joined, { type: 'system', username: 'system', content: 'Ben joined the room.' })
  })
})

describe('both', () => {
  for (const path of ['/ws', '/ws/echo']) {
    it(`[§0 1009 1003] ${path} closes on a frame that is too large, and on a binary one`, async () => {
      using large = await ContractClient.open(server, path)
      large.send('x'.repeat(65_537))
      assert.equal((await large.closed).code, 1009)
      using binary = await ContractClient.open(server, path)
      binary.socket.send(Buffer.from('{"type":"ping"}'))
      assert.equal((await binary.closed).code, 1003)
    })

    it(`[§0 limits] ${path} answers too many frames with the error frame`, async () => {
      await using limited = await startTestServer({ limits: { requestsPerMinute: 2 } })
      using client = await ContractClient.open(limited, path)
      for (let i = 0; i < 3; i += 1) client.send('1')
      await client.nextText()
      await client.nextText()
      const { type, content } = await client.next()
      assert.equal(type, 'error')
      assert.match(content, /^Too many requests/)
    })
  }

  it('[§0 limits] are refused with 429 and Retry-After when there is no room', async () => {
    await using limited = await startTestServer({ limits: { connections: 1 } })
    using _client = await ContractClient.open(limited, '/ws')
    for (const path of ['/ws', '/ws/echo', '/ws/auth?token=x', '/ws/room/1?token=x']) {
      const { status, body, headers } = await refusal(limited, path)
      assert.equal(status, 429, path)
      assert.deepEqual(Object.keys(body), ['detail'])
      assert.match(headers['retry-after'] ?? '', /^\d+$/)
    }
  })
})
