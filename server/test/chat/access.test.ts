import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type CommandType, commands, commandTypes } from '@parlance/protocol/commands'
import { routeOf } from '@parlance/protocol/http'
import { NativeClient } from '../support/native-client.ts'
import { company, type Person } from '../support/people.ts'
import { ask } from '../support/rest.ts'
import { inputs, makeWorld, requestOf, routedTypes } from '../support/world.ts'

const visibilities = ['open', 'public', 'private'] as const
type Visibility = (typeof visibilities)[number]

/** How somebody stands to the room. All but the guest are accounts. */
const standings = ['owner', 'moderator', 'member', 'muted', 'banned', 'removed', 'stranger', 'guest'] as const
type StandingName = (typeof standings)[number]

const inside: readonly StandingName[] = ['owner', 'moderator', 'member', 'muted']

/** What each command on a room asks of who sends it. */
const needs: Partial<Record<CommandType, keyof typeof verdicts>> = {
  'room.get': 'see',
  'room.join': 'join',
  'room.leave': 'leave',
  'room.members': 'read',
  'room.events': 'read',
  'message.get': 'read',
  'message.history': 'read',
  presence: 'read',
  'read.mark': 'belong',
  typing: 'write',
  'message.send': 'write',
  'reaction.add': 'write',
  'reaction.list': 'read',
  'reaction.remove': 'write',
  'message.edit': 'author',
  'room.invite': 'invite',
  'invite.create': 'invite',
  'invite.list': 'belong',
  'invite.revoke': 'revoke',
  'room.bans': 'moderate',
  'message.delete': 'erase',
  'member.mute': 'moderate',
  'member.remove': 'moderate',
  'member.ban': 'moderate',
  'member.unban': 'moderate',
  'room.update': 'own',
  'room.archive': 'own',
  'member.role': 'own',
}

/** What keeps one out of a room altogether, where something does. */
function barred(who: StandingName, room: Visibility): string | undefined {
  if (inside.includes(who)) return undefined
  if (room === 'private' || (room === 'public' && who === 'guest')) return 'not_found'
  return who === 'banned' ? 'banned' : undefined
}

const isIn = (who: StandingName, room: Visibility) => inside.includes(who) || room === 'open'

function write(who: StandingName, room: Visibility): string {
  return barred(who, room) ?? (isIn(who, room) ? (who === 'muted' ? 'muted' : 'ok') : 'not_a_member')
}

const verdicts = {
  see: (who: StandingName, room: Visibility) => (barred(who, room) === 'not_found' ? 'not_found' : 'ok'),
  join: (who: StandingName, room: Visibility) => barred(who, room) ?? 'ok',
  leave: (who: StandingName, room: Visibility) =>
    barred(who, room) === 'not_found'
      ? 'not_found'
      : who === 'owner'
        ? 'last_owner'
        : inside.includes(who)
          ? 'ok'
          : 'not_a_member',
  read: (who: StandingName, room: Visibility) =>
    barred(who, room) ?? (isIn(who, room) ? 'ok' : 'not_a_member'),
  belong: (who: StandingName, room: Visibility) =>
    barred(who, room) ?? (inside.includes(who) ? 'ok' : 'not_a_member'),
  write,
  author: (who: StandingName, room: Visibility) =>
    write(who, room) === 'ok' && who !== 'owner' ? 'forbidden' : write(who, room),
  erase: (who: StandingName, room: Visibility) =>
    write(who, room) === 'ok' && who !== 'owner' && who !== 'moderator' ? 'forbidden' : write(who, room),
  invite: (who: StandingName, room: Visibility) =>
    write(who, room) === 'ok' && !inside.includes(who) ? 'not_a_member' : write(who, room),
  revoke: (who: StandingName, room: Visibility) =>
    barred(who, room) ??
    (!inside.includes(who) ? 'not_a_member' : who === 'owner' || who === 'moderator' ? 'ok' : 'forbidden'),
  moderate: (who: StandingName, room: Visibility) =>
    barred(who, room) ??
    (who === 'owner' || who === 'moderator' ? 'ok' : isIn(who, room) ? 'forbidden' : 'not_a_member'),
  own: (who: StandingName, room: Visibility) =>
    barred(who, room) ?? (who === 'owner' ? 'ok' : isIn(who, room) ? 'forbidden' : 'not_a_member'),
}

test('[AC1] every command on a room has a row in the matrix', () => {
  const onRooms = commandTypes.filter((type) => 'room' in commands[type].input.properties)
  assert.deepEqual(
    onRooms.filter((type) => needs[type] === undefined),
    [],
  )
})

