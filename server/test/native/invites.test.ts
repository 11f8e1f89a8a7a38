import assert from 'node:assert/strict'
import { test } from 'node:test'
import { protocolLimits } from '@parlance/protocol/limits'
import type { Frame } from '../support/native-client.ts'
import { company } from '../support/people.ts'
import { ask } from '../support/rest.ts'

const dayMs = 86_400_000

test('[AC15] who is muted sees the links of the room as all else in it, and makes none', async () => {
  await using chat = await company(['ann', 'ben'])
  const [ann, ben] = [chat.person('ann'), chat.person('ben')]
  const room = await chat.room()
  const { invite } = await ann.socket.do('invite.create', { room })
  await ann.socket.do('member.mute', { room, user: ben.id, forMs: 60_000 })
  assert.deepEqual((await ben.socket.do('invite.list', { room })).invites, [invite])
  assert.equal(await ben.socket.refused('invite.create', { room }), 'muted')
})

test('[AC15] a link shows a private room, and lets in whoever has it', async () => {
  await using chat = await company(['ann', 'bob'])
  const [ann, bob] = [chat.person('ann'), chat.person('bob')]
  const { id: room } = await ann.socket.do('room.create', {
    name: 'secret',
    topic: 'tea',
    visibility: 'private',
  })
  const { invite } = await ann.socket.do('invite.create', { room })
  assert.match(invite.code, /^[A-Za-z0-9_-]{22}$/)
  assert.deepEqual(invite.createdBy, { id: ann.id, name: 'ann', kind: 'user' })
  assert.equal(Date.parse(invite.expiresAt) - Date.parse(invite.createdAt), 7 * dayMs)
  assert.deepEqual((await ann.socket.do('invite.list', { room })).invites, [invite])
  assert.equal(await bob.socket.refused('room.get', { room }), 'not_found')
  const told = await bob.socket.do('invite.get', { code: invite.code })
  assert.deepEqual(told, {
    room: { id: room, name: 'secret', topic: 'tea', visibility: 'private', archived: false, members: 1 },
    createdBy: invite.createdBy,
    expiresAt: invite.expiresAt,
  })
  const own = await bob.socket.do('invite.accept', { code: invite.code })
  assert.deepEqual([own.id, own.role, own.members], [room, 'member', 2])
  await bob.socket.next(({ type }) => type === 'room.added')
  const joined = await ann.socket.next(({ type, user }) => type === 'member.joined' && user.name === 'bob')
  assert.deepEqual([joined.room, joined.actor.name], [room, 'bob'])
  await ann.socket.do('message.send', { room, text: 'welcome' })
  await bob.socket.next(({ text }) => text === 'welcome')
  assert.equal((await bob.socket.do('invite.accept', { code: invite.code })).members, 2)
  const { members } = await ann.socket.do('room.members', { room })
  assert.equal(members.length, 2)
})

test('[AC15] a link ends: by its maker, by moderators, with its maker’s membership', async () => {
  await using chat = await company(['ann', 'bob', 'cid', 'dan'])
  const [ann, bob, cid] = ['ann', 'bob', 'cid'].map((name) => chat.person(name)) as [Person, Person, Person]
  const { id: room } = await ann.socket.do('room.create', { name: 'secret', visibility: 'private' })
  const other = await chat.room({ visibility: 'private' })
  for (const { id } of [bob, cid]) await ann.socket.do('room.invite', { room, user: id })
  const dan = chat.person('dan').socket
  const link = async ({ socket }: Person) => (await socket.do('invite.create', { room })).invite.code
  const [anns, bobs, bobsSecond, cids] = [await link(ann), await link(bob), await link(bob), await link(cid)]
  assert.equal(await bob.socket.refused('invite.revoke', { room, code: cids }), 'forbidden')
  assert.equal(await bob.socket.refused('invite.revoke', { room, code: 'x'.repeat(22) }), 'not_found')
  assert.equal(await ann.socket.refused('invite.revoke', { room: other, code: cids }), 'not_found')
  // Whoever is muted makes no links, and can still end those they made.
  await ann.socket.do('member.mute', { room, user: bob.id, forMs: dayMs })
  assert.equal(await bob.socket.refused('invite.create', { room }), 'muted')
  await bob.socket.do('invite.revoke', { room, code: bobs })
  await ann.socket.do('invite.revoke', { room, code: cids })
  await ann.socket.do('member.remove', { room, user: bob.id })
  for (const code of [bobs, bobsSecond, cids]) {
    assert.equal(await dan.refused('invite.get', { code }), 'not_found')
    assert.equal(await dan.refused('invite.accept', { code }), 'not_found')
    assert.equal(await ann.socket.refused('invite.revoke', { room, code }), 'not_found')
  }
  const { invites } = await ann.socket.do('invite.list', { room })
  assert.deepEqual(
    invites.map(({ code }: Frame) => code),
    [anns],
  )
})
type Person = ReturnType<Awaited<ReturnType<typeof company>>['person']>

