// Appends messages to one room of the store in argv[2] and tells its parent each answer: its seq and its text.
import assert from 'node:assert/strict'
import type { UserRow } from '../../src/ports/store.ts'
import { openSqliteStore } from '../../src/store/sqlite.ts'

process.once('disconnect', () => process.exit())

const at = new Date().toISOString()
const store = await openSqliteStore(process.argv[2] ?? ':memory:')

async function account(): Promise<UserRow> {
  const known = await store.users.byLogin('ann')
  if (known !== undefined) return known
  const made = await store.users.create({ name: 'ann', kind: 'user', email: null, passwordHash: null, at })
  assert.ok(made.ok)
  return made.user
}

const user = await account()
const actor = { id: user.id, name: user.name }
const made = await store.append({
  type: 'room.create',
  actor,
  at,
  name: '',
  topic: '',
  visibility: 'private',
  members: [{ user: user.id, role: 'owner' }],
  uniqueName: false,
  directKey: 'the one room',
})
assert.ok(made.ok)
const { room } = made

let count = 0
async function write(): Promise<never> {
  for (;;) {
    const text = `${process.pid}-${++count}`
    const sent = await store.append({
      type: 'message.send',
      room,
      actor,
      at,
      text,
      nonce: text,
      replyTo: null,
      mentions: [],
    })
    assert.ok(sent.ok)
    process.send?.({ seq: sent.seq, text })
  }
}
await Promise.all(Array.from({ length: 20 }, write))