for (const visibility of visibilities) {
  test(`[AC1] [AC2] [AC3] the matrix of standings and commands, in a room that is ${visibility}`, async () => {
    await using chat = await company([
      'owner',
      'moderator',
      'member',
      'muted',
      'banned',
      'removed',
      'stranger',
      'target',
      'outcast',
    ])
    const { token } = (await ask(chat.server, 'POST', '/v1/guests', { body: { name: 'gus' } })).body
    using guest = await NativeClient.open(chat.server, { token })
    const socketOf = (who: StandingName) => (who === 'guest' ? guest : chat.person(who).socket)
    for (const [type, need] of Object.entries(needs) as [CommandType, keyof typeof verdicts][]) {
      const asked = standings.map(async (who) => {
        const { room, message, code } = await makeRoom(chat.person, visibility)
        const user = type === 'member.unban' ? chat.person('outcast').id : chat.person('target').id
        const target = type === 'room.invite' ? chat.person('outcast').id : user
        if (type === 'room.invite')
          await chat.person('owner').socket.do('member.unban', { room, user: target })
        const input = {
          room,
          message,
          code,
          user: target,
          text: 'x',
          emoji: '👍',
          seq: 1,
          role: 'moderator',
          forMs: 1,
          name: `n${room}`,
        }
        const ref = 1_000_000 + room
        socketOf(who).send({ ...input, type, ref })
        const reply = await socketOf(who).next((frame) => frame.ref === ref)
        const got = reply.ok ? 'ok' : reply.error.code
        assert.equal(got, verdicts[need](who, visibility), `${type} by ${who}`)
      })
      await Promise.all(asked)
      for (const { frames } of [guest, ...chat.people.map(({ socket }) => socket)]) frames.length = 0
    }
  })
}

/** What a link answers to each standing: it shows its room to all but the banned, and lets guests into open ones only. */
function byLink(type: 'invite.get' | 'invite.accept', who: StandingName, room: Visibility): string {
  if (who === 'banned') return 'banned'
  return type === 'invite.accept' && who === 'guest' && room !== 'open' ? 'forbidden' : 'ok'
}

for (const visibility of visibilities) {
  test(`[AC16] [AC40] the matrix of standings and links, into a room that is ${visibility}`, async () => {
    const accounts = standings.filter((who) => who !== 'guest')
    await using chat = await company([...accounts, 'target', 'outcast'])
    const guest = (await ask(chat.server, 'POST', '/v1/guests', { body: { name: 'gus' } })).body
    using socket = await NativeClient.open(chat.server, { token: guest.token })
    for (const who of standings) {
      const client = who === 'guest' ? socket : chat.person(who).socket
      const token = who === 'guest' ? guest.token : chat.person(who).token
      const { room, code } = await makeRoom(chat.person, visibility)
      for (const type of ['invite.get', 'invite.accept'] as const) {
        const expected = byLink(type, who, visibility)
        const { route, path } = requestOf(type, {})
        for (const wrong of [`${code.slice(1)}x`, 'A'.repeat(22)]) {
          assert.equal(await client.refused(type, { code: wrong }), 'not_found', `${type} by ${who}`)
        }
        const reply = await client.ask(type, { code })
        assert.equal(reply.ok ? 'ok' : reply.error.code, expected, `${type} by ${who}`)
        const answer = await ask(chat.server, route.method, path, { token, body: { code } })
        assert.equal(answer.status === 200 ? 'ok' : answer.body.code, expected, `${type} by ${who}`)
      }
      if (byLink('invite.accept', who, visibility) === 'ok') await client.do('message.history', { room })
    }
  })
}

async function makeRoom(person: (name: string) => Person, visibility: Visibility) {
  const owner = person('owner').socket
  const { id: room } = await owner.do('room.create', { name: crypto.randomUUID(), visibility })
  for (const name of ['moderator', 'member', 'muted', 'removed', 'target']) {
    await owner.do('room.invite', { room, user: person(name).id })
  }
  await owner.do('member.role', { room, user: person('moderator').id, role: 'moderator' })
  await owner.do('member.mute', { room, user: person('muted').id, forMs: 60_000 })
  await owner.do('member.ban', { room, user: person('banned').id })
  await owner.do('member.ban', { room, user: person('outcast').id })
  await owner.do('member.remove', { room, user: person('removed').id })
  const { id: message } = await owner.do('message.send', { room, text: 'x' })
  const { invite } = await owner.do('invite.create', { room })
  return { room, message, code: invite.code }
}

test('[AC1] [AC5] no command of REST answers without a good token, but those to get one', async () => {
  await using chat = await company(['ann'])
  const ended = chat.person('ann').token
  const world = await makeWorld(chat.server)
  await ask(chat.server, 'DELETE', '/v1/session', { token: ended })
  for (const type of routedTypes) {
    const { route, path, body } = requestOf(type, inputs[type](world))
    if (routeOf(type)?.open === true) continue
    for (const token of [undefined, 'x.y.z', ended]) {
      if (token === undefined && routeOf(type)?.anonymous === true) continue
      const answer = await ask(chat.server, route.method, path, { token, ...(body && { body }) })
      assert.equal(answer.status, 401, `${type} with ${token}`)
    }
  }
})
