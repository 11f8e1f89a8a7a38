import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { protocolLimits } from '@parlance/protocol/limits'
import { ContractClient, refusal } from '../support/contract-client.ts'
import { ask } from '../support/rest.ts'
import { startTestServer, type TestServer } from '../support/start-server.ts'

const timestamp = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/

/** A client of `/ws/{room}?username=` that has seen its own coming. */
async function join(server: TestServer, room: string, username: string): Promise<ContractClient> {
  const client = await ContractClient.open(server, `/ws/${room}?username=${encodeURIComponent(username)}`)
  const { type, content } = await client.next()
  assert.equal(type, 'system')
  assert.match(content, / joined the room\.$/)
  return client
}

/** Sees that the next frame is a message of this author with this content. */
async function hears(client: ContractClient, username: string, content: string): Promise<void> {
  const { timestamp: at, ...frame } = await client.next()
  assert.deepEqual(frame, { type: 'message', username, content })
  assert.match(at, timestamp)
}

describe('JSON rooms', () => {
  it('[001 message] exactly four fields, to everyone in the room, the sender included', async () => {
    await using server = await startTestServer()
    using ann = await join(server, 'general', 'Ann')
    using ben = await join(server, 'general', 'Ben')
    await ann.next()
    ann.send({ content: 'Hello world!' })
    for (const client of [ann, ben]) {
      const text = await client.nextText()
      assert.match(
        text,
        /^\{"type":"message","username":"Ann","content":"Hello world!","timestamp":"[^"]+"\}$/,
      )
      assert.match(JSON.parse(text).timestamp, timestamp)
    }
    ben.send({ content: '' })
    await hears(ann, 'Ben', '')
  })

  it('[001 joined, left] the system tells everyone, the joiner too; who left is gone', async () => {
    await using server = await startTestServer()
    using ann = await ContractClient.open(server, '/ws/general?username=Ann')
    const { timestamp: at, ...own } = await ann.next()
    assert.deepEqual(own, { type: 'system', username: 'system', content: 'Ann joined the room.' })
    assert.match(at, timestamp)
    using ben = await join(server, 'general', 'Ben')
    assert.equal((await ann.next()).content, 'Ben joined the room.')
    await ben.close()
    const { timestamp: leftAt, ...left } = await ann.next()
    assert.deepEqual(left, { type: 'system', username: 'system', content: 'Ben left the room.' })
    assert.match(leftAt, timestamp)
    using cut = await join(server, 'general', 'Cut')
    await ann.next()
    cut.socket.terminate()
    assert.equal((await ann.next()).content, 'Cut left the room.')
  })

  it('[001 in] anything that is no JSON object is taken whole', async () => {
    await using server = await startTestServer()
    using ann = await join(server, 'general', 'Ann')
    const texts = [
      'hi',
      '',
      '"hi"',
      '42',
      'null',
      'true',
      '[{"content":"x"}]',
      '{"content":',
      '{content:1}',
      ' {',
      '\ufeff{"content":"x"}',
    ]
    for (const text of texts) {
      ann.send(text)
      await hears(ann, 'Ann', text)
    }
  })

  it('[001 in] username, type and all else in the body are ignored', async () => {
    await using server = await startTestServer()
    using ann = await join(server, 'general', 'Ann')
    const deep = `${'['.repeat(5_000)}${']'.repeat(5_000)}`
    const frames = [
      '{"content":"hi","username":"Ben","type":"system","timestamp":"never"}',
      ' \n{"username":{"$regex":"."},"type":7,"content":"hi"} ',
      '{"__proto__":{"content":"x"},"constructor":1,"content":"hi","toJSON":1,"id":1e999}',
      '{"content":"first","content":"hi"}',
      `{"content":"hi","deep":${deep}}`,
    ]
    for (const frame of frames) {
      ann.send(frame)
      await hears(ann, 'Ann', 'hi')
    }
  })

  it('[001 in] half a surrogate pair becomes text', async () => {
    await using server = await startTestServer()
    using ann = await join(server, 'general', 'Ann')
    ann.send('{"content":"a\\ud800b"}')
    await hears(ann, 'Ann', 'a\ufffdb')
  })

  it('[001 malformed] an object without a content to say: an error frame to its sender, and the socket stays open', async () => {
    await using server = await startTestServer()
    using ann = await join(server, 'general', 'Ann')
    using ben = await join(server, 'general', 'Ben')
    await ann.next()
    const faults = {
      '{}': 'Missing content',
      '{"text":"hi"}': 'Missing content',
      '{"__proto__":{"content":"hi"}}': 'Missing content',
      '{"content":null}': 'Content is not a string',
      '{"content":42}': 'Content is not a string',
      '{"content":["hi"]}': 'Content is not a string',
      '{"content":{"$regex":"."}}': 'Content is not a string',
    }
    for (const [text, fault] of Object.entries(faults)) {
      ann.send(text)
      const { timestamp: at, ...frame } = await ann.next()
      assert.deepEqual(frame, { type: 'error', username: 'system', content: fault })
      assert.match(at, timestamp)
    }
    ann.send({ content: 'marker' })
    await hears(ben, 'Ann', 'marker')
  })

  it('[001 username] names may repeat', async () => {
    await using server = await startTestServer()
    using one = await join(server, 'general', 'Ann')
    using two = await join(server, 'general', 'Ann')
    await one.next()
    two.send({ content: 'also Ann' })
    await hears(one, 'Ann', 'also Ann')
    await two.close()
    assert.equal((await one.next()).content, 'Ann left the room.')
    one.send({ content: 'still Ann' })
    await hears(one, 'Ann', 'still Ann')
  })

  it('[§0 claimed names] blank, system and server are guest; control characters go, 64 characters stay', async () => {
    await using server = await startTestServer()
    const claims = {
      '': 'guest',
      '%20%09': 'guest',
      '%00%1b': 'guest',
      system: 'guest',
      SYSTEM: 'guest',
      'server%00': 'guest',
      'A%0a%00nn': 'Ann',
      'Jos%C3%A9+M': 'José M',
      '%F0%9F%A6%9C': '🦜',
      '%ED%A0%80': '\ufffd\ufffd\ufffd',
      '%22%7D%3Cb%3E': '"}<b>',
      __proto__: '__proto__',
      [`${'x'.repeat(63)}%F0%9F%A6%9Cy`]: `${'x'.repeat(63)}🦜`,
    }
    for (const [claim, name] of Object.entries(claims)) {
      using client = await ContractClient.open(
        server,
        `/ws/general-${encodeURIComponent(claim)}?username=${claim}`,
      )
      assert.equal((await client.next()).content, `${name} joined the room.`)
      client.send({ content: 'hi' })
      await hears(client, name, 'hi')
    }
    using bare = await ContractClient.open(server, '/ws/general?username')
    assert.equal((await bare.next()).content, 'guest joined the room.')
  })

  it('[001 paths] /ws/auth and /ws/echo with a username and no token; /ws/room and /ws/chat', async () => {
    await using server = await startTestServer()
    for (const room of ['auth', 'echo', 'room', 'chat']) {
      using ann = await join(server, room, 'Ann')
      ann.send({ content: room })
      await hears(ann, 'Ann', room)
    }
  })

  it('[001 403] what is no room is none for JSON clients either', async () => {
    await using server = await startTestServer()
    for (const path of ['/ws/x/y', '/ws/x/', '/ws/', '/ws/x%2fy', '/ws/%']) {
      const answer = await refusal(server, `${path}?username=Ann`)
      assert.equal(answer.status, 403, path)
      assert.deepEqual(Object.keys(answer.body), ['detail'])
    }
  })

  it('[§0 frame] 65,536 bytes are relayed, whatever they become as JSON; one more closes with 1009, binary with 1003', async () => {
    await using server = await startTestServer()
    using ann = await join(server, 'general', 'Ann')
    const full = '\u0001'.repeat(protocolLimits.frameBytes)
    ann.send(full)
    await hears(ann, 'Ann', full)
    ann.send(`${full}x`)
    assert.equal((await ann.closed).code, 1009)
    using ben = await join(server, 'general', 'Ben')
    ben.socket.send(Buffer.from('{"content":"hi"}'))
    assert.equal((await ben.closed).code, 1003)
  })

  it('[§0 limits] over a limit: 429 on the handshake, the error frame on the socket', async () => {
    await using server = await startTestServer({ limits: { connectionsPerAddress: 1, messagesPerSecond: 1 } })
    using ann = await join(server, 'general', 'Ann')
    const { status, headers } = await refusal(server, '/ws/general?username=Ben')
    assert.equal(status, 429)
    assert.match(String(headers['retry-after']), /^\d+$/)
    for (const content of ['1', '2', '3']) ann.send({ content })
    const frames = await ann.take(3)
    const errors = frames.filter(({ type }) => type === 'error')
    assert.deepEqual(
      errors.map(({ username, content }) => ({ username, content })),
      [{ username: 'system', content: 'Too many messages. Try again in a moment.' }],
    )
    assert.match(errors[0].timestamp, timestamp)
  })
})

