import assert from 'node:assert/strict'
import { test } from 'node:test'
import { protocolLimits } from '@parlance/protocol/limits'
import type { Draft } from '../../../src/ports/store.ts'
import { type MakeStore, openTown } from './town.ts'

const at = '2026-06-01T00:00:00.000Z'
const later = '2026-06-02T00:00:00.000Z'

export function testInvites(make: MakeStore): void {
  test('[AC15] a link holds until its time, its revocation or its maker’s end as a member', async () => {
    await using town = await openTown(make)
    const { invites } = town.store
    const [ann, bob] = [await town.account('ann'), await town.account('bob')]
    const room = await town.room(ann)
    await town.join(room, bob.id)
    const link = (code: string, user: number, expiresAt = later) =>
      invites.create({ code, room, user, at, expiresAt })
    for (const [code, user] of [
      ['a', ann.id],
      ['b', bob.id],
      ['c', bob.id],
    ] as const) {
      assert.deepEqual(await link(code, user), { ok: true })
    }
    assert.deepEqual(await invites.get('a', at), {
      code: 'a',
      room,
      createdBy: { id: ann.id, name: 'ann', kind: 'user' },
      createdAt: at,
      expiresAt: later,
    })
    const codes = async (when = at) => (await invites.list(room, when)).map(({ code }) => code)
    assert.deepEqual(await codes(), ['a', 'b', 'c'])
    assert.deepEqual([await codes(later), await invites.get('a', later)], [[], undefined])
    assert.deepEqual(await invites.revoke({ code: 'c', room, user: bob.id, at }), { ok: true })
    assert.deepEqual([await codes(), await invites.get('c', at)], [['a', 'b'], undefined])
    await town.ok({ type: 'member.remove', room, actor: ann, at, user: bob.id })
    assert.deepEqual([await codes(), await invites.get('b', at)], [['a'], undefined])
    // It does not come back with its maker, however that one went.
    await town.join(room, bob.id)
    assert.deepEqual(await codes(), ['a'])
    await link('d', bob.id)
    await town.ok({ type: 'member.ban', room, actor: ann, at, user: bob.id })
    await town.ok({ type: 'member.unban', room, actor: ann, at, user: bob.id })
    await town.join(room, bob.id)
    await link('e', bob.id)
    await town.ok({ type: 'member.leave', room, actor: bob, at, user: bob.id })
    await town.join(room, bob.id)
    assert.deepEqual(await codes(), ['a'])
    assert.deepEqual(await invites.list(room + 1, at), [])
  })

  test('[AC15] a room has a bounded number of open links', async () => {
    await using town = await openTown(make)
    const { invites } = town.store
    const ann = await town.account('ann')
    const [room, other] = [await town.room(ann), await town.room(ann)]
    const link = (code: string, inRoom = room, from = at, expiresAt = later) =>
      invites.create({ code, room: inRoom, user: ann.id, at: from, expiresAt })
    for (let n = 0; n < protocolLimits.roomInvites; n += 1) assert.equal((await link(`${n}`)).ok, true)
    assert.deepEqual(await link('too many'), { ok: false, code: 'limit_reached' })
    assert.equal(await invites.get('too many', at), undefined)
    assert.equal((await link('elsewhere', other)).ok, true)
    await invites.revoke({ code: '7', room, user: ann.id, at })
    assert.equal((await link('in its place')).ok, true)
    assert.equal((await link('when all have expired', room, later, '2026-06-03T00:00:00.000Z')).ok, true)
  })

  test('[AC39] who has lost the right to it since it was looked at makes no link and ends none', async () => {
    await using town = await openTown(make)
    const { invites } = town.store
    const ann = await town.account('ann')
    const room = await town.room(ann)
    const fates = {
      ban: [{ type: 'member.ban' }, 'banned', 'banned'],
      removal: [{ type: 'member.remove' }, 'not_found', 'not_found'],
      mute: [{ type: 'member.mute', until: later }, 'muted', 'ok'],
      demotion: [{ type: 'member.role', role: 'member' }, 'ok', 'forbidden'],
      archive: [{ type: 'room.archive' }, 'archived', 'ok'],
    } as const
    for (const [fate, [draft, toMake, toEnd]] of Object.entries(fates)) {
      const bob = await town.account(`bob ${fate}`)
      await town.join(room, bob.id, 'moderator')
      const own = { code: `of ann ${fate}`, room, user: ann.id, at, expiresAt: later }
      assert.deepEqual(await invites.create(own), { ok: true })
      const link = { room, user: bob.id, at }
      await town.ok({ ...draft, room, actor: ann, at, user: bob.id } as Draft)
      const [made, ended] = await Promise.all([
        invites.create({ ...link, code: `of bob ${fate}`, expiresAt: later }),
        invites.revoke({ ...link, code: own.code }),
      ])
      assert.deepEqual(
        [made, ended].map((done) => (done.ok ? 'ok' : done.code)),
        // Private rooms are hidden from who is no member.
        [toMake, toEnd].map((code) => (code === 'banned' ? 'not_found' : code)),
        fate,
      )
    }
  })

  test('[AC15] [AC16] the transaction of a joining looks at the link', async () => {
    await using town = await openTown(make)
    const { invites, users } = town.store
    const [ann, bob, cid] = [await town.account('ann'), await town.account('bob'), await town.account('cid')]
    const made = await users.create({ name: 'gus', kind: 'guest', email: null, passwordHash: null, at })
    assert.ok(made.ok)
    const gus = made.user
    const [room, other] = [await town.room(ann), await town.room(ann)]
    await invites.create({ code: 'a', room, user: ann.id, at, expiresAt: later })
    const join = (actor: { id: number; name: string }, invite: string, into = room, when = at) =>
      town.code({
        type: 'member.join',
        room: into,
        actor,
        at: when,
        user: actor.id,
        role: 'member',
        invite,
        asOf: 0,
      })
    assert.equal(await join(bob, 'b'), 'not_found')
    assert.equal(await join(bob, 'a', other), 'not_found')
    assert.equal(await join(bob, 'a', room, later), 'not_found')
    assert.equal(await join(gus, 'a'), 'not_found')
    assert.equal(await join(bob, 'a'), 'ok')
    assert.equal((await town.store.rooms.standing(bob.id, room))?.member?.role, 'member')
    await town.ok({ type: 'member.ban', room, actor: ann, at, user: cid.id })
    assert.equal(await join(cid, 'a'), 'banned')
    await town.ok({ type: 'room.update', room, actor: ann, at, visibility: 'open' })
    assert.equal(await join(gus, 'a'), 'ok')
    await invites.revoke({ code: 'a', room, user: ann.id, at })
    const dan = await town.account('dan')
    assert.equal(await join(dan, 'a'), 'not_found')
    await invites.create({ code: 'e', room, user: ann.id, at, expiresAt: later })
    await town.ok({ type: 'room.archive', room, actor: ann, at })
    assert.equal(await join(dan, 'e'), 'archived')
  })

  test('[AC17] bans say when and by whom, page by page', async () => {
    await using town = await openTown(make)
    const ann = await town.account('ann')
    const room = await town.room(ann)
    const banned = [await town.account('bob'), await town.account('cid'), await town.account('dan')]
    for (const { id } of banned) await town.ok({ type: 'member.ban', room, actor: ann, at, user: id })
    const bans = (after: number, limit: number) => town.store.rooms.bans(room, after, limit)
    assert.deepEqual(await bans(0, 1), [
      {
        user: { id: banned[0]?.id, name: 'bob', kind: 'user' },
        at,
        by: { id: ann.id, name: 'ann', kind: 'user' },
      },
    ])
    const names = async () => (await bans(banned[0]?.id ?? 0, 10)).map(({ user }) => user.name)
    assert.deepEqual(await names(), ['cid', 'dan'])
    await town.ok({ type: 'member.unban', room, actor: ann, at, user: banned[1]?.id ?? 0 })
    assert.deepEqual(await names(), ['dan'])
    await town.store.users.remove(ann.id, later)
    assert.deepEqual((await bans(0, 1))[0]?.by, { id: ann.id, name: 'Deleted user', kind: 'deleted' })
  })
}
