import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startTestServer } from '../../server/test/support/start-server.ts'
import type { Client } from '../src/client.ts'
import { systemClock } from '../src/clock.ts'
import { ForkedServer } from './support/forked-server.ts'
import { arrive, gather, texts } from './support/people.ts'
import { TcpProxy } from './support/proxy.ts'
import { assertTrue } from './support/truth.ts'
import { until } from './support/until.ts'

/** The seqs that a client is given, by room. */
function heard(client: Client): Map<number, number[]> {
  const seqs = new Map<number, number[]>()
  client.listen({
    event: ({ room, seq }) => {
      const ofRoom = seqs.get(room)
      if (ofRoom === undefined) seqs.set(room, [seq])
      else ofRoom.push(seq)
    },
  })
  return seqs
}

/** Each seq once and in order. */
function assertDense(seqs: Map<number, number[]>): void {
  for (const [room, ofRoom] of seqs)
    assert.deepEqual(
      ofRoom,
      ofRoom.map((_, i) => (ofRoom[0] ?? 0) + i),
      `room ${room}`,
    )
}

test('[CL1] [CL3] cuts in the middle of frames: each event once, in order, nothing missing', async () => {
  await using server = await startTestServer()
  await using proxy = await TcpProxy.start(server.port)
  await using ann = await arrive({ url: server.url })
  await using bob = await arrive({ url: proxy.url })
  const [a, b] = await gather(ann, bob)
  const seqs = heard(bob)
  await b.open()
  for (let i = 0; i < 300; i += 1) {
    await a.send(`message ${i}`)
    if (i % 5 === 0) proxy.cutAfter(1 + ((i * 37) % 700))
  }
  await until(() => texts(b).length === 300)
  assertDense(seqs)
  assert.ok(proxy.connections > 8, `${proxy.connections} connections`)
  assert.equal(b.getSnapshot().timeline.resets, 0)
  await assertTrue(bob, b)
})

test('[CL1] frames in slices of a byte, and late, are the same frames', async () => {
  await using server = await startTestServer()
  await using proxy = await TcpProxy.start(server.port)
  proxy.trouble.sliceBytes = 1
  proxy.trouble.delayMs = 5
  await using ann = await arrive({ url: proxy.url })
  await using bob = await arrive({ url: server.url })
  const [a, b] = await gather(ann, bob)
  await a.open()
  await Promise.all([b.send('one'), b.send('two'), a.send('three')])
  await until(() => texts(a).length === 3)
  await assertTrue(ann, a)
})

test('[CL6] a half-open connection is noticed by the heartbeat and resumed by another', async () => {
  await using server = await startTestServer()
  await using proxy = await TcpProxy.start(server.port)
  // Once all are there, the heartbeat and its answer come within a moment; what else has a limit keeps it.
  let isShort = false
  const isHeartbeat = (ms: number) => isShort && (ms === 25_000 || ms === 10_000)
  const clock = {
    ...systemClock,
    after: (ms: number, run: () => void) => systemClock.after(isHeartbeat(ms) ? ms / 100 : ms, run),
  }
  await using ann = await arrive({ url: server.url })
  await using bob = await arrive({ url: proxy.url, clock })
  const [a, b] = await gather(ann, bob)
  await b.open()
  isShort = true
  proxy.trouble.isBlackhole = true
  const sent = Promise.all([b.send('from the hole'), a.send('into the hole')])
  await until(() => bob.getSnapshot().connection.kind !== 'open')
  proxy.trouble.isBlackhole = false
  await sent
  await until(() => texts(b).length === 2)
  await assertTrue(bob, b)
})

test('[CL1] [CL2] [CL3] the server is killed and started again while both send: nothing lost, doubled or reordered', async () => {
  await using server = await ForkedServer.start()
  await using proxy = await TcpProxy.start(server.port)
  await using ann = await arrive({ url: proxy.url })
  await using bob = await arrive({ url: proxy.url })
  const [a, b] = await gather(ann, bob)
  const all = [heard(ann), heard(bob)]
  await Promise.all([a.open(), b.open()])
  const sent: Promise<unknown>[] = []
  for (let round = 0; round < 3; round += 1) {
    for (let i = 0; i < 60; i += 1) sent.push(a.send(`a${round}.${i}`), b.send(`b${round}.${i}`))
    await until(() => texts(a).length > round * 120 + 40)
    await server.kill()
    proxy.trouble.isDown = true
    await until(() => ann.getSnapshot().connection.kind === 'waiting')
    sent.push(a.send(`a${round}.dark`), b.send(`b${round}.dark`))
    await server.start()
    proxy.retarget(server.port)
    proxy.trouble.isDown = false
    await Promise.all(sent)
  }
  await until(() => texts(a).length === 366 && texts(b).length === 366)
  assert.deepEqual(texts(a), texts(b))
  assert.equal(new Set(texts(a)).size, 366)
  for (const who of ['a', 'b']) {
    const own = texts(a).filter((text) => text.startsWith(who))
    const written = [0, 1, 2].flatMap((round) => [
      ...Array.from({ length: 60 }, (_, i) => `${who}${round}.${i}`),
      `${who}${round}.dark`,
    ])
    assert.deepEqual(own, written, 'in the order in which they were written')
  }
  for (const seqs of all) assertDense(seqs)
  await assertTrue(ann, a)
  await assertTrue(bob, b)
})

test('[CL3] removed while away: the room goes, and that is declared', async () => {
  await using server = await startTestServer()
  await using proxy = await TcpProxy.start(server.port)
  await using ann = await arrive({ url: server.url })
  await using bob = await arrive({ url: proxy.url })
  const [a, b] = await gather(ann, bob)
  const resets: string[] = []
  bob.listen({ reset: ({ reason }) => resets.push(reason) })
  proxy.trouble.isDown = true
  proxy.cut()
  await until(() => bob.getSnapshot().connection.kind === 'waiting')
  await ann.request({
    type: 'member.remove',
    room: a.id,
    user: bob.getSnapshot().account?.id ?? 0,
  })
  proxy.trouble.isDown = false
  await until(() => !b.getSnapshot().isMember)
  assert.deepEqual(resets, ['not_a_member'])
  assert.equal(bob.room(b.id), undefined)
  assert.deepEqual(bob.getSnapshot().rooms, [])
})

test('[CL3] a server that went back in time: the timeline is read anew, and that is declared', async () => {
  await using server = await ForkedServer.start()
  await using proxy = await TcpProxy.start(server.port)
  await using ann = await arrive({ url: proxy.url })
  const [a] = await gather(ann)
  await a.open()
  await a.send('kept')
  await server.kill('SIGTERM')
  await server.backUp()
  await server.start()
  proxy.retarget(server.port)
  await a.send('lost')
  const resets: unknown[] = []
  ann.listen({ reset: (reset) => resets.push(reset) })
  await server.kill()
  await server.restore()
  await server.start()
  proxy.retarget(server.port)
  await until(() => resets.length === 1 && a.getSnapshot().timeline.isLoaded)
  assert.deepEqual(resets, [{ room: a.id, reason: 'ahead', head: 3 }])
  assert.equal(a.getSnapshot().timeline.resets, 1)
  assert.deepEqual(texts(a), ['kept'])
  await a.send('after')
  await assertTrue(ann, a)
})
