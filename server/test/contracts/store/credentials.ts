import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type MakeStore, openTown } from './town.ts'

const now = '2026-01-02T00:00:00.000Z'
const later = '2026-02-01T00:00:00.000Z'

function session(id: string) {
  const times = { createdAt: now, lastUsedAt: now, expiresAt: later }
  return { id, refreshHash: `r ${id}`, ...times, client: null, address: null }
}

export function testCredentials(make: MakeStore): void {
  test('[AC38] [AC6] a password is changed together with the end of the other sessions, from the one that was checked', async () => {
    await using town = await openTown(make)
    const { users, sessions } = town.store
    const [ann, bob] = [await town.account('ann'), await town.account('bob')]
    for (const id of ['s1', 's2', 's3']) await sessions.create({ ...session(id), user: ann.id })
    await sessions.create({ ...session('b1'), user: bob.id })
    const ids = async (user: number) => (await sessions.list(user, now)).map(({ id }) => id)
    assert.equal(await users.changePassword(ann.id, { from: 'another', to: 'new', except: 's1' }), false)
    assert.deepEqual(
      [(await users.get(ann.id))?.passwordHash, await ids(ann.id)],
      ['hash', ['s1', 's2', 's3']],
    )
    const changes = await Promise.all([
      users.changePassword(ann.id, { from: 'hash', to: 'new', except: 's2' }),
      users.changePassword(ann.id, { from: 'hash', to: 'other', except: 's3' }),
    ])
    assert.deepEqual(changes, [true, false])
    assert.deepEqual([(await users.get(ann.id))?.passwordHash, await ids(ann.id)], ['new', ['s2']])
    assert.deepEqual([(await users.get(bob.id))?.passwordHash, await ids(bob.id)], ['hash', ['b1']])
  })

  test('[AC38] who gave the old password gets no session, changes no hash and deletes nothing once it is changed', async () => {
    await using town = await openTown(make)
    const { users, sessions } = town.store
    const ann = await town.account('ann')
    const given = ann.passwordHash
    const answers = await Promise.all([
      sessions.logIn({ ...session('before'), user: ann.id }, given),
      users.changePassword(ann.id, { from: given, to: 'new', except: 'none' }),
      sessions.logIn({ ...session('late'), user: ann.id }, given),
      users.replaceHash(ann.id, given, 'the old one, hashed anew'),
      users.removeAs(ann.id, given, now),
    ])
    assert.deepEqual(answers, [true, true, false, false, undefined])
    assert.deepEqual(await sessions.list(ann.id, now), [])
    assert.equal((await users.get(ann.id))?.passwordHash, 'new')
    assert.equal(await sessions.logIn({ ...session('new'), user: ann.id }, 'new'), true)
    assert.deepEqual(await users.removeAs(ann.id, 'new', now), [])
    assert.equal((await users.get(ann.id))?.kind, 'deleted')
    assert.equal(await sessions.logIn({ ...session('dead'), user: ann.id }, null), false)
    assert.deepEqual(await sessions.list(ann.id, now), [])
  })

  test('[AC38] an account and a guest come with their first session, or not at all', async () => {
    await using town = await openTown(make)
    const { users, sessions } = town.store
    const base = { email: null, at: now }
    const made = await users.enroll({ ...base, name: 'ann', kind: 'user', passwordHash: 'h' }, session('s1'))
    assert.ok(made.ok)
    assert.equal((await sessions.get('s1', now))?.user, made.user.id)
    const again = await users.enroll({ ...base, name: 'ann', kind: 'user', passwordHash: 'h' }, session('s2'))
    assert.deepEqual([again.ok, await sessions.get('s2', now)], [false, undefined])
    // The session cannot be opened: its id is taken.
    await assert.rejects(
      users.enroll({ ...base, name: 'bob', kind: 'user', passwordHash: 'h' }, session('s1')),
    )
    assert.equal(await users.byLogin('bob'), undefined)
    const guest = await users.enroll(
      { ...base, name: 'gus', kind: 'guest', passwordHash: null },
      session('g1'),
    )
    assert.ok(guest.ok)
    assert.equal((await sessions.get('g1', now))?.account.kind, 'guest')
  })
}