test('[AC15] a link expires', async () => {
  await using chat = await company(['ann', 'bob'])
  const [ann, bob] = [chat.person('ann').socket, chat.person('bob').socket]
  const { id: room } = await ann.do('room.create', { name: 'secret', visibility: 'private' })
  const { invite } = await ann.do('invite.create', { room, forMs: 1 })
  while ((await ann.do('invite.list', { room })).invites.length > 0) await ann.settled()
  assert.equal(await bob.refused('invite.get', { code: invite.code }), 'not_found')
  assert.equal(await bob.refused('invite.accept', { code: invite.code }), 'not_found')
  const longest = await ann.do('invite.create', { room, forMs: 30 * dayMs })
  const { createdAt, expiresAt } = longest.invite
  assert.equal(Date.parse(expiresAt) - Date.parse(createdAt), protocolLimits.inviteMaxMs)
  for (const forMs of [0, 30 * dayMs + 1])
    assert.equal(await ann.refused('invite.create', { room, forMs }), 'bad_request')
})

test('[AC16] direct conversations have no links, archived rooms let nobody in', async () => {
  await using chat = await company(['ann', 'bob', 'cid'])
  const [ann, bob, cid] = [chat.person('ann').socket, chat.person('bob'), chat.person('cid').socket]
  const direct = await ann.do('direct.open', { user: bob.id })
  assert.equal(await ann.refused('invite.create', { room: direct.id }), 'forbidden')
  assert.equal(await ann.refused('invite.list', { room: direct.id }), 'forbidden')
  const { id: room } = await ann.do('room.create', { name: 'secret', visibility: 'private' })
  const { code } = (await ann.do('invite.create', { room })).invite
  await ann.do('room.archive', { room })
  assert.equal((await cid.do('invite.get', { code })).room.archived, true)
  assert.equal(await cid.refused('invite.accept', { code }), 'archived')
  assert.equal(await ann.refused('invite.create', { room }), 'archived')
  await ann.do('invite.revoke', { room, code })
  assert.equal(await cid.refused('invite.get', { code }), 'not_found')
})

test('[AC15] a room has at most 50 open links', async () => {
  await using chat = await company(['ann'])
  const { socket } = chat.person('ann')
  const room = await chat.room()
  const codes = new Set<string>()
  for (let n = 0; n < protocolLimits.roomInvites; n += 1)
    codes.add((await socket.do('invite.create', { room })).invite.code)
  assert.equal(codes.size, protocolLimits.roomInvites)
  assert.equal(await socket.refused('invite.create', { room }), 'limit_reached')
})

test('[AC40] an invitation says who invites to what before one is logged in, and no more than that', async () => {
  await using chat = await company(['ann', 'bob'])
  const [ann, bob] = [chat.person('ann'), chat.person('bob')]
  const { id: room } = await ann.socket.do('room.create', {
    name: 'secret',
    topic: 'tea',
    visibility: 'private',
  })
  const { invite } = await ann.socket.do('invite.create', { room })
  const body = { code: invite.code }
  const read = (options: object) => ask(chat.server, 'POST', '/v1/invites/get', { body, ...options })
  const told = {
    room: { id: room, name: 'secret', topic: 'tea', visibility: 'private', archived: false, members: 1 },
    createdBy: { id: null, name: 'ann', kind: 'user' },
    expiresAt: invite.expiresAt,
  }
  assert.deepEqual((await read({})).body, told)
  // A token that is shown has to be good; the cookie of a session that has ended is no token.
  assert.equal((await read({ token: 'x.y.z' })).status, 401)
  const headers = { cookie: 'parlance=gone', origin: chat.server.url }
  assert.deepEqual((await read({ headers })).body, told)
  assert.deepEqual((await read({ token: bob.token })).body, { ...told, createdBy: invite.createdBy })
  // Nothing else is open to who has the code.
  assert.equal((await ask(chat.server, 'POST', '/v1/invites/accept', { body })).status, 401)
  assert.equal((await ask(chat.server, 'GET', `/v1/rooms/${room}/messages`)).status, 401)
  await ann.socket.do('invite.revoke', { room, code: invite.code })
  assert.deepEqual([(await read({})).status, (await read({})).body.code], [404, 'not_found'])
})

test('[AC40] wrong codes from nobody in particular are limited by address, right ones are not', async () => {
  await using chat = await company(['ann'], { limits: { loginsPerMinute: 1 } })
  const { socket, token } = chat.person('ann')
  const { invite } = await socket.do('invite.create', { room: await chat.room() })
  const read = (code: string, options = {}) =>
    ask(chat.server, 'POST', '/v1/invites/get', { body: { code }, ...options })
  for (let n = 0; n < 9; n += 1) assert.equal((await read(invite.code)).status, 200)
  const answers = new Set<number>()
  for (let n = 0; n < 9; n += 1) answers.add((await read('A'.repeat(22))).status)
  assert.deepEqual([...answers], [404, 429])
  const limited = await read(invite.code)
  assert.equal(limited.body.code, 'rate_limited')
  assert.ok(limited.body.retryAfterMs > 0)
  assert.equal((await read(invite.code, { token })).status, 200)
})

