import assert from 'node:assert/strict'
import { test } from 'node:test'
import { emptyRoom, reduce } from '@parlance/protocol/reduce'
import type { Draft, UserRow } from '../../../src/ports/store.ts'
import { type MakeStore, openTown, sendDraft, type Town } from './town.ts'

/** An open room of an account, with so many guests in it. */
async function hall(town: Town, count: number) {
  const ann = await town.account('ann')
  const room = await town.room(ann, { visibility: 'open' })
  const guests: UserRow[] = []
  for (let i = 0; i < count; i += 1) guests.push(await town.guest(`gus ${i}`))
  for (const guest of guests) await town.join(room, guest.id)
  const by = ({ id, name }: UserRow) => ({ room, actor: { id, name }, at: town.at() })
  const close: Draft = { type: 'room.update', ...by(ann), visibility: 'private' }
  return { ann, room, guests, by, close }
}

export function testGuests(make: MakeStore): void {
  for (const visibility of ['public', 'private'] as const) {
    test(`[AC35] a room that becomes ${visibility} loses its guests in the same transaction, each by an event`, async () => {
      await using town = await openTown(make)
      const { ann, room, guests, by } = await hall(town, 3)
      const bob = await town.account('bob')
      await town.join(room, bob.id)
      const closed = await town.ok({ type: 'room.update', ...by(ann), visibility })
      assert.deepEqual(
        closed.events.map((event) => [event.type, 'user' in event ? event.user.id : null, event.actor.id]),
        [['room.updated', null, ann.id], ...guests.map(({ id }) => ['member.removed', id, ann.id])],
      )
      assert.deepEqual(await town.store.rooms.memberIds(room), [ann.id, bob.id])
      assert.equal((await town.store.rooms.standing(ann.id, room))?.room.members, 2)
      for (const { id } of guests) assert.deepEqual(await town.store.rooms.own(id), [])
      const log = await town.store.eventsAfter(room, 0, 100)
      const folded = log.reduce((state, event) => reduce(state, event, null), emptyRoom)
      assert.deepEqual([...folded.members.keys()], [ann.id, bob.id])
      assert.deepEqual(
        log.map(({ seq }) => seq),
        log.map((_, index) => index + 1),
      )
      assert.deepEqual((await town.ok({ type: 'room.update', ...by(ann), topic: 'tea' })).events.length, 1)
    })
  }

  test('[AC35] guests who come in the same commit come before the change, or not at all', async () => {
    await using town = await openTown(make)
    const { ann, room, close, by } = await hall(town, 1)
    const [early, late] = [await town.guest('early'), await town.guest('late')]
    const join = (guest: UserRow): Draft => ({
      type: 'member.join',
      ...by(guest),
      user: guest.id,
      role: 'member',
    })
    const answers = await Promise.all([join(early), close, join(late)].map(town.code))
    assert.deepEqual(answers, ['ok', 'ok', 'not_found'])
    assert.deepEqual(await town.store.rooms.memberIds(room), [ann.id])
    const begin: Draft = {
      type: 'room.create',
      actor: ann,
      at: town.at(),
      name: 'x',
      topic: '',
      visibility: 'public',
      members: [{ user: late.id, role: 'member' }],
      uniqueName: false,
      directKey: null,
    }
    assert.equal(await town.code(begin), 'not_found')
    assert.equal(await town.code({ ...begin, visibility: 'open' }), 'ok')
  })

  test('[AC35] a guest who was made an owner keeps the room open; an account beside it closes it', async () => {
    await using town = await openTown(make)
    const { ann, room, guests, by, close } = await hall(town, 1)
    const [gus] = guests
    assert.ok(gus)
    await town.ok({ type: 'member.role', ...by(ann), user: gus.id, role: 'owner' })
    assert.equal(await town.code({ type: 'room.update', ...by(gus), visibility: 'private' }), 'forbidden')
    await town.ok({ type: 'room.update', ...by(gus), topic: 'tea' })
    await town.ok(close)
    const members = await town.store.rooms.members(room, 0, 10)
    assert.deepEqual(
      members.map(({ user, role }) => [user.id, role]),
      [[ann.id, 'owner']],
    )
  })

  test('[AC35] a mute goes on outside; who comes back to a room that is open again is muted still', async () => {
    await using town = await openTown(make)
    const { ann, room, guests, by, close } = await hall(town, 1)
    const [gus] = guests
    assert.ok(gus)
    const until = '2027-01-01T00:00:00.000Z'
    await town.ok({ type: 'member.mute', ...by(ann), user: gus.id, until })
    await town.ok(close)
    await town.ok({ type: 'room.update', ...by(ann), visibility: 'open' })
    await town.join(room, gus.id)
    const asOf = 1
    assert.equal(await town.code({ ...sendDraft(room, gus, 'x', town.at()), asOf }), 'muted')
  })

  test('[AC35] of very many guests none stays', async () => {
    await using town = await openTown(make)
    const { ann, room, close } = await hall(town, 2_000)
    assert.equal((await town.ok(close)).events.length, 2_001)
    assert.deepEqual(await town.store.rooms.memberIds(room), [ann.id])
  })

  test('[AC18] [AC3] no guest inherits a room; whoever made it comes back to it as its owner', async () => {
    await using town = await openTown(make)
    const { ann, room, guests, by } = await hall(town, 2)
    await town.ok({ type: 'member.leave', ...by(ann), user: ann.id, heir: true })
    const roles = async () =>
      (await town.store.rooms.members(room, 0, 10)).map(({ user, role }) => [user.id, role])
    assert.deepEqual(
      await roles(),
      guests.map(({ id }) => [id, 'member']),
    )
    const bob = await town.account('bob')
    await town.join(room, bob.id)
    await town.join(room, ann.id)
    assert.deepEqual(
      (await roles()).filter(([, role]) => role === 'owner'),
      [[ann.id, 'owner']],
    )
    await town.ok({ type: 'member.leave', ...by(ann), user: ann.id, heir: true })
    assert.deepEqual(
      (await roles()).filter(([, role]) => role === 'owner'),
      [[bob.id, 'owner']],
    )
    await town.join(room, ann.id)
    await town.store.users.remove(bob.id, town.at())
    assert.deepEqual(
      (await roles()).filter(([, role]) => role === 'owner'),
      [[ann.id, 'owner']],
    )
  })
}
