import assert from 'node:assert/strict'
import { once } from 'node:events'
import { test } from 'node:test'
import { type Frame, NativeClient } from '../support/native-client.ts'
import { openConnections } from '../support/open-connections.ts'
import { company } from '../support/people.ts'
import { ask } from '../support/rest.ts'

test('[AC2] rooms of all visibilities: who sees, reads and joins what', async () => {
  await using chat = await company(['ann', 'bob'])
  const [ann, bob] = [chat.person('ann').socket, chat.person('bob').socket]
  const make = async (visibility: 'open' | 'public' | 'private'): Promise<number> =>
    (await ann.do('room.create', { name: visibility, visibility })).id
  const [open, listed, hidden] = [await make('open'), await make('public'), await make('private')]
  const guest = await ask(chat.server, 'POST', '/v1/guests', { body: { name: 'gus' } })
  using gus = await NativeClient.open(chat.server, { token: guest.body.token })
  for (const room of [open, listed, hidden]) await ann.do('message.send', { room, text: 'canary' })

  const see = async (client: NativeClient, room: number) => {
    const answers = []
    for (const type of [
      'room.get',
      'message.history',
      'room.members',
      'room.events',
      'presence',
      'room.join',
    ] as const) {
      const reply = await client.ask(type, { room })
      answers.push(reply.ok ? 'ok' : reply.error.code)
    }
    return answers.join(' ')
  }
  const nothing = Array.from({ length: 6 }, () => 'not_found').join(' ')
  assert.equal(await see(bob, hidden), nothing)
  assert.equal(await see(bob, 9_999), nothing)
  assert.equal(await see(bob, listed), 'ok not_a_member not_a_member not_a_member not_a_member ok')
  assert.equal(await see(bob, open), 'ok ok ok ok ok ok')
  assert.equal(await see(gus, hidden), nothing)
  assert.equal(await see(gus, listed), nothing)
  assert.equal(await see(gus, open), 'ok ok ok ok ok ok')
  const names = ({ rooms }: Frame) => rooms.map(({ name }: Frame) => name)
  assert.deepEqual(names(await bob.do('room.list', {})), ['open', 'public'])
  assert.deepEqual(names(await gus.do('room.list', {})), ['open'])
  assert.deepEqual(names(await ann.do('room.list', { scope: 'own' })), ['open', 'public', 'private'])
})

test('[AC10] guests write in open rooms, and can do nothing that needs an account', async () => {
  await using chat = await company(['ann'])
  const room = await chat.room({ visibility: 'open' })
  const guest = await ask(chat.server, 'POST', '/v1/guests', { body: { name: 'gus' } })
  using gus = await NativeClient.open(chat.server, { token: guest.body.token })
  await gus.do('room.join', { room })
  await gus.do('message.send', { room, text: 'hi' })
  const event = await chat.person('ann').socket.next(({ text }) => text === 'hi')
  assert.deepEqual([event.actor.name, event.actor.kind], ['gus', 'guest'])
  assert.equal(await gus.refused('direct.open', { user: chat.person('ann').id }), 'forbidden')
  assert.equal(await gus.refused('user.find', { name: 'a' }), 'forbidden')
})

test('[AC18] a guest creates open rooms that nobody owns, within names and limits', async () => {
  await using chat = await company(['ann'], { limits: { roomsPerAccount: 1 } })
  const ann = chat.person('ann').socket
  await ann.do('room.create', { name: 'tea' })
  const { token } = (await ask(chat.server, 'POST', '/v1/guests', { body: { name: 'gus' } })).body
  using gus = await NativeClient.open(chat.server, { token })
  for (const visibility of ['public', 'private'] as const) {
    assert.equal(await gus.refused('room.create', { name: 'mine', visibility }), 'forbidden')
  }
  assert.equal(await gus.refused('room.create', { name: 'tea' }), 'name_taken')
  const body = { name: 'coffee', visibility: 'open' }
  const made = await ask(chat.server, 'POST', '/v1/rooms', { token, body })
  assert.deepEqual([made.status, made.body.visibility, made.body.role], [201, 'open', 'member'])
  assert.equal(await gus.refused('room.create', { name: 'another' }), 'limit_reached')
  const room: number = made.body.id
  await ann.do('room.join', { room })
  await gus.do('message.send', { room, text: 'hi' })
  await ann.next(({ text }) => text === 'hi')
  for (const who of [ann, gus]) assert.equal(await who.refused('room.archive', { room }), 'forbidden')
  const shown = await ask(chat.server, 'GET', '/chatrooms')
  assert.deepEqual(shown.body, [{ id: room, name: 'coffee' }])
  // An account that comes back to the room it made owns it again; a guest never did.
  await ann.do('room.leave', { room })
  await gus.do('room.leave', { room })
  assert.equal((await gus.do('room.join', { room })).role, 'member')
})

