import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import type { Event, EventOf } from '@parlance/protocol/events'
import fc from 'fast-check'
import { pino } from 'pino'
import { Batch } from '../../src/live/batch.ts'
import type { Connection } from '../../src/live/connection.ts'
import { Feed } from '../../src/live/feed.ts'
import { testConnection } from '../support/test-connection.ts'

type Created = EventOf<'message.created'>

function event(seq: number): Created {
  const actor = { id: 1, name: 'ann', kind: 'user' } as const
  const at = '2026-01-01T00:00:00.000Z'
  const sent = { message: seq, text: `m${seq}`, replyTo: null, mentions: [], nonce: null }
  return { type: 'message.created', room: 1, seq, at, actor, ...sent }
}

const around = { connectionsOf: () => [], lose() {} }
const log = pino({ level: 'silent' })

/** A log that answers after so many turns, as a store does, and a feed over it. */
function world(turns: () => number) {
  const events: Created[] = []
  const batch = new Batch()
  const store = {
    async eventsAfter(_room: number, seq: number, limit: number) {
      for (let i = turns(); i > 0; i -= 1) await turn()
      const read = events.slice(seq, seq + limit)
      for (let i = turns(); i > 0; i -= 1) await Promise.resolve()
      return read
    },
  }
  return { events, batch, feed: new Feed(1, store, batch, log, Promise.resolve(), around) }
}

function seqsOf(texts: readonly string[]): number[] {
  return texts.flatMap((text) => {
    const frame = JSON.parse(text)
    return frame.events?.map(({ seq }: Created) => seq) ?? [frame.seq]
  })
}

const replayTo = (connection: Connection) => async (events: readonly Event[], more: boolean) => {
  connection.send(JSON.stringify({ events, more }))
  await Promise.resolve()
}

const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('publish' as const) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('lose' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('double' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('late' as const) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('attach' as const), behind: fc.nat(5) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('leave' as const) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('turn' as const) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('microtask' as const) }) },
)

test('[RE1] [RE2] each listener is given each seq once and in order, whatever is lost, doubled or late', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { maxLength: 60 }),
      fc.array(fc.nat(3), { minLength: 1 }),
      async (steps, delays) => {
        let i = 0
        const { events, batch, feed } = world(() => delays[i++ % delays.length] ?? 0)
        const listeners: {
          readonly connection: Connection
          readonly texts: string[]
          readonly after: number
        }[] = []
        const late: Created[] = []
        const commit = () => {
          const next = event(events.length + 1)
          events.push(next)
          return next
        }
        for (const one of steps) {
          if (one.kind === 'publish') feed.events([commit()])
          else if (one.kind === 'lose') commit()
          else if (one.kind === 'double' && events.length > 0) feed.events([event(events.length)])
          else if (one.kind === 'late') late.push(commit())
          else if (one.kind === 'attach') {
            const { connection, texts } = testConnection(batch)
            const after = Math.max(0, events.length - one.behind)
            listeners.push({ connection, texts, after })
            void feed.attach(connection, {
              after,
              ...(one.behind % 2 === 0 && { replay: replayTo(connection) }),
            })
          } else if (one.kind === 'leave') {
            const gone = listeners.shift()
            if (gone !== undefined) feed.detach(gone.connection)
          } else if (one.kind === 'turn') await turn()
          else await Promise.resolve()
        }
        feed.events(late)
        // The last publication arrives: from it everyone learns of what was lost before.
        feed.events([commit()])
        const caughtUp = () => listeners.every(({ texts }) => seqsOf(texts).at(-1) === events.length)
        for (let patience = 0; patience < 200 && !caughtUp(); patience += 1) await turn()
        for (const { texts, after } of listeners) {
          const expected = Array.from({ length: events.length - after }, (_, n) => after + 1 + n)
          assert.deepEqual(seqsOf(texts), expected)
        }
      },
    ),
    { numRuns: 5_000 },
  )
})

test('[RE6] live events come after the last replay, which says so', async () => {
  const { events, batch, feed } = world(() => 1)
  for (let seq = 1; seq <= 3; seq += 1) events.push(event(seq))
  const { connection, texts } = testConnection(batch)
  const attached = feed.attach(connection, { after: 0, replay: replayTo(connection) })
  events.push(event(4))
  feed.events([event(4)])
  await attached
  events.push(event(5))
  feed.events([event(5)])
  await turn()
  const frames = texts.map((text) => JSON.parse(text))
  const last = frames.findLastIndex(({ events }) => events !== undefined)
  assert.equal(frames[last].more, false)
  assert.deepEqual(seqsOf(texts), [1, 2, 3, 4, 5])
  assert.equal(frames.at(-1).seq, 5)
})

test('[RE2] who comes back in one turn shares a reading of the log; who comes once it has begun reads anew', async () => {
  const events = [event(1), event(2), event(3)]
  const reads: number[] = []
  const begun = Promise.withResolvers<void>()
  const answered = Promise.withResolvers<void>()
  const store = {
    async eventsAfter(_room: number, seq: number) {
      reads.push(seq)
      const read = events.slice(seq)
      begun.resolve()
      await answered.promise
      return read
    },
  }
  const batch = new Batch()
  const feed = new Feed(1, store, batch, log, Promise.resolve(), around)
  const [ann, ben, late] = [testConnection(batch), testConnection(batch), testConnection(batch)]
  const attached = [ann, ben].map(({ connection }) => feed.attach(connection, { after: 0 }))
  await begun.promise
  // Committed after the reading began and told before the third listens: only a reading of its own has it.
  events.push(event(4))
  feed.events([event(4)])
  attached.push(feed.attach(late.connection, { after: 0 }))
  answered.resolve()
  await Promise.all(attached)
  await turn()
  for (const { texts } of [ann, ben, late]) assert.deepEqual(seqsOf(texts), [1, 2, 3, 4])
  assert.deepEqual(reads, [0, 0])
})

test('[CO10] who leaves in the middle of a turn hears what was said before that, and nothing after', async () => {
  const { events, batch, feed } = world(() => 0)
  const [ann, ben] = [testConnection(batch), testConnection(batch)]
  await Promise.all([ann, ben].map(({ connection }) => feed.attach(connection, { after: 0 })))
  for (const seq of [1, 2]) {
    events.push(event(seq))
    feed.events([event(seq)])
    if (seq === 1) feed.detach(ann.connection)
  }
  await turn()
  assert.deepEqual(seqsOf(ann.texts), [1])
  assert.deepEqual(seqsOf(ben.texts), [1, 2])
})
