import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Room } from '@parlance/protocol/models'
import { bestFirst } from '@parlance/protocol/name-parts'
import fc from 'fast-check'
import { type MakeStore, openTown, type Town } from './town.ts'

const all = { openOnly: false, after: 0, limit: 100 }

async function users(town: Town, search: string, limit = 10): Promise<string[]> {
  return (await town.store.users.find(search, limit)).map(({ name }) => name)
}

async function rooms(town: Town, name: string, more: Partial<typeof all> = {}): Promise<string[]> {
  return (await town.store.rooms.find({ ...all, name, ...more })).map((room) => room.name)
}

export function testFind(make: MakeStore): void {
  test('[AC19] accounts are found by any part of their name, the best first, each once', async () => {
    await using town = await openTown(make)
    for (const name of ['banana', 'lukas.müller', 'Anna', 'Zoë', 'an', 'marianne', 'joAnn', 'x-an', 'anan'])
      await town.account(name)
    assert.deepEqual(await users(town, 'an'), ['an', 'anan', 'Anna', 'x-an', 'joAnn', 'banana', 'marianne'])
    assert.deepEqual(await users(town, 'AN', 3), ['an', 'anan', 'Anna'])
    for (const search of ['müller', 'muller', 'MÜLLER', 'mu\u0308ller', 'ｍüｌｌｅｒ', ' müller '])
      assert.deepEqual(await users(town, search), ['lukas.müller'], search)
    assert.deepEqual(await users(town, 'zoe'), ['Zoë'])
    assert.deepEqual(await users(town, 'nobody'), [])
  })

  test('[AC30] no character of a search is special, and a search without a key finds nothing', async () => {
    await using town = await openTown(make)
    for (const name of ['a%b', 'a_b', 'aXb', 'ab', 'b', 'ą']) await town.account(name)
    assert.deepEqual(await users(town, 'a%'), ['a%b'])
    assert.deepEqual(await users(town, '_'), ['a_b'])
    assert.deepEqual(await users(town, 'ą'), ['ą', 'a%b', 'ab', 'aXb', 'a_b'])
    for (const search of ['', ' ', '\u0308', '\u200b', '\u3164'])
      assert.deepEqual(await users(town, search), [], JSON.stringify(search))
    assert.deepEqual(await rooms(town, ' '), [])
    assert.deepEqual(await users(town, '\u{10FFFF}'), [])
    assert.deepEqual(await users(town, 'b'.repeat(500)), [])
  })

  test('[AC31] neither guests nor deleted accounts are found, and a freed name finds its new owner', async () => {
    await using town = await openTown(make)
    const ann = await town.account('ann')
    await town.store.users.create({
      name: 'anna',
      kind: 'guest',
      email: null,
      passwordHash: null,
      at: town.at(),
    })
    assert.deepEqual(await users(town, 'nn'), ['ann'])
    await town.store.users.remove(ann.id, town.at())
    assert.deepEqual([await users(town, 'ann'), await users(town, 'deleted')], [[], []])
    const next = await town.account('ann')
    assert.deepEqual(
      (await town.store.users.find('ann', 10)).map(({ id }) => id),
      [next.id],
    )
  })

  test('[AC31] a room is found while the list shows it, by the name that it has', async () => {
    await using town = await openTown(make)
    const ann = await town.account('ann')
    const by = () => ({ actor: ann, at: town.at() })
    const open = await town.room(ann, { name: 'ops alerts', visibility: 'open' })
    const pub = await town.room(ann, { name: 'alerts', visibility: 'public' })
    const secret = await town.room(ann, { name: 'secret alerts', visibility: 'private' })
    assert.deepEqual(await rooms(town, 'alert'), ['alerts', 'ops alerts'])
    assert.deepEqual(await rooms(town, 'alert', { openOnly: true }), ['ops alerts'])
    await town.ok({ type: 'room.update', room: pub, ...by(), visibility: 'open' })
    assert.deepEqual(await rooms(town, 'alert', { openOnly: true }), ['alerts', 'ops alerts'])
    await town.ok({ type: 'room.update', room: secret, ...by(), visibility: 'public', name: 'known alerts' })
    assert.deepEqual(await rooms(town, 'alert'), ['alerts', 'ops alerts', 'known alerts'])
    assert.deepEqual(await rooms(town, 'secret'), [])
    await town.ok({ type: 'room.update', room: secret, ...by(), visibility: 'private' })
    await town.ok({ type: 'room.update', room: secret, ...by(), name: 'hidden alerts' })
    await town.ok({ type: 'room.update', room: pub, ...by(), name: 'Größe', topic: 'x' })
    assert.deepEqual([await rooms(town, 'alert'), await rooms(town, 'grosse')], [['ops alerts'], ['Größe']])
    await town.ok({ type: 'room.archive', room: open, ...by() })
    assert.deepEqual(await rooms(town, 'alert'), [])
  })

  test('[AC32] pages of a search follow each other; a room that is hidden does not tell its place', async () => {
    await using town = await openTown(make)
    const ann = await town.account('ann')
    const ids = new Map<string, number>()
    for (const name of ['stea', 'green tea', 'tea', 'teatime', 'tea tea', 'team', 'steam', 'tea', 'TEA'])
      ids.set(name, await town.room(ann, { name, visibility: 'public' }))
    const hidden = await town.room(ann, { name: 'teb', visibility: 'private' })
    const whole = await town.store.rooms.find({ ...all, name: 'tea' })
    assert.deepEqual(
      whole.map(({ name }) => name),
      ['tea', 'tea', 'TEA', 'tea tea', 'team', 'teatime', 'green tea', 'stea', 'steam'],
    )
    for (const limit of [1, 2, 4]) {
      const read: Room[] = []
      for (let page: readonly Room[] = []; ; ) {
        page = await town.store.rooms.find({ ...all, name: 'tea', after: page.at(-1)?.id ?? 0, limit })
        read.push(...page)
        if (page.length < limit) break
      }
      assert.deepEqual(read, whole)
    }
    for (const after of [hidden, ids.get('team')! + 1000])
      assert.equal((await town.store.rooms.find({ ...all, name: 'te', after })).length, whole.length)
    assert.equal(
      (await town.store.rooms.find({ ...all, openOnly: true, name: 'te', after: ids.get('team')! })).length,
      0,
    )
  })

  test('[AC19] what is found among any names is found by the store, in the same order', async () => {
    await using town = await openTown(make)
    const ann = await town.account('ann')
    const letter = fc.constantFrom('a', 'A', 'ä', 'b', 'ß', ' ', '-', '1', 'й', '한', '京')
    const name = fc.string({ unit: letter, minLength: 1, maxLength: 8 })
    const names = fc.sample(name, { numRuns: 60, seed: 7 })
    const made: { id: number; name: string }[] = []
    for (const one of names)
      made.push({ id: await town.room(ann, { name: one, visibility: 'open' }), name: one })
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: letter, minLength: 1, maxLength: 3 }), async (search) => {
        const found = await town.store.rooms.find({ ...all, name: search })
        const expected = bestFirst(search, made, (room) => room.name)
        assert.deepEqual(
          found.map(({ id }) => id),
          expected.map(({ id }) => id),
        )
      }),
      { numRuns: 60 },
    )
  })
}