test('[AC19] [AC30] [AC31] rooms are found by any part of the name, among those the list shows', async () => {
  await using chat = await company(['ann', 'bob'])
  const [ann, bob] = [chat.person('ann').socket, chat.person('bob')]
  for (const name of ['Tea', 'TEAPOT', 'green tea', 'steam', 'Straße', 'ΟΔΌΣΑ', 'te%', 'Éclair', '東京支社'])
    await ann.do('room.create', { name, visibility: name === 'TEAPOT' ? 'public' : 'open' })
  await ann.do('room.create', { name: 'tea in secret', visibility: 'private' })
  await ann.do('direct.open', { user: bob.id })
  const guest = await ask(chat.server, 'POST', '/v1/guests', { body: { name: 'gus' } })
  using gus = await NativeClient.open(chat.server, { token: guest.body.token })
  const names = (page: Frame) => page.rooms.map((room: Frame) => room.name)
  const found = async (client: NativeClient, name: string, more = {}) =>
    names(await client.do('room.list', { name, ...more }))
  assert.deepEqual(await found(bob.socket, 'tea'), ['Tea', 'TEAPOT', 'green tea', 'steam'])
  assert.deepEqual(await found(gus, 'tEa'), ['Tea', 'green tea', 'steam'])
  assert.deepEqual(await found(ann, 'tea', { scope: 'own' }), [
    'Tea',
    'tea in secret',
    'TEAPOT',
    'green tea',
    'steam',
  ])
  assert.deepEqual(await found(ann, 'bob', { scope: 'own' }), [''], 'a conversation by whom it is with')
  for (const [search, name] of [
    ['strass', 'Straße'],
    ['RASSE', 'Straße'],
    ['οδος', 'ΟΔΌΣΑ'],
    ['te%', 'te%'],
    ['e\u0301c', 'Éclair'],
    ['eclair', 'Éclair'],
    ['京', '東京支社'],
  ] as const)
    assert.deepEqual(await found(ann, search), [name])
  for (const nothing of ['nothing', ' ', '\u0301']) {
    for (const scope of ['listed', 'own'] as const) assert.deepEqual(await found(ann, nothing, { scope }), [])
  }
  const [tea] = (await ann.do('room.list', { name: 'tea' })).rooms
  await ann.do('room.update', { room: tea.id, name: 'Cocoa' })
  assert.deepEqual(
    [await found(bob.socket, 'cocoa'), await found(bob.socket, 'teapo')],
    [['Cocoa'], ['TEAPOT']],
  )
  await ann.do('room.archive', { room: tea.id })
  assert.deepEqual(await found(bob.socket, 'cocoa'), [])
})

test('[AC32] what a search finds is paged by the last room of the page before', async () => {
  await using chat = await company(['ann', 'bob'])
  const [ann, bob] = [chat.person('ann').socket, chat.person('bob')]
  for (const name of ['steam', 'tea', 'green tea', 'TEAPOT']) await ann.do('room.create', { name })
  const names = (page: Frame) => page.rooms.map((room: Frame) => room.name)
  for (const scope of ['listed', 'own'] as const) {
    const first = await ann.do('room.list', { scope, name: 'TE', limit: 3 })
    assert.deepEqual([names(first), first.more], [['tea', 'TEAPOT', 'green tea'], true])
    const rest = await ann.do('room.list', { scope, name: 'TE', limit: 3, after: first.rooms[2].id })
    assert.deepEqual([names(rest), rest.more], [['steam'], false])
  }
  const [tea] = (await ann.do('room.list', { name: 'tea' })).rooms
  const path = `/v1/rooms?name=TE&limit=1&after=${tea.id}`
  const second = await ask(chat.server, 'GET', path, { token: bob.token })
  assert.deepEqual([names(second.body), second.body.more], [['TEAPOT'], true])
})

