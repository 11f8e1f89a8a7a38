import assert from 'node:assert/strict'
import { test } from 'node:test'
import { protocolLimits } from '@parlance/protocol/limits'
import type { Draft } from '../../../src/ports/store.ts'
import { type MakeStore, openTown, sendDraft } from './town.ts'

export function testReads(make: MakeStore): void {
  test('[MS8] a marker never goes back and never passes the head; counts are of others, and absolute', async () => {
    await using town = await openTown(make)
    const [ann, bob] = [await town.account('ann'), await town.account('bob')]
    const room = await town.room(ann)
    await town.send(room, ann, 'before bob came', { mentions: [bob.id] })
    await town.join(room, bob.id)
    const own = async () => {
      const { read, unread, mentions } = (await town.store.rooms.ownOne(bob.id, room)) ?? {}
      return { read, unread, mentions }
    }
    assert.deepEqual(await own(), { read: 4, unread: 0, mentions: 0 })
    const first = await town.send(room, ann, 'one', { mentions: [bob.id, ann.id] })
    await town.send(room, bob, 'mine', { mentions: [bob.id] })
    const third = await town.send(room, { id: null, name: 'stranger' }, 'two', { mentions: [bob.id, bob.id] })
    assert.deepEqual(await own(), { read: 4, unread: 2, mentions: 2 })
    const { reads } = town.store
    assert.deepEqual(await reads.mark(bob.id, room, first.seq ?? 0), {
      read: 5,
      unread: 1,
      mentions: 1,
      moved: true,
    })
    assert.deepEqual(await reads.mark(bob.id, room, 1), { read: 5, unread: 1, mentions: 1, moved: false })
    await town.ok({
      type: 'message.edit',
      room,
      actor: ann,
      at: town.at(),
      message: third.message,
      text: 'x',
      mentions: [],
    })
    assert.deepEqual(await own(), { read: 5, unread: 1, mentions: 0 })
    await town.ok({ type: 'message.delete', room, actor: ann, at: town.at(), message: third.message })
    assert.deepEqual(await own(), { read: 5, unread: 0, mentions: 0 })
    assert.deepEqual(await reads.mark(bob.id, room, 1_000), { read: 9, unread: 0, mentions: 0, moved: true })
    const stranger = await town.account('stranger')
    assert.equal(await reads.mark(stranger.id, room, 5), undefined)
    // Nor of one who has been removed since the right to it was looked at.
    const removed: Draft = { type: 'member.remove', room, actor: ann, at: town.at(), user: bob.id }
    await town.ok(removed)
    assert.equal(await reads.mark(bob.id, room, 9), undefined)
  })

  test('[MS8] counts stop at the cap', async () => {
    await using town = await openTown(make)
    const [ann, bob] = [await town.account('ann'), await town.account('bob')]
    const room = await town.room(ann)
    await town.join(room, bob.id)
    const count = protocolLimits.countCap + 1
    const drafts = Array.from({ length: count }, () => ({
      ...sendDraft(room, ann, 'x', town.at()),
      mentions: [bob.id],
    }))
    await Promise.all(drafts.map(town.ok))
    const own = await town.store.rooms.ownOne(bob.id, room)
    assert.deepEqual([own?.unread, own?.mentions], [protocolLimits.countCap, protocolLimits.countCap])
  })

  test('[MS8] counts look at 10,000 messages after the marker, however many are one’s own', async () => {
    await using town = await openTown(make)
    const [ann, bob] = [await town.account('ann'), await town.account('bob')]
    const room = await town.room(ann)
    await town.join(room, bob.id)
    const own = Array.from({ length: 9_999 }, () => sendDraft(room, ann, 'x', town.at()))
    const others = Array.from({ length: 2 }, () => sendDraft(room, bob, 'x', town.at()))
    const { head } = (await town.store.rooms.ownOne(ann.id, room)) ?? { head: 0 }
    await town.store.reads.mark(ann.id, room, head)
    await Promise.all([...own, ...others].map(town.ok))
    assert.equal((await town.store.rooms.ownOne(ann.id, room))?.unread, 1)
    assert.equal((await town.store.reads.mark(ann.id, room, head + 1))?.unread, 2)
  })

  test('[RE5] a user’s rooms come by id with role, marker and counts', async () => {
    await using town = await openTown(make)
    const [ann, bob] = [await town.account('ann'), await town.account('bob')]
    const rooms = [await town.room(ann), await town.room(bob), await town.room(ann)]
    await town.send(rooms[2] ?? 0, bob, 'hello', { mentions: [ann.id] })
    const own = await town.store.rooms.own(ann.id)
    assert.deepEqual(
      own.map(({ id, unread, mentions }) => [id, unread, mentions]),
      [
        [rooms[0], 0, 0],
        [rooms[2], 1, 1],
      ],
    )
    assert.deepEqual(own[0], {
      id: rooms[0],
      name: 'room of ann',
      topic: '',
      visibility: 'private',
      archived: false,
      creator: ann.id,
      createdAt: own[0]?.createdAt,
      members: 1,
      head: 2,
      role: 'owner',
      mutedUntil: null,
      lastMessageAt: null,
      read: 2,
      unread: 0,
      mentions: 0,
    })
    assert.deepEqual(await town.store.rooms.ownOne(ann.id, rooms[2] ?? 0), own[1])
    assert.equal(await town.store.rooms.ownOne(ann.id, rooms[1] ?? 0), undefined)
    assert.deepEqual(await town.store.rooms.own(999), [])
  })
}
