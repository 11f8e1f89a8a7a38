import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { RoomId, UserId } from '@parlance/protocol/models'
import type { Draft, DraftType } from '../../../src/ports/store.ts'
import { type MakeStore, openTown, sendDraft, type Town } from './town.ts'

async function withMember(town: Town) {
  const [ann, bob] = [await town.account('ann'), await town.account('bob')]
  const room = await town.room(ann)
  await town.join(room, bob.id)
  const on = <T extends DraftType>(type: T, user: UserId) => ({ type, room, actor: ann, at: town.at(), user })
  return { ann, bob, room, on }
}

async function roles(town: Town, room: RoomId): Promise<Record<string, string>> {
  const members = await town.store.rooms.members(room, 0, 100)
  const count = (await town.store.rooms.standing(null, room))?.room.members
  assert.equal(count, members.length)
  assert.deepEqual(
    await town.store.rooms.memberIds(room),
    members.map(({ user }) => user.id),
  )
  return Object.fromEntries(members.map(({ user, role }) => [user.name, role]))
}

export function testMembers(make: MakeStore): void {
  test('[AC3] who joins is a member; who is one already joins without an event', async () => {
    await using town = await openTown(make)
    const { ann, bob, room, on } = await withMember(town)
    assert.deepEqual(await roles(town, room), { ann: 'owner', bob: 'member' })
    assert.deepEqual((await town.join(room, bob.id, 'moderator')).events, [])
    const cat = await town.account('cat')
    const [event] = (await town.ok({ ...on('member.join', cat.id), role: 'moderator' })).events
    assert.ok(event?.type === 'member.joined')
    assert.deepEqual(
      [event.actor.name, event.user, event.role],
      ['ann', { id: cat.id, name: 'cat', kind: 'user' }, 'moderator'],
    )
    assert.equal(await town.code({ ...on('member.join', 999), role: 'member' }), 'not_found')
    const page = await town.store.rooms.members(room, ann.id, 1)
    assert.deepEqual(page, [
      {
        user: { id: bob.id, name: 'bob', kind: 'user' },
        role: 'member',
        mutedUntil: null,
        joinedAt: page[0]?.joinedAt,
        read: 3,
      },
    ])
    const standing = await town.store.rooms.standing(bob.id, room)
    assert.deepEqual(
      [standing?.member, standing?.banned, standing?.room.creator],
      [{ role: 'member', mutedUntil: null }, false, ann.id],
    )
    assert.equal((await town.store.rooms.standing(null, room))?.member, null)
    assert.equal(await town.store.rooms.standing(ann.id, 77), undefined)
  })

  test('[AC3] the last owner may leave where there is to be an heir: the one who has been there longest', async () => {
    await using town = await openTown(make)
    const { ann, bob, room, on } = await withMember(town)
    const cat = await town.account('cat')
    await town.join(room, cat.id, 'moderator')
    const leave = (user: UserId) => ({ ...on('member.leave', user), heir: true })
    const { events } = await town.ok(leave(ann.id))
    assert.deepEqual(
      events.map(({ type }) => type),
      ['member.left', 'member.updated'],
    )
    assert.deepEqual(await roles(town, room), { bob: 'member', cat: 'owner' })
    await town.ok(leave(cat.id))
    assert.deepEqual(await roles(town, room), { bob: 'owner' })
    assert.equal((await town.ok(leave(bob.id))).events.length, 1)
    assert.deepEqual(await roles(town, room), {})
  })

  test('[AC42] an owner who leaves names the member who becomes owner, in the same change', async () => {
    await using town = await openTown(make)
    const { ann, bob, room, on } = await withMember(town)
    const cat = await town.account('cat')
    const leave = (user: UserId, heir: UserId) => ({ ...on('member.leave', user), heir })
    assert.equal(await town.code(leave(ann.id, cat.id)), 'not_found')
    assert.equal(await town.code(leave(bob.id, ann.id)), 'forbidden')
    assert.deepEqual(await roles(town, room), { ann: 'owner', bob: 'member' })
    await town.join(room, cat.id, 'moderator')
    const { events } = await town.ok(leave(ann.id, bob.id))
    assert.deepEqual(
      events.map(({ type }) => type),
      ['member.updated', 'member.left'],
    )
    assert.deepEqual(await roles(town, room), { bob: 'owner', cat: 'moderator' })
  })

  test('[AC41] rooms that somebody is banned from', async () => {
    await using town = await openTown(make)
    const { ann, bob, room, on } = await withMember(town)
    const other = await town.room(bob)
    assert.deepEqual(await town.store.rooms.bannedFrom(bob.id), [])
    await town.ok(on('member.ban', bob.id))
    await town.ok({ type: 'member.ban', room: other, actor: bob, at: town.at(), user: ann.id })
    assert.deepEqual(await town.store.rooms.bannedFrom(bob.id), [room])
    await town.ok(on('member.unban', bob.id))
    assert.deepEqual(await town.store.rooms.bannedFrom(bob.id), [])
  })

  test('[AC3] rosters are the members of several rooms at once, by room and user', async () => {
    await using town = await openTown(make)
    const { ann, bob, room } = await withMember(town)
    const [other, unasked] = [await town.room(bob), await town.room(ann)]
    await town.join(unasked, bob.id)
    const user = ({ id, name }: typeof ann) => ({ id, name, kind: 'user' as const })
    assert.deepEqual(await town.store.rooms.rosters([other, room, 999]), [
      { room, user: user(ann) },
      { room, user: user(bob) },
      { room: other, user: user(bob) },
    ])
    assert.deepEqual(await town.store.rooms.rosters([]), [])
  })

  test('[AC3] who leaves or is removed is no member; of one who is none nothing happens', async () => {
    await using town = await openTown(make)
    const { bob, room, on } = await withMember(town)
    for (const [type, told] of [
      ['member.leave', 'member.left'],
      ['member.remove', 'member.removed'],
    ] as const) {
      await town.join(room, bob.id)
      assert.equal((await town.ok(on(type, bob.id))).events[0]?.type, told)
      assert.deepEqual(await roles(town, room), { ann: 'owner' })
      assert.deepEqual((await town.ok(on(type, bob.id))).events, [])
    }
  })

  test('[AC3] a ban ends the membership and keeps out, until it is lifted', async () => {
    await using town = await openTown(make)
    const { bob, room, on } = await withMember(town)
    assert.deepEqual((await town.ok(on('member.unban', bob.id))).events, [])
    assert.equal((await town.ok(on('member.ban', bob.id))).events[0]?.type, 'member.banned')
    assert.deepEqual((await town.ok(on('member.ban', bob.id))).events, [])
    assert.deepEqual(await roles(town, room), { ann: 'owner' })
    assert.equal((await town.store.rooms.standing(bob.id, room))?.banned, true)
    assert.equal(await town.code({ ...on('member.join', bob.id), role: 'member' }), 'banned')
    assert.equal((await town.ok(on('member.unban', bob.id))).events[0]?.type, 'member.unbanned')
    assert.equal((await town.join(room, bob.id)).events.length, 1)
    const stranger = await town.account('stranger')
    assert.equal((await town.ok(on('member.ban', stranger.id))).events.length, 1)
    assert.equal(await town.code(on('member.ban', 999)), 'not_found')
  })

  test('[AC3] roles and mutes are told as they are then', async () => {
    await using town = await openTown(make)
    const { bob, room, on } = await withMember(town)
    const until = '2030-01-01T00:00:00.000Z'
    const told = async (draft: Draft) => {
      const [event] = (await town.ok(draft)).events
      return event?.type === 'member.updated' ? [event.user.name, event.role, event.mutedUntil] : event
    }
    assert.deepEqual(await told({ ...on('member.mute', bob.id), until }), ['bob', 'member', until])
    assert.deepEqual(await told({ ...on('member.role', bob.id), role: 'moderator' }), [
      'bob',
      'moderator',
      until,
    ])
    assert.equal(await told({ ...on('member.role', bob.id), role: 'moderator' }), undefined)
    assert.equal(await told({ ...on('member.mute', bob.id), until }), undefined)
    assert.deepEqual((await town.store.rooms.standing(bob.id, room))?.member, {
      role: 'moderator',
      mutedUntil: until,
    })
    assert.deepEqual(await told({ ...on('member.mute', bob.id), until: null }), ['bob', 'moderator', null])
    assert.equal(await town.code({ ...on('member.role', 999), role: 'owner' }), 'not_found')
    assert.equal(await town.code({ ...on('member.mute', 999), until }), 'not_found')
  })

  test('[AC3] a room keeps an owner while it has members', async () => {
    await using town = await openTown(make)
    const { ann, bob, room, on } = await withMember(town)
    assert.equal(await town.code(on('member.leave', ann.id)), 'last_owner')
    assert.equal(await town.code(on('member.remove', ann.id)), 'last_owner')
    assert.equal(await town.code(on('member.ban', ann.id)), 'last_owner')
    assert.equal(await town.code({ ...on('member.role', ann.id), role: 'member' }), 'last_owner')
    assert.deepEqual(await roles(town, room), { ann: 'owner', bob: 'member' })
    await town.ok({ ...on('member.role', bob.id), role: 'owner' })
    await town.ok(on('member.leave', ann.id))
    assert.deepEqual(await roles(town, room), { bob: 'owner' })
    await town.ok(on('member.leave', bob.id))
    assert.deepEqual(await roles(town, room), {})
  })

  test('[AC3] a room without any owner is left freely', async () => {
    await using town = await openTown(make)
    const { ann, bob } = await withMember(town)
    const room = await town.room(ann, { actor: { id: null, name: 'nobody' }, members: [] })
    assert.equal((await town.store.rooms.standing(null, room))?.room.creator, null)
    await town.join(room, ann.id)
    await town.join(room, bob.id)
    await town.ok({ type: 'member.leave', room, actor: ann, at: town.at(), user: ann.id })
    assert.deepEqual(await roles(town, room), { bob: 'member' })
  })

  test('[AC4] an archived room can be left, and nothing else be done in it', async () => {
    await using town = await openTown(make)
    const { ann, bob, room, on } = await withMember(town)
    const { message } = await town.send(room, ann, 'hi')
    const banned = await town.account('banned')
    await town.ok(on('member.ban', banned.id))
    await town.ok({ type: 'room.archive', room, actor: ann, at: town.at() })
    const by = { room, actor: ann, at: town.at(), message }
    const refused: Draft[] = [
      sendDraft(room, ann, 'hi', town.at()),
      { type: 'message.edit', ...by, text: 'ho', mentions: [] },
      { type: 'message.delete', ...by },
      { type: 'reaction.add', ...by, emoji: 'x' },
      { type: 'reaction.remove', ...by, emoji: 'x' },
      { type: 'room.update', room, actor: ann, at: town.at(), topic: 'x' },
      { type: 'room.archive', room, actor: ann, at: town.at() },
      { ...on('member.join', banned.id), role: 'member' },
      { ...on('member.role', bob.id), role: 'owner' },
      { ...on('member.mute', bob.id), until: null },
      on('member.ban', bob.id),
    ]
    for (const draft of refused) assert.equal(await town.code(draft), 'archived', draft.type)
    assert.equal((await town.ok(on('member.unban', banned.id))).events.length, 1)
    assert.equal((await town.ok(on('member.leave', bob.id))).events.length, 1)
  })

  test('[MS10] the members of these names are found, and nobody else', async () => {
    await using town = await openTown(make)
    const { ann, bob, room } = await withMember(town)
    await town.account('cat')
    assert.deepEqual(await town.store.rooms.mentioned(room, ['bob', 'cat', 'ann', 'nobody', "o'x", '"']), [
      { id: ann.id, name: 'ann' },
      { id: bob.id, name: 'bob' },
    ])
    assert.deepEqual(await town.store.rooms.mentioned(room, []), [])
  })
}