test('[AC19] [AC31] accounts are found by any part of their name; a guest finds nobody, and nobody finds a guest', async () => {
  await using chat = await company(['lukas.müller', 'Zoë', 'oper', 'ann'])
  const ann = chat.person('ann')
  const guest = await ask(chat.server, 'POST', '/v1/guests', { body: { name: 'zoegast' } })
  const found = async (name: string) => {
    const path = `/v1/users?name=${encodeURIComponent(name)}`
    const { body } = await ask(chat.server, 'GET', path, { token: ann.token })
    return body.users.map((user: Frame) => user.name)
  }
  for (const name of ['müller', 'muller', 'MULLER', 'Kas.M'])
    assert.deepEqual(await found(name), ['lukas.müller'])
  assert.deepEqual([await found('zoe'), await found('er')], [['Zoë'], ['lukas.müller', 'oper']])
  using gus = await NativeClient.open(chat.server, { token: guest.body.token })
  assert.equal(await gus.refused('user.find', { name: 'a' }), 'forbidden')
})

test('a name is unique among open and public rooms; of racing creates exactly one wins', async () => {
  await using chat = await company(['ann', 'bob'])
  const [ann, bob] = [chat.person('ann').socket, chat.person('bob').socket]
  const replies = await Promise.all(
    Array.from({ length: 10 }, (_, i) => (i % 2 ? ann : bob).ask('room.create', { name: 'tea' })),
  )
  assert.equal(replies.filter(({ ok }) => ok).length, 1)
  assert.ok(replies.every(({ ok, error }) => ok || error.code === 'name_taken'))
  await ann.do('room.create', { name: 'tea', visibility: 'private' })
  const { id } = await ann.do('room.create', { name: 'coffee' })
  assert.equal(await ann.refused('room.update', { room: id, name: 'tea' }), 'name_taken')
})

test('[AC3] roles: members, moderators and owners act as their rank allows', async () => {
  await using chat = await company(['ann', 'bob', 'cid', 'dan'])
  const [ann, bob, cid] = [chat.person('ann'), chat.person('bob'), chat.person('cid')]
  const dan = chat.person('dan')
  const room = await chat.room()
  assert.equal(await bob.socket.refused('member.remove', { room, user: cid.id }), 'forbidden')
  assert.equal(await bob.socket.refused('room.update', { room, topic: 'x' }), 'forbidden')
  await ann.socket.do('member.role', { room, user: bob.id, role: 'moderator' })
  await bob.socket.do('room.update', { room, topic: 'tea' })
  assert.equal(await bob.socket.refused('room.update', { room, name: 'mine' }), 'forbidden')
  assert.equal(await bob.socket.refused('member.role', { room, user: cid.id, role: 'owner' }), 'forbidden')
  assert.equal(await bob.socket.refused('member.remove', { room, user: ann.id }), 'forbidden')
  assert.equal(await ann.socket.refused('member.ban', { room, user: ann.id }), 'forbidden')
  assert.equal(await ann.socket.refused('member.role', { room, user: ann.id, role: 'member' }), 'last_owner')
  assert.equal(await ann.socket.refused('room.leave', { room }), 'last_owner')
  await bob.socket.do('member.ban', { room, user: cid.id })
  assert.equal(await cid.socket.refused('room.join', { room }), 'banned')
  assert.equal(await cid.socket.refused('message.history', { room }), 'banned')
  await bob.socket.do('member.unban', { room, user: cid.id })
  await cid.socket.do('room.join', { room })
  await bob.socket.do('member.mute', { room, user: dan.id, forMs: 60_000 })
  const muted = await dan.socket.ask('message.send', { room, text: 'x' })
  assert.equal(muted.error.code, 'muted')
  assert.ok(muted.error.retryAfterMs > 0 && muted.error.retryAfterMs <= 60_000)
  await bob.socket.do('member.mute', { room, user: dan.id, forMs: 0 })
  await dan.socket.do('message.send', { room, text: 'x' })
  await ann.socket.do('member.role', { room, user: bob.id, role: 'owner' })
  await ann.socket.do('room.leave', { room })
  const { members } = await bob.socket.do('room.members', { room })
  assert.deepEqual(
    members.map(({ user, role }: Frame) => [user.name, role]),
    [
      ['bob', 'owner'],
      ['cid', 'member'],
      ['dan', 'member'],
    ],
  )
})

