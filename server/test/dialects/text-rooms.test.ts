import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { protocolLimits } from '@parlance/protocol/limits'
import { Rates } from '../../src/chat/rates.ts'
import { lineWaitMs, newSpeaker } from '../../src/dialects/text-rooms/line-rate.ts'
import { ContractClient, refusal } from '../support/contract-client.ts'
import { ManualClock } from '../support/manual-clock.ts'
import { startTestServer } from '../support/start-server.ts'

const ended = 'Conversation ended by a participant.'

describe('text rooms', () => {
  it('[000 WS /ws/{room}] nothing is sent on connect, and a frame comes back to its sender', async () => {
    await using server = await startTestServer()
    using ann = await ContractClient.open(server, '/ws/test-room')
    ann.send('first')
    assert.equal(await ann.nextText(), 'first')
  })

  it('[000 relay] everyone in the room gets every frame verbatim, in one order', async () => {
    await using server = await startTestServer()
    const texts = [
      'Hello!',
      '{"content":"hi"}',
      '{"type":"ping"}',
      '',
      ' a  b\n',
      '"',
      'null',
      '👩‍👩‍👧 \u202e\u0000',
    ]
    using ann = await ContractClient.open(server, '/ws/test-room')
    using ben = await ContractClient.open(server, '/ws/test-room')
    for (const text of texts) ann.send(text)
    for (const client of [ann, ben]) {
      for (const text of texts) assert.equal(await client.nextText(), text)
    }
    ben.send('back')
    assert.equal(await ann.nextText(), 'back')
  })

  it('[000 relay] another room hears nothing of it', async () => {
    await using server = await startTestServer()
    using ann = await ContractClient.open(server, '/ws/one')
    using ben = await ContractClient.open(server, '/ws/two')
    ann.send('for one')
    assert.equal(await ann.nextText(), 'for one')
    ben.send('marker')
    assert.equal(await ben.nextText(), 'marker')
  })

  it('[000 Done] every client gets the sentence, then 1000 with an empty reason; Done itself is not relayed', async () => {
    await using server = await startTestServer()
    using ann = await ContractClient.open(server, '/ws/test-room')
    using ben = await ContractClient.open(server, '/ws/test-room')
    using other = await ContractClient.open(server, '/ws/other-room')
    ann.send('Done')
    for (const client of [ann, ben]) {
      assert.equal(await client.nextText(), ended)
      assert.deepEqual(await client.closed, { code: 1000, reason: '' })
      await assert.rejects(client.nextText(), /closed before a frame came/)
    }
    other.send('still here')
    assert.equal(await other.nextText(), 'still here')
  })

  it('[000 Done] the name can be used again at once', async () => {
    await using server = await startTestServer()
    using ann = await ContractClient.open(server, '/ws/again')
    // The old client does not answer the close, and holds up nobody.
    using slow = await ContractClient.open(server, '/ws/again')
    slow.socket.pause()
    ann.send('Done')
    assert.equal(await ann.nextText(), ended)
    using ben = await ContractClient.open(server, '/ws/again')
    ben.send('anew')
    assert.equal(await ben.nextText(), 'anew')
    slow.socket.resume()
    assert.equal(await slow.nextText(), ended)
    assert.equal((await slow.closed).code, 1000)
    ben.send('stays')
    assert.equal(await ben.nextText(), 'stays')
  })

  it('[000 Done] anything but exactly Done is ordinary text', async () => {
    await using server = await startTestServer()
    using ann = await ContractClient.open(server, '/ws/test-room')
    for (const text of ['done', 'DONE', 'Done ', ' Done', 'Done\n', '"Done"', 'Done.', 'D\u043ene']) {
      ann.send(text)
      assert.equal(await ann.nextText(), text)
    }
  })

  it('[000 Done] what its sender had sent after it belongs to no conversation', async () => {
    await using server = await startTestServer()
    using ann = await ContractClient.open(server, '/ws/test-room')
    using ben = await ContractClient.open(server, '/ws/test-room')
    ben.socket.pause()
    for (const text of ['before', 'Done', 'after', 'Done']) ann.send(text)
    await ann.closed
    using cy = await ContractClient.open(server, '/ws/test-room')
    cy.send('marker')
    assert.equal(await cy.nextText(), 'marker')
    ben.socket.resume()
    assert.deepEqual([await ben.nextText(), await ben.nextText()], ['before', ended])
    await assert.rejects(ben.nextText(), /closed before a frame came/)
  })

  it('[000 leaving] who goes is gone silently, and the others talk on', async () => {
    await using server = await startTestServer()
    using ann = await ContractClient.open(server, '/ws/test-room')
    using ben = await ContractClient.open(server, '/ws/test-room')
    await ben.close()
    ann.send('alone now')
    assert.equal(await ann.nextText(), 'alone now')
  })

  it('[000 room] the name is one decoded segment, whatever is in it', async () => {
    await using server = await startTestServer()
    const names = [
      'café',
      'a b',
      '👩‍👩‍👧',
      '\u0000\n\u007f',
      '../x'.replace('/', ''),
      'room',
      'chat',
      '__proto__',
      '%',
      'a:b',
      '?',
    ]
    for (const name of names) {
      using ann = await ContractClient.open(server, `/ws/${encodeURIComponent(name)}`)
      using ben = await ContractClient.open(server, `/ws/${encodeURIComponent(name)}?nothing=here`)
      ann.send(name)
      assert.equal(await ben.nextText(), name)
    }
    using plain = await ContractClient.open(server, '/ws/test-room')
    using encoded = await ContractClient.open(server, '/ws/%74est%2Droom')
    plain.send('the same')
    assert.equal(await encoded.nextText(), 'the same')
  })

  it('[000 room 403] a second segment, a slash at the end, an encoded slash, what is no UTF-8', async () => {
    await using server = await startTestServer()
    const paths = [
      '/ws/x/y',
      '/ws/x/',
      '/ws/',
      '/ws/x%2Fy',
      '/ws/%2f',
      '/ws/room/1/',
      '/ws/%',
      '/ws/%ff',
      '/ws/%C0%AF',
      '/WS/x',
      '/',
    ]
    for (const path of paths) {
      const answer = await refusal(server, path)
      assert.equal(answer.status, 403, path)
      assert.deepEqual(Object.keys(answer.body), ['detail'])
    }
  })

  it('[000 room 422] a name over 256 characters', async () => {
    await using server = await startTestServer()
    const longest = `/ws/${encodeURIComponent('🦜'.repeat(256))}`
    using ann = await ContractClient.open(server, longest)
    ann.send('fits')
    assert.equal(await ann.nextText(), 'fits')
    for (const query of ['', '?username=Ann']) {
      const { status, body } = await refusal(server, `${longest}x${query}`)
      assert.equal(status, 422)
      const { type, loc, msg } = body.detail[0]
      assert.deepEqual([type, loc], ['string_too_long', ['path', 'room']])
      assert.equal(msg, 'String should have at most 256 characters')
    }
  })

  it('[§0 frame] 65,536 bytes are relayed, one more closes with 1009', async () => {
    await using server = await startTestServer()
    using ann = await ContractClient.open(server, '/ws/test-room')
    using ben = await ContractClient.open(server, '/ws/test-room')
    const full = 'é'.repeat(protocolLimits.frameBytes / 2)
    ann.send(full)
    assert.equal(await ben.nextText(), full)
    ann.send(`${full}x`)
    assert.equal((await ann.closed).code, 1009)
    ben.send('marker')
    assert.equal(await ben.nextText(), 'marker')
  })

  it('[§0 binary] a binary frame closes with 1003', async () => {
    await using server = await startTestServer()
    using ann = await ContractClient.open(server, '/ws/test-room')
    using ben = await ContractClient.open(server, '/ws/test-room')
    ann.socket.send(Buffer.from('Done'))
    assert.equal((await ann.closed).code, 1003)
    ben.send('marker')
    assert.equal(await ben.nextText(), 'marker')
  })

  it('[§0 limits] a connection over the limit is refused with 429 and Retry-After', async () => {
    await using server = await startTestServer({ limits: { connectionsPerAddress: 1 } })
    using ann = await ContractClient.open(server, '/ws/test-room')
    const answer = await refusal(server, '/ws/test-room')
    assert.equal(answer.status, 429)
    assert.match(String(answer.headers['retry-after']), /^\d+$/)
    ann.send('marker')
    assert.equal(await ann.nextText(), 'marker')
  })

  it('[§0 limits] over the rate of messages its sender alone is told, and the socket stays open', async () => {
    await using server = await startTestServer({ limits: { messagesPerSecond: 1 } })
    using ann = await ContractClient.open(server, '/ws/test-room')
    using ben = await ContractClient.open(server, '/ws/test-room')
    for (const text of ['1', '2', '3']) ann.send(text)
    const told = [await ann.nextText(), await ann.nextText(), await ann.nextText()]
    assert.deepEqual(told.sort(), ['1', '2', 'Too many messages. Try again in a moment.'])
    // Each connection has a rate of its own.
    ben.send('marker')
    for (const text of ['1', '2', 'marker']) assert.equal(await ben.nextText(), text)
  })

  it('[§0 limits] an address has the rate of four connections', () => {
    const clock = new ManualClock()
    const chat = { clock, limits: { messagesPerSecond: 10 }, rates: new Rates(clock) }
    const waits = (address: string) =>
      Array.from({ length: 90 }, () => lineWaitMs(chat, newSpeaker(address))).filter((waitMs) => waitMs > 0)
    assert.equal(waits('192.0.2.1').length, 10)
    assert.equal(waits('192.0.2.2').length, 10)
    clock.step(-3_600_000)
    clock.pass(1_000)
    assert.equal(waits('192.0.2.1').length, 50)
  })

  it('[§0 limits] no limit, none in the way', async () => {
    await using server = await startTestServer({ limits: { messagesPerSecond: 0 } })
    using ann = await ContractClient.open(server, '/ws/test-room')
    for (let i = 0; i < 500; i += 1) ann.send(String(i))
    for (let i = 0; i < 500; i += 1) assert.equal(await ann.nextText(), String(i))
  })

  it('[000 drain] a server that goes away closes its rooms with 1001', async () => {
    const server = await startTestServer()
    using ann = await ContractClient.open(server, '/ws/test-room')
    await server[Symbol.asyncDispose]()
    assert.equal((await ann.closed).code, 1001)
  })
})
