import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type MakeStore, openTown } from './town.ts'

export function testAccounts(make: MakeStore): void {
  test('[AC11] names and e-mail addresses are one account’s own; guests share names with anybody', async () => {
    await using town = await openTown(make)
    const { users } = town.store
    const ann = {
      name: 'ann',
      kind: 'user',
      email: 'ann@example.com',
      passwordHash: 'h',
      at: town.at(),
    } as const
    const guest = { ...ann, kind: 'guest', email: null, passwordHash: null } as const
    const [first, second] = await Promise.all([users.create(ann), users.create({ ...ann, email: null })])
    assert.ok(first?.ok)
    assert.deepEqual(second, { ok: false, code: 'name_taken' })
    assert.deepEqual(first.user, {
      id: first.user.id,
      name: 'ann',
      kind: 'user',
      email: ann.email,
      passwordHash: 'h',
      createdAt: ann.at,
    })
    assert.deepEqual(await users.create({ ...ann, name: 'anna' }), { ok: false, code: 'email_taken' })
    assert.equal((await users.create(guest)).ok, true)
    assert.equal((await users.create(guest)).ok, true)
    assert.deepEqual(await users.get(first.user.id), first.user)
    assert.equal(await users.get(999), undefined)
  })

  test('[AC8] an account is found by its exact name, else its e-mail; a guest never', async () => {
    await using town = await openTown(make)
    const { users } = town.store
    const made = async (name: string, kind: 'user' | 'guest', email: string | null) => {
      const user = await users.create({ name, kind, email, passwordHash: 'h', at: town.at() })
      return user.ok ? user.user.id : undefined
    }
    const ann = await made('ann', 'user', 'ann@example.com')
    const odd = await made('odd@example.com', 'user', null)
    await made('zoe', 'guest', null)
    assert.equal((await users.byLogin('ann'))?.id, ann)
    assert.equal((await users.byLogin('ann@example.com'))?.id, ann)
    assert.equal((await users.byLogin('odd@example.com'))?.id, odd)
    for (const wrong of ['Ann', 'an', 'zoe', '', 'ann@example.co_'])
      assert.equal(await users.byLogin(wrong), undefined)
    assert.equal(await users.replaceHash(ann ?? 0, 'h', 'new'), true)
    assert.equal((await users.byLogin('ann'))?.passwordHash, 'new')
    assert.equal(await users.replaceHash(ann ?? 0, 'h', 'newer'), false)
    assert.equal((await users.byLogin('ann'))?.passwordHash, 'new')
  })
}