test('an invitation makes a member, whose sockets hear the room from there on', async () => {
  await using chat = await company(['ann', 'bob'])
  const [ann, bob] = [chat.person('ann').socket, chat.person('bob')]
  const { id: room } = await ann.do('room.create', { name: 'secret', visibility: 'private' })
  await ann.do('message.send', { room, text: 'before' })
  const member = await ann.do('room.invite', { room, user: bob.id })
  assert.deepEqual([member.user.name, member.role, member.online], ['bob', 'member', true])
  const added = await bob.socket.next(({ type }) => type === 'room.added')
  const sent = await ann.do('message.send', { room, text: 'after' })
  await bob.socket.next(({ text }) => text === 'after')
  assert.deepEqual(
    bob.socket.events(room).map(({ seq }) => seq),
    Array.from({ length: sent.seq - added.summary.head }, (_, i) => added.summary.head + 1 + i),
  )
  assert.equal(added.summary.unread, 0)
  assert.equal(await ann.refused('room.invite', { room, user: 9_999 }), 'not_found')
})

test('direct conversations: one for two, not left, read receipts to both', async () => {
  await using chat = await company(['ann', 'bob', 'cid'])
  const [ann, bob, cid] = [chat.person('ann'), chat.person('bob'), chat.person('cid')]
  const opened = await Promise.all([
    ann.socket.do('direct.open', { user: bob.id }),
    bob.socket.do('direct.open', { user: ann.id }),
  ])
  const room: number = opened[0].id
  assert.equal(opened[1].id, room)
  assert.deepEqual([opened[0].peer.name, opened[1].peer.name, opened[0].visibility], ['bob', 'ann', 'direct'])
  assert.equal(await cid.socket.refused('room.get', { room }), 'not_found')
  assert.equal(await ann.socket.refused('room.leave', { room }), 'forbidden')
  assert.equal(await ann.socket.refused('room.invite', { room, user: cid.id }), 'forbidden')
  assert.equal(await ann.socket.refused('direct.open', { user: ann.id }), 'bad_request')
  const { seq } = await ann.socket.do('message.send', { room, text: 'psst' })
  await bob.socket.do('read.mark', { room, seq })
  const receipt = await ann.socket.next(({ type }) => type === 'read.marked')
  assert.deepEqual([receipt.user, receipt.read], [bob.id, seq])
  const { members } = await ann.socket.do('room.members', { room })
  const bobs = members.find(({ user }: Frame) => user.name === 'bob')
  assert.equal(bobs.read, seq)
})

test('an archived room is read, not written', async () => {
  await using chat = await company(['ann', 'bob'])
  const [ann, bob] = [chat.person('ann').socket, chat.person('bob').socket]
  const room = await chat.room()
  const { id } = await bob.do('message.send', { room, text: 'last words' })
  await ann.do('room.archive', { room })
  await bob.next(({ type }) => type === 'room.archived')
  assert.equal(await bob.refused('message.send', { room, text: 'x' }), 'archived')
  assert.equal(await bob.refused('message.edit', { room, message: id, text: 'x' }), 'archived')
  assert.equal(await bob.refused('reaction.add', { room, message: id, emoji: '👍' }), 'archived')
  assert.equal((await bob.do('message.history', { room })).messages.length, 1)
  assert.deepEqual((await bob.do('room.list', {})).rooms, [])
})

test('[CO11] rooms per account', async () => {
  await using chat = await company(['ann'], { limits: { roomsPerAccount: 2 } })
  const { socket } = chat.person('ann')
  await chat.room()
  const room = await chat.room()
  assert.equal(await socket.refused('room.create', { name: 'third' }), 'limit_reached')
  await socket.do('room.archive', { room })
  await socket.do('room.create', { name: 'third' })
})

test('[AC11] a deleted account: silent sockets, no name in any room, its name free again', async () => {
  await using chat = await company(['ann', 'bob'])
  const [ann, bob] = [chat.person('ann').socket, chat.person('bob')]
  const room = await chat.room()
  await bob.socket.do('message.send', { room, text: 'remember me' })
  const answer = await ask(chat.server, 'DELETE', '/v1/account', {
    token: bob.token,
    body: { password: 'correct horse' },
  })
  assert.equal(answer.status, 204)
  assert.equal((await bob.socket.closed).code, 4502)
  const event = await ann.next(({ type }) => type === 'user.deleted')
  assert.deepEqual(event.user, { id: bob.id, name: 'Deleted user', kind: 'deleted' })
  const told = [
    await ann.do('message.history', { room }),
    await ann.do('room.events', { room }),
    await ann.do('room.members', { room }),
  ]
  assert.ok(!JSON.stringify(told).includes('"bob"'))
  assert.equal(told[0].messages[0].text, 'remember me')
  assert.equal(
    (await ask(chat.server, 'POST', '/v1/accounts', { body: { name: 'bob', password: 'correct horse' } }))
      .status,
    201,
  )
})

