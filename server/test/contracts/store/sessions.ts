import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type MakeStore, openTown } from './town.ts'

const now = '2026-01-02T00:00:00.000Z'
const later = '2026-02-01T00:00:00.000Z'
const afterwards = '2026-02-01T00:00:00.001Z'

function session(id: string, user: number, refreshHash: string | null) {
  return {
    id,
    user,
    refreshHash,
    createdAt: now,
    lastUsedAt: now,
    expiresAt: later,
    client: 'a test',
    address: '::1',
  }
}

export function testSessions(make: MakeStore): void {
  test('[AC5] a session stands until it expires or ends, and with its account only', async () => {
    await using town = await openTown(make)
    const { sessions, users } = town.store
    const ann = await town.account('ann')
    const { refreshHash, ...row } = session('s1', ann.id, 'r1')
    await sessions.create({ ...row, refreshHash })
    assert.deepEqual(await sessions.get('s1', now), { ...row, account: ann })
    assert.deepEqual(await sessions.byRefresh('r1', now), { ...row, account: ann })
    assert.equal(await sessions.get('s1', later), undefined)
    assert.equal(await sessions.byRefresh('r1', later), undefined)
    assert.equal(await sessions.get('s2', now), undefined)
    await users.remove(ann.id, now)
    assert.equal(await sessions.get('s1', now), undefined)
    assert.deepEqual(await sessions.list(ann.id, now), [])
  })

  test('[AC9] a refresh token is traded once; traded again, it ends its session', async () => {
    await using town = await openTown(make)
    const { sessions } = town.store
    const ann = await town.account('ann')
    await sessions.create(session('s1', ann.id, 'r1'))
    await sessions.create(session('s2', ann.id, 'other'))
    const rotated = await sessions.rotate('r1', 'r2', '2026-01-03T00:00:00.000Z', '2026-03-01T00:00:00.000Z')
    assert.ok(rotated.ok)
    assert.deepEqual(rotated.account, ann)
    assert.deepEqual(
      [rotated.session.lastUsedAt, rotated.session.expiresAt],
      ['2026-01-03T00:00:00.000Z', '2026-03-01T00:00:00.000Z'],
    )
    assert.equal((await sessions.get('s1', afterwards))?.id, 's1')
    assert.equal((await sessions.byRefresh('r2', now))?.id, 's1')
    assert.equal((await sessions.rotate('r2', 'r3', now, later)).ok, true)
    assert.deepEqual(await sessions.rotate('unknown', 'r4', now, later), { ok: false })
    assert.deepEqual(await sessions.rotate('r1', 'r4', now, later), {
      ok: false,
      reused: { id: 's1', user: ann.id },
    })
    assert.equal(await sessions.get('s1', now), undefined)
    assert.deepEqual(await sessions.rotate('r3', 'r4', now, later), { ok: false })
    assert.equal((await sessions.get('s2', now))?.id, 's2')
  })

  test('[AC9] a trade whose answer was lost is repeated within 30 s, while its successor was never used', async () => {
    await using town = await openTown(make)
    const { sessions } = town.store
    const ann = await town.account('ann')
    const at = (seconds: number) => new Date(Date.parse(now) + seconds * 1_000).toISOString()
    const trade = (hash: string, next: string, seconds: number) =>
      sessions.rotate(hash, next, at(seconds), later)
    const ended = { ok: false, reused: { id: 's1', user: ann.id } }
    const begin = async () => {
      await sessions.endAll(ann.id, null)
      await sessions.create(session('s1', ann.id, 'r1'))
      assert.equal((await trade('r1', 'r2', 0)).ok, true)
    }
    await begin()
    assert.equal((await trade('r1', 'r3', 29)).ok, true)
    assert.equal((await trade('r1', 'r4', 30)).ok, true)
    assert.equal((await sessions.byRefresh('r4', now))?.id, 's1')
    assert.deepEqual(await trade('r2', 'r5', 30), ended)
    assert.equal(await sessions.get('s1', now), undefined)
    await begin()
    assert.deepEqual(await trade('r1', 'r3', 30.001), ended)
    await begin()
    assert.equal((await trade('r2', 'r3', 1)).ok, true)
    assert.deepEqual(await trade('r1', 'r4', 2), ended)
    await begin()
    await sessions.end(ann.id, 's1')
    assert.deepEqual(await trade('r1', 'r3', 1), { ok: false })
  })

  test('[AC9] a token whose trade may be repeated still finds its session', async () => {
    await using town = await openTown(make)
    const { sessions } = town.store
    const ann = await town.account('ann')
    const at = (seconds: number) => new Date(Date.parse(now) + seconds * 1_000).toISOString()
    await sessions.create(session('s1', ann.id, 'r1'))
    assert.equal((await sessions.rotate('r1', 'r2', now, later)).ok, true)
    assert.equal((await sessions.byRefresh('r1', at(30)))?.id, 's1')
    assert.equal(await sessions.byRefresh('r1', at(30.001)), undefined)
    assert.equal((await sessions.rotate('r2', 'r3', at(1), later)).ok, true)
    assert.equal(await sessions.byRefresh('r1', at(2)), undefined)
    assert.equal((await sessions.byRefresh('r2', at(2)))?.id, 's1')
  })

  test('[AC9] of two trades of one token at once the later is good, and the earlier’s token ends the session', async () => {
    await using town = await openTown(make)
    const { sessions } = town.store
    const ann = await town.account('ann')
    await sessions.create(session('s1', ann.id, 'r1'))
    const [first, second] = await Promise.all([
      sessions.rotate('r1', 'r2', now, later),
      sessions.rotate('r1', 'r3', now, later),
    ])
    assert.deepEqual([first.ok, second.ok], [true, true])
    assert.equal((await sessions.byRefresh('r3', now))?.id, 's1')
    assert.deepEqual(await sessions.rotate('r2', 'r4', now, later), {
      ok: false,
      reused: { id: 's1', user: ann.id },
    })
  })

  test('[AC6] sessions are listed and ended one by one, or all but one; of nobody else', async () => {
    await using town = await openTown(make)
    const { sessions } = town.store
    const [ann, bob] = [await town.account('ann'), await town.account('bob')]
    for (const id of ['s1', 's2', 's3']) await sessions.create(session(id, ann.id, id))
    await sessions.create({ ...session('s4', bob.id, null), expiresAt: now })
    await sessions.create(session('s5', bob.id, null))
    const ids = async (user: number) => (await sessions.list(user, now)).map(({ id }) => id)
    assert.deepEqual([await ids(ann.id), await ids(bob.id)], [['s1', 's2', 's3'], ['s5']])
    assert.equal(await sessions.end(bob.id, 's1'), false)
    assert.equal(await sessions.end(ann.id, 's1'), true)
    assert.equal(await sessions.end(ann.id, 's1'), false)
    assert.deepEqual(await sessions.endAll(ann.id, 's3'), ['s2'])
    assert.deepEqual([await ids(ann.id), await ids(bob.id)], [['s3'], ['s5']])
    assert.deepEqual(await sessions.endAll(ann.id, null), ['s3'])
  })

  test('[ST8] a write that fails alone is rejected alone', async () => {
    await using town = await openTown(make)
    const { sessions } = town.store
    const ann = await town.account('ann')
    const answers = await Promise.allSettled([
      sessions.create(session('s1', ann.id, null)),
      sessions.create(session('s1', ann.id, null)),
      sessions.create(session('s2', 999, null)),
      sessions.create(session('s3', ann.id, null)),
    ])
    assert.deepEqual(
      answers.map(({ status }) => status),
      ['fulfilled', 'rejected', 'rejected', 'fulfilled'],
    )
    assert.deepEqual(
      (await sessions.list(ann.id, now)).map(({ id }) => id),
      ['s1', 's3'],
    )
  })
}
