import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import { protocolLimits } from '@parlance/protocol/limits'
import { WebSocket, WebSocketServer } from 'ws'
import { Batch, Group } from '../../src/live/batch.ts'
import type { Connection } from '../../src/live/connection.ts'
import { textFrames } from '../../src/live/frame.ts'
import { plain, testConnection } from '../support/test-connection.ts'

function enter(group: Group, connection: Connection): void {
  group.members.add(connection)
  connection.groups += 1
}

test('[CO10] what a turn says leaves at its end, in one write that all members share', async () => {
  const batch = new Batch()
  const group = new Group(plain)
  const members = [testConnection(batch), testConnection(batch)]
  for (const { connection } of members) enter(group, connection)
  for (const text of ['a', 'b', 'c']) batch.add(group, text)
  assert.deepEqual(members[0]?.writes, [])
  await turn()
  for (const { texts, writes } of members) assert.deepEqual([texts, writes.length], [['a', 'b', 'c'], 1])
  assert.equal(members[0]?.writes[0], members[1]?.writes[0], 'the very same buffer')
  assert.equal(batch.deliveries, 6)
})

test('[CO10] several rooms and a reply in one turn: one write, rooms first, each in its order', async () => {
  const batch = new Batch()
  const [tea, coffee] = [new Group(plain), new Group(plain)]
  const { connection, texts, writes } = testConnection(batch)
  enter(tea, connection)
  enter(coffee, connection)
  batch.add(tea, 'tea 1')
  connection.send('reply 1')
  batch.add(coffee, 'coffee 1')
  batch.add(tea, 'tea 2')
  connection.send('reply 2')
  await turn()
  assert.deepEqual(texts, ['tea 1', 'tea 2', 'coffee 1', 'reply 1', 'reply 2'])
  assert.equal(writes.length, 1)
})

test('[CO10] who enters or leaves in the middle of a turn hears exactly their part', async () => {
  const batch = new Batch()
  const group = new Group(plain)
  const [stays, leaves, comes] = [testConnection(batch), testConnection(batch), testConnection(batch)]
  enter(group, stays.connection)
  enter(group, leaves.connection)
  batch.add(group, 'before')
  batch.flush()
  group.members.delete(leaves.connection)
  leaves.connection.groups -= 1
  enter(group, comes.connection)
  batch.add(group, 'after')
  await turn()
  assert.deepEqual([stays.texts, leaves.texts, comes.texts], [['before', 'after'], ['before'], ['after']])
})

test('[CO10] a close in the middle of a turn sends what waits, and nothing after it', async () => {
  const batch = new Batch()
  const group = new Group(plain)
  const { connection, texts, closes } = testConnection(batch)
  enter(group, connection)
  batch.add(group, 'room')
  connection.send('last words')
  connection.close({ code: 4000, reason: 'going away' })
  connection.send('too late')
  batch.add(group, 'too late')
  await turn()
  assert.deepEqual([texts, closes], [['room', 'last words'], [{ code: 4000, reason: 'going away' }]])
})

test('[CO6] over half of its queue a reader misses what may be lost, over the whole it is closed as slow', async () => {
  const batch = new Batch()
  const group = new Group(plain)
  const [slow, quick] = [testConnection(batch), testConnection(batch)]
  for (const { connection } of [slow, quick]) enter(group, connection)
  slow.state.queuedBytes = protocolLimits.queueBytes / 2 + 1
  batch.add(group, 'typing', true)
  batch.add(group, 'event')
  await turn()
  assert.deepEqual([slow.texts, quick.texts], [['event'], ['typing', 'event']])
  slow.state.queuedBytes = protocolLimits.queueBytes + 1
  batch.add(group, 'more')
  await turn()
  assert.deepEqual(slow.closes, [{ code: 4008, reason: 'too slow' }])
  assert.deepEqual(quick.texts, ['typing', 'event', 'more'])
  assert.equal(batch.slowCloses, 1)
})

test('[CO10] frames of every length are what RFC 6455 says, as `ws` reads them', async () => {
  const texts = [0, 1, 125, 126, 127, 65_535, 65_536, 70_000].map((length) => 'x'.repeat(length))
  texts.push('ä'.repeat(63), '👩‍👩‍👧'.repeat(9_000), '\u0000')
  const received: string[] = []
  const http = createServer().listen(0, '127.0.0.1')
  await once(http, 'listening')
  const door = new WebSocketServer({ noServer: true })
  http.on('upgrade', (request, socket, head) => {
    door.handleUpgrade(request, socket, head, () => socket.write(textFrames(texts)))
  })
  const { port } = http.address() as AddressInfo
  const client = new WebSocket(`ws://127.0.0.1:${port}`)
  client.on('message', (data) => received.push(String(data)))
  while (received.length < texts.length) await turn()
  assert.deepEqual(received, texts)
  client.terminate()
  http.close()
  await once(http, 'close')
})