test('[PR1] one who says hello and is gone at once is not online', async () => {
  await using chat = await company(['ann', 'bob'])
  const [ann, bob] = [chat.person('ann').socket, chat.person('bob')]
  const room = await chat.room()
  bob.socket.socket.terminate()
  for (let i = 0; i < 30; i += 1) {
    const brief = new NativeClient(chat.server.url)
    await once(brief.socket, 'open')
    brief.send({ type: 'hello', token: bob.token })
    brief.socket.terminate()
  }
  const online = async () => (await ann.do('presence', { room })).online
  // The last of them has been and gone; before, nobody may be online for a moment.
  while ((await openConnections(chat.server)) > 1) await ann.settled()
  while ((await online()).length > 1) await ann.settled()
  assert.deepEqual(await online(), [chat.person('ann').id])
  assert.equal(await openConnections(chat.server), 1)
})

test('[PR1] [PR4] presence: who comes and goes is told to those who share a room', async () => {
  await using chat = await company(['ann', 'bob'])
  const [ann, bob] = [chat.person('ann').socket, chat.person('bob')]
  const room = await chat.room()
  assert.deepEqual((await ann.do('presence', { room })).online.sort(), [chat.person('ann').id, bob.id].sort())
  bob.socket.socket.terminate()
  const gone = await ann.next(({ type, offline }) => type === 'presence' && offline.length > 0)
  assert.deepEqual([gone.room, gone.offline[0].user, gone.count], [room, bob.id, 1])
  using back = await NativeClient.open(chat.server, { token: bob.token })
  const came = await ann.next(
    ({ type, online, count }) => type === 'presence' && count === 2 && online.includes(bob.id),
  )
  assert.equal(came.room, room)
  await back.settled()
})

test('[AC4] who leaves does not shake a mute off', async () => {
  await using chat = await company(['ann', 'bob'])
  const [ann, bob] = [chat.person('ann'), chat.person('bob')]
  for (const visibility of ['open', 'public'] as const) {
    const room = await chat.room({ visibility })
    await ann.socket.do('member.mute', { room, user: bob.id, forMs: 60_000 })
    await bob.socket.do('room.leave', { room })
    if (visibility === 'open')
      assert.equal(await bob.socket.refused('message.send', { room, text: 'x' }), 'muted')
    await bob.socket.do('room.join', { room })
    assert.equal(await bob.socket.refused('message.send', { room, text: 'x' }), 'muted')
    await ann.socket.do('member.mute', { room, user: bob.id, forMs: 0 })
    await bob.socket.do('message.send', { room, text: 'x' })
  }
})

test('[AC10] a room that ceases to be open loses its guests, and guests invite nobody', async () => {
  await using chat = await company(['ann', 'bob'])
  const ann = chat.person('ann').socket
  const { id: room } = await ann.do('room.create', { name: 'hall', visibility: 'open' })
  const guest = await ask(chat.server, 'POST', '/v1/guests', { body: { name: 'gus' } })
  using gus = await NativeClient.open(chat.server, { token: guest.body.token })
  await gus.do('room.join', { room })
  assert.equal(await gus.refused('room.invite', { room, user: chat.person('bob').id }), 'forbidden')
  await ann.do('room.update', { room, visibility: 'private' })
  await gus.next(({ type }) => type === 'room.removed')
  await ann.do('message.send', { room, text: 'canary' })
  assert.equal(await gus.refused('message.history', { room }), 'not_found')
  assert.equal(await gus.refused('message.send', { room, text: 'x' }), 'not_found')
  assert.ok(!JSON.stringify(gus.frames).includes('canary'))
})

test('[AC3] who made a room and left it last comes back as its owner', async () => {
  await using chat = await company(['ann'])
  const { socket } = chat.person('ann')
  const room = await chat.room()
  await socket.do('room.leave', { room })
  assert.equal((await socket.do('room.join', { room })).role, 'owner')
})