describe('text and JSON clients in one named room', () => {
  it('[§2 shared] their text arrives as a message of guest, a JSON message there as `Alice: hi`', async () => {
    await using server = await startTestServer()
    using alice = await join(server, 'shared', 'Alice')
    using text = await ContractClient.open(server, '/ws/shared')
    text.send('{"content":"verbatim"}')
    assert.equal(await text.nextText(), '{"content":"verbatim"}')
    await hears(alice, 'guest', '{"content":"verbatim"}')
    alice.send({ content: 'hi' })
    assert.equal(await text.nextText(), 'Alice: hi')
    await hears(alice, 'Alice', 'hi')
    text.send('')
    await hears(alice, 'guest', '')
  })

  it('[§2 shared] text clients get no system frames, and come and go silently', async () => {
    await using server = await startTestServer()
    using alice = await join(server, 'shared', 'Alice')
    using text = await ContractClient.open(server, '/ws/shared')
    using ben = await join(server, 'shared', 'Ben')
    assert.equal((await alice.next()).content, 'Ben joined the room.')
    await ben.close()
    assert.equal((await alice.next()).content, 'Ben left the room.')
    using other = await ContractClient.open(server, '/ws/shared')
    await other.close()
    alice.send({ content: 'marker' })
    assert.equal(await text.nextText(), 'Alice: marker')
    await hears(alice, 'Alice', 'marker')
  })

  it('[§2 Done] from a JSON client it is a message and closes nothing', async () => {
    await using server = await startTestServer()
    using alice = await join(server, 'shared', 'Alice')
    using text = await ContractClient.open(server, '/ws/shared')
    for (const frame of ['Done', '{"content":"Done"}']) {
      alice.send(frame)
      await hears(alice, 'Alice', 'Done')
      assert.equal(await text.nextText(), 'Alice: Done')
    }
    text.send('goes on')
    await hears(alice, 'guest', 'goes on')
  })

  it('[§1 Done] from a text client it closes every client with 1000; only text clients get the sentence', async () => {
    await using server = await startTestServer()
    using alice = await join(server, 'shared', 'Alice')
    using ben = await join(server, 'shared', 'Ben')
    assert.equal((await alice.next()).content, 'Ben joined the room.')
    using text = await ContractClient.open(server, '/ws/shared')
    text.send('Done')
    assert.equal(await text.nextText(), 'Conversation ended by a participant.')
    for (const client of [text, alice, ben]) {
      assert.deepEqual(await client.closed, { code: 1000, reason: '' })
      await assert.rejects(client.nextText(), /closed before a frame came/)
    }
    // Nobody is told to have left a room that is no more.
    using anew = await join(server, 'shared', 'Anew')
    anew.send({ content: 'marker' })
    await hears(anew, 'Anew', 'marker')
  })

  it('[§0 rooms] the room of a number is not the named room of that number', async () => {
    await using server = await startTestServer()
    const made = await ask(server, 'POST', '/chatrooms', { body: { name: 'General' } })
    const { id } = made.body
    using alice = await join(server, String(id), 'Alice')
    const body = { sender: 'Bob', message: 'canary' }
    const sent = await ask(server, 'POST', `/chatrooms/${id}/messages`, { body })
    assert.equal(sent.status, 200)
    alice.send({ content: 'marker' })
    await hears(alice, 'Alice', 'marker')
  })
})
