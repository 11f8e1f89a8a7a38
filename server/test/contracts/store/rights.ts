import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { MessageId, RoomId, UserId } from '@parlance/protocol/models'
import type { Draft } from '../../../src/ports/store.ts'
import { type MakeStore, openTown, type Town } from './town.ts'

type RoomDraft = Exclude<Draft, { type: 'room.create' }>
type Act = RoomDraft extends infer D
  ? D extends RoomDraft
    ? Omit<D, 'room' | 'actor' | 'at'>
    : never
  : never

interface Scene {
  readonly own: MessageId
  readonly others: MessageId
  /** A member, one who is none, and one who is banned. */
  readonly member: UserId
  readonly outsider: UserId
  readonly outcast: UserId
}

/** Everything that an owner may do in a room, and what it takes. */
const acts: readonly (readonly ['write' | 'moderate' | 'own', (scene: Scene) => Act])[] = [
  ['write', () => ({ type: 'message.send', text: 'x', nonce: null, replyTo: null, mentions: [] })],
  ['write', ({ own }) => ({ type: 'message.edit', message: own, text: 'y', mentions: [] })],
  ['write', ({ own }) => ({ type: 'message.delete', message: own })],
  ['write', ({ others }) => ({ type: 'reaction.add', message: others, emoji: '👍' })],
  ['write', ({ others }) => ({ type: 'reaction.remove', message: others, emoji: '👎' })],
  ['write', ({ outsider }) => ({ type: 'member.join', user: outsider, role: 'member' })],
  ['moderate', () => ({ type: 'room.update', topic: 'tea' })],
  ['moderate', ({ member }) => ({ type: 'member.mute', user: member, until: '2027-01-01T00:00:00.000Z' })],
  ['moderate', ({ member }) => ({ type: 'member.remove', user: member })],
  ['moderate', ({ member }) => ({ type: 'member.ban', user: member })],
  ['moderate', ({ outcast }) => ({ type: 'member.unban', user: outcast })],
  ['own', () => ({ type: 'room.update', name: 'another' })],
  ['own', () => ({ type: 'room.update', visibility: 'private' })],
  ['own', () => ({ type: 'room.archive' })],
  ['own', ({ member }) => ({ type: 'member.role', user: member, role: 'moderator' })],
]

/** What befalls the one who acts, and what each act is answered with after it. */
const fates: Record<string, { happens: (user: UserId) => Act; refuses: (needs: string) => string }> = {
  nothing: {
    happens: () => ({ type: 'message.send', text: 'x', nonce: null, replyTo: null, mentions: [] }),
    refuses: () => 'ok',
  },
  'not meant by what happened': {
    happens: () => ({ type: 'room.update', topic: 'coffee' }),
    refuses: () => 'ok',
  },
  banned: { happens: (user) => ({ type: 'member.ban', user }), refuses: () => 'banned' },
  removed: { happens: (user) => ({ type: 'member.remove', user }), refuses: () => 'not_a_member' },
  left: { happens: (user) => ({ type: 'member.leave', user }), refuses: () => 'not_a_member' },
  muted: {
    happens: (user) => ({ type: 'member.mute', user, until: '2027-01-01T00:00:00.000Z' }),
    refuses: (needs) => (needs === 'write' ? 'muted' : 'ok'),
  },
  'a member now': {
    happens: (user) => ({ type: 'member.role', user, role: 'member' }),
    refuses: (needs) => (needs === 'write' ? 'ok' : 'forbidden'),
  },
  'a moderator now': {
    happens: (user) => ({ type: 'member.role', user, role: 'moderator' }),
    refuses: (needs) => (needs === 'own' ? 'forbidden' : 'ok'),
  },
  archived: { happens: () => ({ type: 'room.archive' }), refuses: () => 'archived' },
}

