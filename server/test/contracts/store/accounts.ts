import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type MakeStore, openTown } from './town.ts'

export function testAccounts(make: MakeStore): void {
  test('[AC20] names and e-mail addresses are one account’s own, in one space', async () => {
    await using town = await openTown(make)
    const { users } = town.store
    const ann = {
      name: 'ann',
      kind: 'user',
      email: 'ann@example.com',
      passwordHash: 'h',
      at: town.at(),
    } as const
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
    const refusals: readonly (readonly [name: string, email: string | null, code: string])[] = [
      ['anna', 'ann@example.com', 'email_taken'],
      ['anna', 'Ann@EXAMPLE.com', 'email_taken'],
      ['Ann', null, 'name_taken'],
      ['ＡＮＮ', null, 'name_taken'],
      ['ann\u034f', null, 'name_taken'],
      ['ann@example.com', null, 'name_taken'],
      ['ANN@example.com', 'other@example.com', 'name_taken'],
      ['anna', 'ann', 'email_taken'],
      ['anna', ' ANN', 'email_taken'],
    ]
    for (const [name, email, code] of refusals) {
      assert.deepEqual(await users.create({ ...ann, name, email }), { ok: false, code }, `${name} ${email}`)
    }
    assert.deepEqual(await users.get(first.user.id), first.user)
    assert.equal(await users.get(999), undefined)
    // Its own address may be its name.
    assert.equal((await users.create({ ...ann, name: 'hammad', email: 'Hammad' })).ok, true)
    await users.remove(first.user.id, town.at())
    assert.equal((await users.create({ ...ann, name: 'ANN@example.com', email: 'ann' })).ok, true)
  })

  test('[AC20] of many who take a name or an address at once, one has it', async () => {
    await using town = await openTown(make)
    const make8 = (of: (i: number) => { name: string; email: string }) =>
      Promise.all(
        Array.from({ length: 8 }, (_, i) =>
          town.store.users.create({ kind: 'user', passwordHash: 'h', at: town.at(), ...of(i) }),
        ),
      )
    const won = (made: readonly { readonly ok: boolean }[]) => made.filter(({ ok }) => ok).length
    const spellings = ['Vic', 'vic', 'VIC', 'ｖｉｃ', 'vıc', 'v\u200bic', 'viC', 'Vic ']
    assert.equal(
      won(await make8((i) => ({ name: spellings[i] ?? '', email: `${i}@example.com` }))),
      2,
      'ı is no i',
    )
    assert.equal(won(await make8((i) => ({ name: `n${i}`, email: spellings[i]?.trim() ?? '' }))), 0)
    // As a name of one, or as the address of another.
    assert.equal(
      won(
        await make8((i) =>
          i % 2 === 0 ? { name: 'X@y.z', email: `x${i}` } : { name: `m${i}`, email: 'x@Y.z' },
        ),
      ),
      1,
    )
  })

  test('[AC23] a guest has its name alone among the guests who are there, and none of an account', async () => {
    await using town = await openTown(make)
    const { users } = town.store
    await users.create({ name: 'ann', kind: 'user', email: 'vic', passwordHash: 'h', at: town.at() })
    const guest = async (name: string) => {
      const made = await users.create({ name, kind: 'guest', email: null, passwordHash: null, at: town.at() })
      return made.ok ? 'ok' : made.code
    }
    for (const name of ['ann', 'Ann', 'vic']) assert.equal(await guest(name), 'name_taken')
    assert.equal(await guest('zoe'), 'ok')
    for (const name of ['zoe', 'ZOE', 'ｚoe']) assert.equal(await guest(name), 'name_taken')
    // A guest is shown as one: its name is no obstacle to an account.
    const zoe = { name: 'Zoe', kind: 'user', email: null, passwordHash: 'h', at: town.at() } as const
    assert.equal((await users.create(zoe)).ok, true)
  })

  test('[AC8] [AC21] an account is found by its name or its e-mail, in any spelling; a guest never', async () => {
    await using town = await openTown(make)
    const { users } = town.store
    const made = async (name: string, kind: 'user' | 'guest', email: string | null) => {
      const user = await users.create({ name, kind, email, passwordHash: 'h', at: town.at() })
      return user.ok ? user.user.id : undefined
    }
    const ann = await made('ann', 'user', 'ann@example.com')
    const odd = await made('odd@example.com', 'user', null)
    await made('zoe', 'guest', null)
    for (const right of ['ann', 'Ann', ' ANN ', 'ａｎｎ', 'a\u00adnn', 'ann@example.com', 'ANN@Example.COM'])
      assert.equal((await users.byLogin(right))?.id, ann, right)
    assert.equal((await users.byLogin('odd@example.com'))?.id, odd)
    for (const wrong of ['an', 'zoe', '', 'ann@example.co_'])
      assert.equal(await users.byLogin(wrong), undefined)
    assert.equal(await users.replaceHash(ann ?? 0, 'h', 'new'), true)
    assert.equal((await users.byLogin('ann'))?.passwordHash, 'new')
    assert.equal(await users.replaceHash(ann ?? 0, 'h', 'newer'), false)
    assert.equal((await users.byLogin('ann'))?.passwordHash, 'new')
  })

  test('[AC24] a guest is gone once it was not seen, or its sessions have ended; its name is free once it has left', async () => {
    await using town = await openTown(make)
    const { users, guests, sessions } = town.store
    const guest = async (name: string) => {
      const made = await users.create({ name, kind: 'guest', email: null, passwordHash: null, at: town.at() })
      assert.ok(made.ok)
      return made.user
    }
    const gone = async (before: string) => (await guests.gone(before, 10)).map(({ name }) => name)
    const [gus, zoe] = [await guest('gus'), await guest('zoe')]
    const ann = await town.account('ann')
    const room = await town.room(ann, { visibility: 'open' })
    await town.join(room, gus.id)
    assert.deepEqual(await guests.rooms(gus.id), [room])
    const expiresAt = '2030-01-01T00:00:00.000Z'
    const session = { createdAt: town.at(), lastUsedAt: town.at(), expiresAt, client: null, address: null }
    await sessions.create({ ...session, id: 'g', user: gus.id, refreshHash: 'g1' })
    await sessions.create({ ...session, id: 'z', user: zoe.id, refreshHash: 'z1' })
    const later = '2027-01-01T00:00:00.000Z'
    assert.deepEqual(await gone(''), [])
    assert.deepEqual(await gone(later), ['gus', 'zoe'])
    assert.deepEqual(
      (await guests.gone(later, 1)).map(({ id }) => id),
      [gus.id],
    )
    // Seen, and by a refresh: they are here. Accounts are not asked for.
    await guests.see([gus.id, ann.id], later, later)
    assert.deepEqual(await gone('2026-12-31T00:00:00.000Z'), ['zoe'])
    await sessions.rotate('z1', 'z2', later, expiresAt)
    assert.deepEqual(await gone('2026-12-31T00:00:00.000Z'), [])
    // The session has ended: gone, whatever is seen of it still.
    await sessions.end(gus.id, 'g')
    await guests.see([gus.id], '2028-01-01T00:00:00.000Z', expiresAt)
    assert.deepEqual(await gone(''), ['gus'])
    await guests.release(gus.id, '')
    assert.deepEqual(await gone(''), ['gus'], 'it is in a room still')
    const author = { id: gus.id, name: 'gus' }
    await town.ok({ type: 'member.leave', room, actor: author, user: gus.id, at: town.at() })
    await guests.release(gus.id, '')
    assert.deepEqual(await gone(''), [])
    // Its name is free, and back it is refused while another has it.
    const other = await guest('Gus')
    const back = {
      type: 'member.join',
      room,
      actor: author,
      user: gus.id,
      at: town.at(),
      role: 'member',
    } as const
    assert.equal(await town.code(back), 'name_taken')
    await users.remove(other.id, town.at())
    assert.equal(await town.code(back), 'ok')
    assert.deepEqual(await guests.rooms(gus.id), [room])
    const taken = await users.create({
      name: 'GUS',
      kind: 'guest',
      email: null,
      passwordHash: null,
      at: town.at(),
    })
    assert.deepEqual(taken, { ok: false, code: 'name_taken' })
  })
}
