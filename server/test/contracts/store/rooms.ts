import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Author, Draft } from '../../../src/ports/store.ts'
import { type MakeStore, openTown, type Town } from './town.ts'

type RoomDraft = Extract<Draft, { type: 'room.create' }>
type RoomFields = Partial<RoomDraft>

/** A public room under a name that is its own, without members unless given. */
function publicRoom(town: Town, actor: Author, name: string, more: RoomFields): RoomDraft {
  return {
    type: 'room.create',
    actor,
    at: town.at(),
    name,
    topic: '',
    visibility: 'public',
    members: [],
    uniqueName: true,
    directKey: null,
    ...more,
  }
}

export function testRooms(make: MakeStore): void {
  test('[ST1] a room begins with its creation, then its members', async () => {
    await using town = await openTown(make)
    const [ann, bob] = [await town.account('ann'), await town.account('bob')]
    const made = await town.ok({
      type: 'room.create',
      actor: ann,
      at: town.at(),
      name: 'kitchen',
      topic: 'tea',
      visibility: 'public',
      members: [
        { user: ann.id, role: 'owner' },
        { user: bob.id, role: 'member' },
        { user: bob.id, role: 'owner' },
      ],
      uniqueName: true,
      directKey: null,
    })
    assert.deepEqual(
      made.events.map(({ type, seq }) => [type, seq]),
      [
        ['room.created', 1],
        ['member.joined', 2],
        ['member.joined', 3],
      ],
    )
    const standing = await town.store.rooms.standing(bob.id, made.room)
    assert.deepEqual(standing, {
      room: {
        id: made.room,
        name: 'kitchen',
        topic: 'tea',
        visibility: 'public',
        archived: false,
        creator: ann.id,
        createdAt: made.events[0]?.at,
        members: 2,
        head: 3,
      },
      member: { role: 'member', mutedUntil: null },
      banned: false,
      mutedUntil: null,
    })
    const unknown: Draft = {
      type: 'room.create',
      actor: ann,
      at: town.at(),
      name: 'x',
      topic: '',
      visibility: 'private',
      members: [{ user: 999, role: 'owner' }],
      uniqueName: false,
      directKey: null,
    }
    assert.equal(await town.code(unknown), 'not_found')
  })

  test('[ST3] a name is taken once among open and public rooms, also when both are made at once', async () => {
    await using town = await openTown(make)
    const ann = await town.account('ann')
    const named = (name: string, more: RoomFields = {}) => publicRoom(town, ann, name, more)
    assert.deepEqual(
      await Promise.all([town.code(named('a')), town.code(named('a', { visibility: 'open' }))]),
      ['ok', 'name_taken'],
    )
    assert.equal(await town.code(named('a', { visibility: 'private', uniqueName: false })), 'ok')
    const { room } = await town.ok(named('b'))
    const rename = (more: Partial<Extract<Draft, { type: 'room.update' }>>): Draft => ({
      type: 'room.update',
      room,
      actor: ann,
      at: town.at(),
      ...more,
    })
    assert.equal(await town.code(rename({ name: 'a' })), 'name_taken')
    assert.equal(await town.code(rename({ name: 'a', visibility: 'private' })), 'ok')
    assert.equal(await town.code(rename({ visibility: 'open' })), 'name_taken')
    await town.ok({
      type: 'room.archive',
      room: (await town.store.rooms.listed(all))[0]?.id ?? 0,
      actor: ann,
      at: town.at(),
    })
    assert.equal(await town.code(rename({ visibility: 'open' })), 'ok')
    assert.equal(await town.code(rename({ topic: 'still named a' })), 'ok')
  })

  test('[ST3] a direct conversation is one room, however often it is opened', async () => {
    await using town = await openTown(make)
    const [ann, bob] = [await town.account('ann'), await town.account('bob')]
    const open: Draft = {
      type: 'room.create',
      actor: ann,
      at: town.at(),
      name: '',
      topic: '',
      visibility: 'direct',
      members: [
        { user: ann.id, role: 'member' },
        { user: bob.id, role: 'member' },
      ],
      uniqueName: false,
      directKey: '1:2',
    }
    const [first, second] = await Promise.all([town.ok(open), town.ok(open)])
    assert.deepEqual([first?.events.length, second], [3, { ok: true, room: first?.room, events: [] }])
    const own = await town.store.rooms.ownOne(ann.id, first?.room ?? 0)
    assert.deepEqual(own?.peer, { id: bob.id, name: 'bob', kind: 'user' })
  })

  test('[AC38] [CO11] of many rooms that are created at once, as many stand as one may have', async () => {
    await using town = await openTown(make)
    const ann = await town.account('ann')
    const create = (name: string, more: RoomFields = {}) =>
      publicRoom(town, ann, name, { members: [{ user: ann.id, role: 'owner' }], most: 3, ...more })
    const codes = await Promise.all(Array.from({ length: 50 }, (_, i) => town.code(create(`room ${i}`))))
    assert.deepEqual(
      codes,
      codes.map((_, i) => (i < 3 ? 'ok' : 'limit_reached')),
    )
    const [first] = await town.store.rooms.listed(all)
    await town.ok({ type: 'room.archive', room: first?.id ?? 0, actor: ann, at: town.at() })
    assert.equal(await town.code(create('after one was archived')), 'ok')
    assert.equal(await town.code(create('one too many')), 'limit_reached')
    // Nobody in particular has no count, direct conversations have none.
    assert.equal(await town.code(create('by a claim', { actor: { id: null, name: 'x' }, members: [] })), 'ok')
  })

  test('[ST1] an update tells all of name, topic and visibility; one that changes nothing tells nothing', async () => {
    await using town = await openTown(make)
    const ann = await town.account('ann')
    const room = await town.room(ann, { name: 'kitchen', topic: 'tea', visibility: 'public' })
    const by = { type: 'room.update', room, actor: ann } as const
    const [event] = (await town.ok({ ...by, at: town.at(), topic: 'coffee' })).events
    assert.ok(event?.type === 'room.updated')
    assert.deepEqual([event.name, event.topic, event.visibility], ['kitchen', 'coffee', 'public'])
    assert.deepEqual((await town.ok({ ...by, at: town.at(), topic: 'coffee', name: 'kitchen' })).events, [])
    assert.equal((await town.store.rooms.standing(null, room))?.room.topic, 'coffee')
    const archived = await town.ok({ type: 'room.archive', room, actor: ann, at: town.at() })
    assert.equal(archived.events[0]?.type, 'room.archived')
    assert.equal((await town.store.rooms.standing(null, room))?.room.archived, true)
  })

  test('[AC2] the list has open and public rooms that stand, by id', async () => {
    await using town = await openTown(make)
    const ann = await town.account('ann')
    const open = await town.room(ann, { visibility: 'open' })
    await town.room(ann, { visibility: 'private' })
    const archived = await town.room(ann, { visibility: 'public' })
    const pub = await town.room(ann, { visibility: 'public' })
    await town.ok({ type: 'room.archive', room: archived, actor: ann, at: town.at() })
    const ids = async (options: Parameters<typeof town.store.rooms.listed>[0]) =>
      (await town.store.rooms.listed(options)).map(({ id }) => id)
    assert.deepEqual(await ids(all), [open, pub])
    assert.deepEqual(await ids({ ...all, openOnly: true }), [open])
    assert.deepEqual(await ids({ ...all, after: open }), [pub])
    assert.deepEqual(await ids({ ...all, limit: 1 }), [open])
  })

  test('[RE5] one’s rooms tell when their newest message was sent, whatever comes after it', async () => {
    await using town = await openTown(make)
    const ann = await town.account('ann')
    const room = await town.room(ann)
    const last = async () => (await town.store.rooms.ownOne(ann.id, room))?.lastMessageAt
    assert.equal(await last(), null)
    await town.send(room, ann, 'first')
    const { message, events } = await town.send(room, ann, 'second')
    const at = events[0]?.at
    assert.ok(at !== undefined)
    assert.equal(await last(), at)
    await town.ok({ type: 'reaction.add', room, actor: ann, at: town.at(), message, emoji: 'x' })
    await town.ok({ type: 'message.delete', room, actor: ann, at: town.at(), message })
    assert.equal(await last(), at)
    assert.equal((await town.store.rooms.own(ann.id))[0]?.lastMessageAt, at)
  })
}

const all = { openOnly: false, after: 0, limit: 100 }