test('[AC41] the banned are told so wherever the room is shown to them, and nothing of who did it', async () => {
  await using chat = await company(['ann', 'bob', 'cid'])
  const [ann, bob, cid] = [chat.person('ann'), chat.person('bob'), chat.person('cid')]
  const { id: room } = await ann.socket.do('room.create', { name: 'team' })
  await ann.socket.do('room.invite', { room, user: bob.id })
  await ann.socket.do('member.ban', { room, user: bob.id })
  const path = `/v1/rooms/${room}`
  const get = async (token: string) => (await ask(chat.server, 'GET', path, { token })).body
  const list = async (token: string) =>
    (await ask(chat.server, 'GET', '/v1/rooms', { token })).body.rooms.find(({ id }: Frame) => id === room)
  const plain = await get(cid.token)
  assert.equal('banned' in plain, false)
  assert.deepEqual(await list(cid.token), plain)
  for (const shown of [
    await get(bob.token),
    await list(bob.token),
    await bob.socket.do('room.get', { room }),
    (await bob.socket.do('room.list', {})).rooms.find(({ id }: Frame) => id === room),
  ])
    assert.deepEqual(shown, { ...plain, banned: true })
  await ann.socket.do('member.unban', { room, user: bob.id })
  for (const shown of [await get(bob.token), await list(bob.token)])
    assert.deepEqual(shown, { ...plain, head: plain.head + 1 })
})

test('[AC41] a private room stays hidden from the banned', async () => {
  await using chat = await company(['ann', 'bob'])
  const [ann, bob] = [chat.person('ann').socket, chat.person('bob')]
  const { id: room } = await ann.do('room.create', { name: 'secret', visibility: 'private' })
  await ann.do('room.invite', { room, user: bob.id })
  await ann.do('member.ban', { room, user: bob.id })
  assert.equal(await bob.socket.refused('room.get', { room }), 'not_found')
  assert.equal(await bob.socket.refused('room.get', { room: 2_000_000_000 }), 'not_found')
})

test('[AC42] the last owner leaves and names the next one in one go', async () => {
  await using chat = await company(['ann', 'bob', 'cid'])
  const [ann, bob, cid] = [chat.person('ann'), chat.person('bob'), chat.person('cid')]
  const { id: room } = await ann.socket.do('room.create', { name: 'team' })
  for (const { id } of [bob, cid]) await ann.socket.do('room.invite', { room, user: id })
  assert.equal(await ann.socket.refused('room.leave', { room }), 'last_owner')
  assert.equal(await ann.socket.refused('room.leave', { room, owner: ann.id }), 'bad_request')
  assert.equal(await ann.socket.refused('room.leave', { room, owner: 2_000_000_000 }), 'not_found')
  assert.equal(await bob.socket.refused('room.leave', { room, owner: cid.id }), 'forbidden')
  await ann.socket.do('room.leave', { room, owner: bob.id })
  const { members } = await bob.socket.do('room.members', { room })
  assert.deepEqual(
    members.map(({ user, role }: Frame) => [user.name, role]),
    [
      ['bob', 'owner'],
      ['cid', 'member'],
    ],
  )
  await bob.socket.do('room.archive', { room })
  const left = await ask(chat.server, 'POST', `/v1/rooms/${room}/leave`, {
    token: bob.token,
    body: { owner: cid.id },
  })
  assert.equal(left.status, 204)
  assert.equal((await cid.socket.do('room.get', { room })).role, 'owner')
})

test('[AC17] the banned are listed with when and by whom, on the socket and on REST', async () => {
  await using chat = await company(['ann', 'bob', 'cid'])
  const [ann, bob, cid] = [chat.person('ann'), chat.person('bob'), chat.person('cid')]
  const room = await chat.room()
  await ann.socket.do('member.role', { room, user: bob.id, role: 'moderator' })
  await bob.socket.do('member.ban', { room, user: cid.id })
  const banned = await ann.socket.next(({ type }) => type === 'member.banned')
  const ban = { user: banned.user, at: banned.at, by: banned.actor }
  assert.deepEqual(await bob.socket.do('room.bans', { room }), { bans: [ban], more: false })
  const path = `/v1/rooms/${room}/bans`
  assert.deepEqual((await ask(chat.server, 'GET', path, { token: ann.token })).body.bans, [ban])
  assert.equal((await ask(chat.server, 'GET', path, { token: cid.token })).body.code, 'banned')
  assert.deepEqual((await ann.socket.do('room.bans', { room, after: cid.id })).bans, [])
  await ann.socket.do('member.unban', { room, user: cid.id })
  assert.deepEqual((await ann.socket.do('room.bans', { room })).bans, [])
})
