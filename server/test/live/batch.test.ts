import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import fc from 'fast-check'
import { Batch, Group } from '../../src/live/batch.ts'
import type { Connection } from '../../src/live/connection.ts'
import { plain, testConnection } from '../support/test-connection.ts'

function enter(group: Group, connection: Connection): void {
  group.members.add(connection)
  connection.groups += 1
}

test('[CO10] what a room and a connection are told in one turn leaves in order, in one write', async () => {
  const batch = new Batch()
  const group = new Group(plain)
  const ann = testConnection(batch)
  const ben = testConnection(batch)
  enter(group, ann.connection)
  enter(group, ben.connection)
  batch.add(group, 'one')
  ann.connection.send('reply')
  batch.add(group, 'two')
  ann.connection.send('another')
  assert.deepEqual(ann.texts, [])
  await turn()
  assert.deepEqual(ann.texts, ['one', 'two', 'reply', 'another'])
  assert.deepEqual(ben.texts, ['one', 'two'])
  assert.equal(ann.writes.length, 1)
  assert.equal(ben.writes.length, 1)
})

test('[CO10] members of one room share the very same bytes', async () => {
  const batch = new Batch()
  const group = new Group(plain)
  const members = [testConnection(batch), testConnection(batch)]
  for (const { connection } of members) enter(group, connection)
  batch.add(group, 'one')
  await turn()
  assert.equal(members[0]!.writes[0], members[1]!.writes[0])
})

test('[CO10] several rooms in one turn are corked into one write per connection', async () => {
  const batch = new Batch()
  const tea = new Group(plain)
  const coffee = new Group(plain)
  const both = testConnection(batch)
  const one = testConnection(batch)
  enter(tea, both.connection)
  enter(coffee, both.connection)
  enter(coffee, one.connection)
  batch.add(tea, 'tea 1')
  batch.add(coffee, 'coffee 1')
  batch.add(tea, 'tea 2')
  both.connection.send('reply')
  await turn()
  assert.deepEqual(both.texts, ['tea 1', 'tea 2', 'coffee 1', 'reply'])
  assert.equal(both.writes.length, 1)
  assert.deepEqual(one.texts, ['coffee 1'])
})

test('[CO10] closing during a batch: what was said before leaves first, nothing after', async () => {
  const batch = new Batch()
  const group = new Group(plain)
  const ann = testConnection(batch)
  const ben = testConnection(batch)
  enter(group, ann.connection)
  enter(group, ben.connection)
  batch.add(group, 'before')
  ann.connection.send('goodbye')
  ann.connection.close({ code: 4000, reason: 'enough' })
  batch.add(group, 'after')
  ann.connection.send('too late')
  await turn()
  assert.deepEqual(ann.texts, ['before', 'goodbye'])
  assert.deepEqual(ann.closes, [{ code: 4000, reason: 'enough' }])
  assert.deepEqual(ben.texts, ['before', 'after'])
})

test('[CO10] a member that closes while its room is being written to does not disturb the others', async () => {
  const batch = new Batch()
  const group = new Group(plain)
  const slow = testConnection(batch)
  const ben = testConnection(batch)
  enter(group, slow.connection)
  enter(group, ben.connection)
  slow.state.queuedBytes = 2_000_000
  slow.connection.send('waiting')
  batch.add(group, 'one')
  await turn()
  batch.add(group, 'two')
  await turn()
  assert.deepEqual(slow.texts, [])
  assert.equal(slow.closes.length, 1)
  assert.deepEqual(ben.texts, ['one', 'two'])
})

type Act =
  | { readonly kind: 'say' | 'toggle' | 'reply'; readonly room: number; readonly who: number }
  | { readonly kind: 'turn' }

const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 9,
    arbitrary: fc.record({
      kind: fc.constantFrom('say', 'toggle', 'reply'),
      room: fc.nat(2),
      who: fc.nat(3),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('turn' as const) }) },
)

test('[CO10] whoever comes and goes in whatever turn hears exactly their part of each room, in order', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { maxLength: 80 }), async (acts) => {
      const batch = new Batch()
      const rooms = [0, 1, 2].map(() => new Group(plain))
      const people = [0, 1, 2, 3].map(() => ({ ...testConnection(batch), expected: [] as string[] }))
      for (const [index, one] of acts.entries()) {
        if (one.kind === 'turn') {
          await turn()
          continue
        }
        const room = rooms[one.room]!
        const person = people[one.who]!
        if (one.kind === 'say') {
          batch.add(room, `room ${one.room}: ${index}`)
          for (const { connection, expected } of people) {
            if (room.members.has(connection)) expected.push(`room ${one.room}: ${index}`)
          }
        } else if (one.kind === 'reply') {
          person.connection.send(`reply: ${index}`)
          person.expected.push(`reply: ${index}`)
        } else {
          // As the hub and the named rooms do: between two flushes.
          batch.flush()
          if (room.members.delete(person.connection)) person.connection.groups -= 1
          else enter(room, person.connection)
        }
      }
      await turn()
      const sources = ['room 0', 'room 1', 'room 2', 'reply']
      for (const { texts, expected } of people) {
        for (const source of sources) {
          const from = (all: readonly string[]) => all.filter((text) => text.startsWith(source))
          assert.deepEqual(from(texts), from(expected))
        }
        assert.equal(texts.length, expected.length)
      }
    }),
    { numRuns: 1_000 },
  )
})

test('[CO6] signals are left out for a reader that is behind by half of its bound, events are not', async () => {
  const batch = new Batch()
  const group = new Group(plain)
  const behind = testConnection(batch)
  const ben = testConnection(batch)
  enter(group, behind.connection)
  enter(group, ben.connection)
  behind.state.queuedBytes = 600_000
  batch.add(group, 'event')
  batch.add(group, 'signal', true)
  await turn()
  assert.deepEqual(behind.texts, ['event'])
  assert.deepEqual([...ben.texts].sort(), ['event', 'signal'])
  behind.state.queuedBytes = 500_000
  batch.add(group, 'another signal', true)
  await turn()
  assert.deepEqual(behind.texts, ['event', 'another signal'])
})

test('[CO6] a reader whose queue has no room for what a room says is closed as slow, and gets nothing more', async () => {
  const batch = new Batch()
  const group = new Group(plain)
  const behind = testConnection(batch)
  enter(group, behind.connection)
  const frameBytes = 'still'.length + 2
  behind.state.queuedBytes = 1_048_576 - frameBytes
  batch.add(group, 'still')
  await turn()
  assert.deepEqual(behind.texts, ['still'])
  behind.state.queuedBytes += 1
  batch.add(group, 'again')
  await turn()
  assert.deepEqual(behind.texts, ['still'])
  assert.deepEqual(
    behind.closes.map(({ code }) => code),
    [4008],
  )
})

test('[CO6] what a client asked for goes over the bound of its queue once, and a room’s to one that waits for nothing', async () => {
  const batch = new Batch()
  const group = new Group(plain)
  const reader = testConnection(batch)
  enter(group, reader.connection)
  const page = 'p'.repeat(2_000_000)
  batch.add(group, page)
  await turn()
  reader.state.queuedBytes = 1_048_576
  reader.connection.send(page)
  await turn()
  assert.deepEqual(reader.texts, [page, page])
  reader.state.queuedBytes += 1
  reader.connection.send('one more')
  await turn()
  assert.deepEqual(
    reader.closes.map(({ code }) => code),
    [4008],
  )
})
