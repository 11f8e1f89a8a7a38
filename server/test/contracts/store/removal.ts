import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type MakeStore, openTown, sendDraft } from './town.ts'

const gone = (id: number) => ({ id, name: 'Deleted user', kind: 'deleted' })

export function testRemoval(make: MakeStore): void {
  test('[AC11] a deleted account’s name is nowhere any more and free, and its messages stay', async () => {
    await using town = await openTown(make)
    const { store } = town
    const [ann, bob] = [await town.account('ann'), await town.account('bob')]
    const owned = await town.room(ann)
    const open = await town.room(bob, { visibility: 'open' })
    const left = await town.room(bob)
    const never = await town.room(bob)
    const banned = await town.room(bob)
    await town.join(owned, bob.id)
    await town.send(open, ann, 'not a member here')
    await town.join(left, ann.id)
    const { message } = await town.send(left, ann, 'still here', { mentions: [bob.id] })
    await town.ok({ type: 'reaction.add', room: left, actor: ann, at: town.at(), message, emoji: '👍' })
    await town.ok({ type: 'member.leave', room: left, actor: ann, at: town.at(), user: ann.id })
    await town.ok({ type: 'member.ban', room: banned, actor: bob, at: town.at(), user: ann.id })

    const at = town.at()
    const events = await store.users.remove(ann.id, at)
    assert.deepEqual(
      events.map(({ type, room }) => [type, room]),
      [
        ['user.deleted', owned],
        ['member.updated', owned],
        ['user.deleted', open],
        ['user.deleted', left],
        ['user.deleted', banned],
      ],
    )
    const [first, second] = events
    assert.ok(first?.type === 'user.deleted' && second?.type === 'member.updated')
    assert.deepEqual([first.actor, first.user, first.at], [gone(ann.id), gone(ann.id), at])
    assert.deepEqual([second.actor, second.user.id, second.role], [gone(ann.id), bob.id, 'owner'])
    for (const room of [owned, open, left, never, banned]) {
      const log = await store.eventsAfter(room, 0, 100)
      assert.equal(JSON.stringify(log).includes('"ann"'), false)
      assert.deepEqual(
        log.filter(({ seq }) => events.some((event) => event.room === room && event.seq === seq)),
        events.filter((event) => event.room === room),
      )
    }
    const read = await store.messages.get(left, message, ann.id)
    assert.deepEqual([read?.author, read?.text, read?.reactions.length], [gone(ann.id), 'still here', 1])
    assert.deepEqual(await store.rooms.memberIds(owned), [bob.id])
    const { room: after } = (await store.rooms.standing(null, owned)) ?? {}
    assert.deepEqual([after?.members, after?.creator], [1, null])
    assert.equal((await store.rooms.standing(ann.id, banned))?.banned, false)
    assert.deepEqual(await store.rooms.own(ann.id), [])
    assert.deepEqual(await store.users.get(ann.id), {
      ...gone(ann.id),
      email: null,
      passwordHash: null,
      createdAt: ann.createdAt,
    })
    assert.deepEqual(await store.users.find('ann', 10), [])
    assert.equal(await store.users.byLogin('ann'), undefined)
    const again = await town.account('ann')
    assert.ok(again.id > bob.id)
    assert.deepEqual(await store.users.remove(ann.id, town.at()), [])
  })

  test('[AC11] a deleted account writes nothing and is let in nowhere', async () => {
    await using town = await openTown(make)
    const [ann, bob] = [await town.account('ann'), await town.account('bob')]
    const room = await town.room(bob, { visibility: 'open' })
    await town.store.users.remove(ann.id, town.at())
    assert.equal(await town.code(sendDraft(room, ann, 'hi', town.at())), 'session_ended')
    assert.equal(
      await town.code({ type: 'room.update', room, actor: ann, at: town.at(), topic: 'x' }),
      'session_ended',
    )
    const on = { room, actor: bob, at: town.at(), user: ann.id }
    assert.equal(await town.code({ type: 'member.join', ...on, role: 'member' }), 'not_found')
    assert.equal(await town.code({ type: 'member.ban', ...on }), 'not_found')
  })

  test('[AC3] a room that loses its last owner gets the moderator, else the member, who is there longest', async () => {
    await using town = await openTown(make)
    const people = []
    for (const name of ['zoe', 'ann', 'bob', 'cat', 'dan']) people.push(await town.account(name))
    const [zoe, ann, bob, cat, dan] = people.map(({ id }) => id)
    const owner = people[0]
    assert.ok(owner && zoe && ann && bob && cat && dan)
    const room = await town.room(owner)
    for (const user of [bob, ann]) await town.join(room, user)
    for (const user of [dan, cat]) await town.join(room, user, 'moderator')
    const owners = async () =>
      (await town.store.rooms.members(room, 0, 10))
        .filter(({ role }) => role === 'owner')
        .map(({ user }) => user.id)
    for (const [leaver, heir] of [
      [zoe, dan],
      [dan, cat],
      [cat, bob],
      [bob, ann],
    ] as const) {
      await town.store.users.remove(leaver, town.at())
      assert.deepEqual(await owners(), [heir])
    }
    assert.deepEqual(
      (await town.store.users.remove(ann, town.at())).map(({ type }) => type),
      ['user.deleted'],
    )
  })

  test('[AC11] in a direct conversation the other one stays, as deleted', async () => {
    await using town = await openTown(make)
    const [ann, bob] = [await town.account('ann'), await town.account('bob')]
    const members = [
      { user: ann.id, role: 'member' as const },
      { user: bob.id, role: 'member' as const },
    ]
    const room = await town.room(ann, { visibility: 'direct', members, directKey: 'x', name: '' })
    const events = await town.store.users.remove(ann.id, town.at())
    assert.deepEqual(
      events.map(({ type }) => type),
      ['user.deleted'],
    )
    assert.deepEqual((await town.store.rooms.ownOne(bob.id, room))?.peer, gone(ann.id))
  })
}