export function testRights(make: MakeStore): void {
  for (const [fate, { happens, refuses }] of Object.entries(fates)) {
    test(`[AC14] what was drafted before its author was: ${fate}`, async () => {
      await using town = await openTown(make)
      const people = await makePeople(town)
      for (const [needs, act] of acts) {
        const { room, head, scene } = await makeScene(town, people)
        const by = (id: UserId) => ({ room, actor: { id, name: '' }, at: town.at() })
        await town.ok({ ...happens(people.actor.id), ...by(people.owner.id) } as Draft)
        const late = { ...act(scene), ...by(people.actor.id) } as Draft
        const code = await town.code({ ...late, asOf: head } as Draft)
        assert.equal(code, refuses(needs), `${JSON.stringify(late)} by one who is ${fate}`)
      }
    })
  }

  test('[AC14] a guest has no say in a room that has ceased to be open; one of lower rank is no target once raised', async () => {
    await using town = await openTown(make)
    const { owner, actor, member } = await makePeople(town)
    const made = await town.store.users.create({
      name: 'gus',
      kind: 'guest',
      email: null,
      passwordHash: null,
      at: town.at(),
    })
    assert.ok(made.ok)
    const room = await town.room(owner, { visibility: 'open' })
    await town.join(room, made.user.id)
    await town.join(room, actor.id, 'moderator')
    await town.join(room, member.id)
    const head = await headOf(town, room)
    const by = (id: UserId) => ({ room, actor: { id, name: '' }, at: town.at() })
    await town.ok({ type: 'member.role', ...by(owner.id), user: member.id, role: 'moderator' })
    const late = { type: 'member.remove', ...by(actor.id), user: member.id } as const
    assert.equal(await town.code({ ...late, asOf: head }), 'forbidden')
    await town.ok({ type: 'room.update', ...by(owner.id), visibility: 'public' })
    const said = { type: 'message.send', text: 'x', nonce: null, replyTo: null, mentions: [] } as const
    assert.equal(await town.code({ ...said, ...by(made.user.id), asOf: head }), 'not_found')
    assert.equal(await town.code({ ...said, ...by(actor.id), asOf: head }), 'ok')
  })

  test('[AC14] of messages and a ban in one commit, those before the ban land', async () => {
    await using town = await openTown(make)
    const { owner, actor } = await makePeople(town)
    const room = await town.room(owner, { visibility: 'public' })
    await town.join(room, actor.id)
    const asOf = await headOf(town, room)
    const say = (): Draft => ({
      type: 'message.send',
      room,
      actor: { id: actor.id, name: '' },
      at: town.at(),
      asOf,
      text: 'x',
      nonce: null,
      replyTo: null,
      mentions: [],
    })
    const ban: Draft = {
      type: 'member.ban',
      room,
      actor: { id: owner.id, name: '' },
      at: town.at(),
      asOf,
      user: actor.id,
    }
    const appended = await Promise.all([say(), say(), ban, say(), say()].map(town.store.append))
    assert.deepEqual(
      appended.map((answer) => (answer.ok ? 'ok' : answer.code)),
      ['ok', 'ok', 'ok', 'banned', 'banned'],
    )
  })
}

async function makePeople(town: Town) {
  const names = ['owner', 'actor', 'member', 'outsider', 'outcast'] as const
  const people = new Map<string, Awaited<ReturnType<Town['account']>>>()
  for (const name of names) people.set(name, await town.account(name))
  return Object.fromEntries(people) as Record<(typeof names)[number], Awaited<ReturnType<Town['account']>>>
}

/** A public room in which `actor` is an owner beside another. */
async function makeScene(town: Town, people: Awaited<ReturnType<typeof makePeople>>) {
  const { owner, actor, member, outsider, outcast } = people
  const room = await town.room(owner, { visibility: 'public' })
  await town.join(room, actor.id, 'owner')
  await town.join(room, member.id)
  const by = (id: UserId) => ({ room, actor: { id, name: '' }, at: town.at() })
  await town.ok({ type: 'member.ban', ...by(owner.id), user: outcast.id })
  const own = (await town.send(room, actor, 'mine')).message
  const others = (await town.send(room, owner, 'theirs')).message
  await town.ok({ type: 'reaction.add', ...by(actor.id), message: others, emoji: '👎' })
  const scene: Scene = { own, others, member: member.id, outsider: outsider.id, outcast: outcast.id }
  return { room, head: await headOf(town, room), scene }
}

async function headOf(town: Town, room: RoomId) {
  const standing = await town.store.rooms.standing(null, room)
  assert.ok(standing)
  return standing.room.head
}
