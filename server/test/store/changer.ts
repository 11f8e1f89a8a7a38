// Makes accounts with three sessions each in the store in argv[2], then changes all their passwords, one commit each, and
// tells its parent when it begins and each time that one is answered.
import assert from 'node:assert/strict'
import { openSqliteStore } from '../../src/store/sqlite.ts'

process.once('disconnect', () => process.exit())

const at = new Date().toISOString()
const expiresAt = '2999-01-01T00:00:00.000Z'
const store = await openSqliteStore(process.argv[2] ?? ':memory:')
const users: number[] = []
for (let i = 1; i <= 60; i += 1) {
  const made = await store.users.create({ name: `u${i}`, kind: 'user', email: null, passwordHash: 'old', at })
  assert.ok(made.ok)
  const user = made.user.id
  users.push(user)
  for (const name of ['own', 'one', 'two']) {
    const id = `${name} ${user}`
    const times = { createdAt: at, lastUsedAt: at, expiresAt }
    await store.sessions.create({ id, user, ...times, client: null, address: null, refreshHash: id })
  }
}
process.send?.({ begun: users.length })
for (const user of users) {
  assert.ok(await store.users.changePassword(user, { from: 'old', to: 'new', except: `own ${user}` }))
  process.send?.({ changed: user })
}
