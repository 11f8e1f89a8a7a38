// Makes open rooms with guests in the store in argv[2], then makes all of them private, one commit each, and tells its
// parent when it begins and each time that one is answered.
import assert from 'node:assert/strict'
import { openSqliteStore } from '../../src/store/sqlite.ts'

process.once('disconnect', () => process.exit())

const [roomCount, guestCount] = [30, 40]
const at = new Date().toISOString()
const store = await openSqliteStore(process.argv[2] ?? ':memory:')

async function user(name: string, kind: 'user' | 'guest') {
  const made = await store.users.create({ name, kind, email: null, passwordHash: null, at })
  assert.ok(made.ok)
  return made.user
}

const owner = await user('ann', 'user')
const guests = await Promise.all(Array.from({ length: guestCount }, (_, i) => user(`gus ${i}`, 'guest')))
const rooms: number[] = []
for (let i = 0; i < roomCount; i += 1) {
  const made = await store.append({
    type: 'room.create',
    actor: owner,
    at,
    name: `hall ${i}`,
    topic: '',
    visibility: 'open',
    members: [
      { user: owner.id, role: 'owner' },
      ...guests.map(({ id }) => ({ user: id, role: 'member' as const })),
    ],
    uniqueName: true,
    directKey: null,
  })
  assert.ok(made.ok)
  rooms.push(made.room)
}
process.send?.({ begun: guestCount })
for (const room of rooms) {
  const closed = await store.append({ type: 'room.update', actor: owner, at, room, visibility: 'private' })
  assert.ok(closed.ok)
  process.send?.({ closed: room })
}
process.send?.({ ended: true })
