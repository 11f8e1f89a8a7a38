import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Frame, NativeClient } from '../support/native-client.ts'
import { company } from '../support/people.ts'
import { ask } from '../support/rest.ts'

const created = (text: string) => (frame: Frame) => frame.type === 'message.created' && frame.text === text

test('[MS1] [MS2] a message reaches every member and the author’s other sockets, nonce included', async () => {
  await using chat = await company(['ann', 'bob'])
  const ann = chat.person('ann')
  using second = await NativeClient.open(chat.server, { token: ann.token })
  const room = await chat.room()
  await second.next(({ type }) => type === 'room.added')
  const sent = await ann.socket.do('message.send', { room, text: 'hello', nonce: 'n-1' })
  for (const socket of [ann.socket, second, chat.person('bob').socket]) {
    const event = await socket.next(created('hello'))
    assert.deepEqual(
      [event.message, event.seq, event.at, event.nonce, event.actor],
      [sent.id, sent.seq, sent.at, 'n-1', { id: ann.id, name: 'ann', kind: 'user' }],
    )
  }
  const { messages } = await ann.socket.do('message.history', { room })
  assert.deepEqual(messages, [sent])
})

test('[MS3] the same nonce lands once, on any door; other content is a conflict', async () => {
  await using chat = await company(['ann', 'bob'])
  const ann = chat.person('ann')
  const room = await chat.room()
  const first = await ann.socket.do('message.send', { room, text: 'once', nonce: 'same' })
  const again = await ann.socket.do('message.send', { room, text: 'once', nonce: 'same' })
  assert.deepEqual([again.id, again.seq, again.duplicate], [first.id, first.seq, true])
  const path = `/v1/rooms/${room}/messages`
  const headers = { 'idempotency-key': 'same' }
  const byRest = await ask(chat.server, 'POST', path, { token: ann.token, headers, body: { text: 'once' } })
  assert.deepEqual([byRest.status, byRest.body.id, byRest.body.duplicate], [200, first.id, true])
  const other = await ask(chat.server, 'POST', path, { token: ann.token, headers, body: { text: 'twice' } })
  assert.deepEqual([other.status, other.body.code], [409, 'conflict'])
  assert.equal(await ann.socket.refused('message.send', { room, text: 'twice', nonce: 'same' }), 'conflict')
  const elsewhere = await chat.room()
  assert.equal(
    await ann.socket.refused('message.send', { room: elsewhere, text: 'once', nonce: 'same' }),
    'conflict',
  )
  const bob = await chat.person('bob').socket.do('message.send', { room, text: 'once', nonce: 'same' })
  assert.notEqual(bob.id, first.id)
  await Promise.all(
    Array.from({ length: 20 }, () => ann.socket.do('message.send', { room, text: 'racing', nonce: 'race' })),
  )
  const { messages } = await ann.socket.do('message.history', { room })
  assert.equal(messages.filter(({ text }: Frame) => text === 'racing').length, 1)
})

test('[MS4] edits raise the version; only the author edits', async () => {
  await using chat = await company(['ann', 'bob'])
  const [ann, bob] = [chat.person('ann').socket, chat.person('bob').socket]
  const room = await chat.room()
  const { id } = await bob.do('message.send', { room, text: 'one' })
  const edited = await bob.do('message.edit', { room, message: id, text: 'two' })
  assert.deepEqual([edited.version, edited.text, edited.editedAt !== null], [2, 'two', true])
  assert.equal((await bob.do('message.edit', { room, message: id, text: 'two' })).version, 2)
  assert.equal(await ann.refused('message.edit', { room, message: id, text: 'mine' }), 'forbidden')
  assert.equal(await bob.refused('message.edit', { room, message: id + 1, text: 'x' }), 'not_found')
  const event = await ann.next(({ type }) => type === 'message.edited')
  assert.deepEqual([event.message, event.version, event.text], [id, 2, 'two'])
})

test('[MS5] [ST6] a delete is a tombstone that carries nothing, in the log as in the history', async () => {
  await using chat = await company(['ann', 'bob', 'cid'])
  const [ann, bob, cid] = ['ann', 'bob', 'cid'].map((name) => chat.person(name).socket) as [
    Client,
    Client,
    Client,
  ]
  const room = await chat.room()
  const { id } = await bob.do('message.send', { room, text: 'canary-1', nonce: 'n' })
  await bob.do('message.edit', { room, message: id, text: 'canary-2' })
  assert.equal(await cid.refused('message.delete', { room, message: id }), 'forbidden')
  const gone = await ann.do('message.delete', { room, message: id })
  assert.deepEqual([gone.text, gone.version, gone.deletedAt !== null], ['', 3, true])
  assert.equal(await bob.refused('message.edit', { room, message: id, text: 'back' }), 'not_found')
  const told = [
    await cid.next(({ type }) => type === 'message.deleted'),
    await cid.do('message.history', { room }),
    await cid.do('room.events', { room }),
  ]
  assert.ok(!JSON.stringify(told).includes('canary'))
  const repeated = await bob.do('message.send', { room, text: 'canary-1', nonce: 'n' })
  assert.deepEqual([repeated.duplicate, repeated.id, repeated.text], [true, id, ''])
})
type Client = NativeClient

test('[MS12] one message is got as history tells it, deleted or not, by its own room only', async () => {
  await using chat = await company(['ann', 'bob'])
  const [ann, bob] = [chat.person('ann'), chat.person('bob')]
  const [room, other] = [await chat.room(), await chat.room()]
  const sent = await bob.socket.do('message.send', { room, text: 'question', nonce: 'n' })
  await bob.socket.do('reaction.add', { room, message: sent.id, emoji: '👍' })
  const got = await ann.socket.do('message.get', { room, message: sent.id })
  assert.deepEqual(got, { ...sent, reactions: [{ emoji: '👍', count: 1, me: false }] })
  const path = `/v1/rooms/${room}/messages/${sent.id}`
  assert.deepEqual((await ask(chat.server, 'GET', path, { token: ann.token })).body, got)
  assert.equal(await ann.socket.refused('message.get', { room: other, message: sent.id }), 'not_found')
  assert.equal(await ann.socket.refused('message.get', { room, message: sent.id + 1 }), 'not_found')
  const tombstone = await bob.socket.do('message.delete', { room, message: sent.id })
  assert.deepEqual(await ann.socket.do('message.get', { room, message: sent.id }), tombstone)
  await bob.socket.do('room.leave', { room })
  assert.equal(await bob.socket.refused('message.get', { room, message: sent.id }), 'not_a_member')
})

test('[MS6] a reply names a message of its room', async () => {
  await using chat = await company(['ann'])
  const { socket } = chat.person('ann')
  const [room, other] = [await chat.room(), await chat.room()]
  const { id } = await socket.do('message.send', { room, text: 'question' })
  const answer = await socket.do('message.send', { room, text: 'answer', replyTo: id })
  assert.equal(answer.replyTo, id)
  assert.equal(await socket.refused('message.send', { room: other, text: 'x', replyTo: id }), 'not_found')
  assert.equal(await socket.refused('message.send', { room, text: 'x', replyTo: id + 99 }), 'not_found')
  assert.equal(await socket.refused('message.edit', { room: other, message: id, text: 'x' }), 'not_found')
  assert.equal(await socket.refused('reaction.add', { room: other, message: id, emoji: '👍' }), 'not_found')
})

test('[MS14] a reply tells who is answered, unless it says otherwise; edits keep that', async () => {
  await using chat = await company(['ann', 'bob'])
  const [ann, bob] = [chat.person('ann'), chat.person('bob')]
  const room = await chat.room()
  const { id } = await ann.socket.do('message.send', { room, text: 'question' })
  const send = (more: object) => bob.socket.do('message.send', { room, text: 'answer', replyTo: id, ...more })
  const mentions = async () => (await ann.socket.do('room.get', { room })).mentions
  const told = await send({})
  assert.deepEqual([told.mentions, await mentions()], [[ann.id], 1])
  assert.deepEqual((await ann.socket.next(created('answer'))).mentions, [ann.id])
  const path = `/v1/rooms/${room}/messages`
  const body = { text: 'by REST', replyTo: id }
  assert.deepEqual((await ask(chat.server, 'POST', path, { token: bob.token, body })).body.mentions, [ann.id])
  const quiet = { ...body, notifyReplied: false }
  assert.deepEqual(
    (await ask(chat.server, 'POST', path, { token: bob.token, body: quiet })).body.mentions,
    [],
  )
  assert.deepEqual((await send({ notifyReplied: false })).mentions, [])
  assert.deepEqual((await send({ notifyReplied: false, text: 'so, @ann' })).mentions, [ann.id])
  assert.deepEqual((await send({ text: 'so, @ann and @bob' })).mentions, [ann.id, bob.id])
  assert.deepEqual((await send({ notifyReplied: true })).mentions, [ann.id])
  assert.equal(await mentions(), 5)
  const edited = await bob.socket.do('message.edit', { room, message: told.id, text: 'better' })
  assert.deepEqual([edited.mentions, await mentions()], [[ann.id], 5])
  const own = await ann.socket.do('message.send', { room, text: 'me again', replyTo: id })
  assert.deepEqual(own.mentions, [])
})

test('[MS14] a repeated reply is the first one, whomever it would tell now', async () => {
  await using chat = await company(['ann', 'bob'])
  const [ann, bob] = [chat.person('ann').socket, chat.person('bob').socket]
  const room = await chat.room()
  const { id } = await ann.do('message.send', { room, text: 'question' })
  const reply = { room, text: 'answer', replyTo: id, nonce: 'n1' }
  const first = await bob.do('message.send', reply)
  const again = await bob.do('message.send', { ...reply, notifyReplied: false })
  assert.deepEqual(again, { ...first, duplicate: true })
})

test('[MS14] guests are told, those who are gone are not', async () => {
  await using chat = await company(['ann', 'bob'])
  const guest = await ask(chat.server, 'POST', '/v1/guests', { body: { name: 'gus' } })
  using gus = await NativeClient.open(chat.server, { token: guest.body.token })
  const open = await chat.person('ann').socket.do('room.create', { name: 'lobby', visibility: 'open' })
  await gus.do('room.join', { room: open.id })
  const asked = await gus.do('message.send', { room: open.id, text: 'hello?' })
  const answer = { room: open.id, text: 'hi', replyTo: asked.id }
  assert.deepEqual((await chat.person('ann').socket.do('message.send', answer)).mentions, [
    guest.body.account.id,
  ])
  assert.equal((await gus.do('room.get', { room: open.id })).mentions, 1)
  const [ann, bob] = [chat.person('ann').socket, chat.person('bob').socket]
  const room = await chat.room()
  const { id } = await bob.do('message.send', { room, text: 'bye' })
  await bob.do('room.leave', { room })
  assert.deepEqual((await ann.do('message.send', { room, text: 'gone?', replyTo: id })).mentions, [])
})

test('[MS7] each user adds each emoji once; 50 kinds at most', async () => {
  await using chat = await company(['ann', 'bob'])
  const [ann, bob] = [chat.person('ann').socket, chat.person('bob').socket]
  const room = await chat.room()
  const { id: message } = await ann.do('message.send', { room, text: 'x' })
  await ann.do('reaction.add', { room, message, emoji: '👍' })
  await ann.do('reaction.add', { room, message, emoji: '👍' })
  const seen = await bob.do('reaction.add', { room, message, emoji: '👍' })
  assert.deepEqual(seen.reactions, [{ emoji: '👍', count: 2, me: true }])
  await bob.do('reaction.remove', { room, message, emoji: '👍' })
  const { messages } = await bob.do('message.history', { room })
  assert.deepEqual(messages[0].reactions, [{ emoji: '👍', count: 1, me: false }])
  const face = (kind: number) => String.fromCodePoint(0x1f600 + kind)
  for (let kind = 1; kind < 50; kind += 1) await ann.do('reaction.add', { room, message, emoji: face(kind) })
  assert.equal(await ann.refused('reaction.add', { room, message, emoji: face(50) }), 'limit_reached')
  assert.equal(await ann.refused('reaction.add', { room, message, emoji: 'x' }), 'bad_request')
  assert.equal(await ann.refused('reaction.add', { room, message, emoji: 'a b' }), 'bad_request')
})

test('[MS7] reactions stand in the order of their first use, and whoever may read is told who reacted', async () => {
  await using chat = await company(['ann', 'bob', 'eve'])
  const [ann, bob, eve] = [chat.person('ann'), chat.person('bob'), chat.person('eve')]
  const room = await chat.room({ visibility: 'private' })
  const { id: message } = await ann.socket.do('message.send', { room, text: 'x' })
  await bob.socket.do('reaction.add', { room, message, emoji: '🎉' })
  await ann.socket.do('reaction.add', { room, message, emoji: '👍' })
  const seen = await ann.socket.do('reaction.add', { room, message, emoji: '🎉' })
  assert.deepEqual(seen.reactions, [
    { emoji: '🎉', count: 2, me: true },
    { emoji: '👍', count: 1, me: true },
  ])
  const told = await ann.socket.do('reaction.list', { room, message, emoji: '🎉', limit: 1 })
  assert.deepEqual([told.reactors[0].user, told.more], [{ id: bob.id, name: 'bob', kind: 'user' }, true])
  const path = `/v1/rooms/${room}/messages/${message}/reactions/${encodeURIComponent('🎉')}`
  const rest = await ask(chat.server, 'GET', `${path}?after=${told.reactors[0].seq}`, { token: bob.token })
  assert.deepEqual([rest.status, rest.body.reactors[0].user.name, rest.body.more], [200, 'ann', false])
  assert.deepEqual((await ann.socket.do('reaction.list', { room, message, emoji: '🚀' })).reactors, [])
  assert.equal(await ann.socket.refused('reaction.list', { room, message, emoji: 'x' }), 'bad_request')
  assert.equal(
    await ann.socket.refused('reaction.list', { room, message: 999_999, emoji: '🎉' }),
    'not_found',
  )
  await ann.socket.do('member.remove', { room, user: eve.id })
  assert.equal(await eve.socket.refused('reaction.list', { room, message, emoji: '🎉' }), 'not_found')
})

test('[MS8] [MS10] [RE5] read markers never go back; counts are absolute and exclude one’s own', async () => {
  await using chat = await company(['ann', 'bob'])
  const [ann, bob] = [chat.person('ann').socket, chat.person('bob').socket]
  using second = await NativeClient.open(chat.server, { token: chat.person('bob').token })
  const room = await chat.room()
  const seqs: number[] = []
  for (const text of ['one', 'hi @bob', 'mail a@bob.example', '@bob!', '@bobby']) {
    seqs.push((await ann.do('message.send', { room, text })).seq)
  }
  await bob.do('message.send', { room, text: 'my own @ann' })
  const marked = await bob.do('read.mark', { room, seq: seqs[0] ?? 0 })
  assert.deepEqual(marked, { read: seqs[0], unread: 4, mentions: 2 })
  const signal = await second.next(({ type }) => type === 'read.marked')
  assert.deepEqual([signal.read, signal.unread, signal.mentions], [seqs[0], 4, 2])
  assert.equal((await bob.do('read.mark', { room, seq: 1 })).read, seqs[0])
  const all = await bob.do('read.mark', { room, seq: Number.MAX_SAFE_INTEGER })
  assert.deepEqual([all.unread, all.mentions], [0, 0])
  assert.equal(all.read, (await bob.do('room.get', { room })).head)
})

test('[MS10] [MK7] [MK8] [MK9] members are mentioned by any spelling of their name, and neither in code nor in addresses', async () => {
  await using chat = await company(['ann', 'Bob', 'bob.lee', 'Ödön', '李明'])
  const id = (name: string) => chat.person(name).id
  const ann = chat.person('ann').socket
  const room = await chat.room()
  for (const [text, ...names] of [
    ['@BOB @o\u0308DO\u0308N', 'Bob', 'Ödön'],
    ['你好@李明你好＠bob，@ｂｏｂ', 'Bob', '李明'],
    ['@Bob.Lee’s, @bob.li…', 'Bob', 'bob.lee'],
    ['＠Bob', 'Bob'],
    ['`@bob` https://a.example/@bob x@bob.lee @bob/pkg \\@bob [@bob](https://a.example)'],
    ['```\n@bob\n```'],
  ] as const) {
    const sent = await ann.do('message.send', { room, text })
    const ids = names.map(id).sort((a, b) => a - b)
    assert.deepEqual(sent.mentions, ids, text)
    assert.deepEqual((await ann.do('message.get', { room, message: sent.id })).mentions, ids)
  }
  const { id: message } = await ann.do('message.send', { room, text: 'hi @bob' })
  const edited = await ann.do('message.edit', { room, message, text: 'hi `@bob`, 你好＠李明' })
  assert.deepEqual(edited.mentions, [id('李明')])
})

test('[MK10] of a wall of mentions fifty count, and 400 of the names that they may be', async () => {
  await using chat = await company(['ann', 'bob'])
  const ann = chat.person('ann').socket
  const room = await chat.room()
  const isHeard = async (wall: string) =>
    (await ann.do('message.send', { room, text: `${wall} @bob` })).mentions.length === 1
  const names = (count: number) => Array.from({ length: count }, (_, i) => `@n${i}`).join(' ')
  assert.deepEqual([await isHeard(names(49)), await isHeard(names(50))], [true, false])
  const letters = (count: number) =>
    Array.from({ length: 4 }, (_, i) => `@${String.fromCodePoint(0x4e00 + i).repeat(count)}`).join(' ')
  assert.deepEqual([await isHeard(letters(99)), await isHeard(letters(100))], [true, false])
})

test('[MS9] typing is told to the others at most once in 3 s, and is not in the log', async () => {
  await using chat = await company(['ann', 'bob'])
  const [ann, bob] = [chat.person('ann').socket, chat.person('bob').socket]
  const room = await chat.room()
  const { head } = await ann.do('room.get', { room })
  for (let i = 0; i < 5; i += 1) await ann.do('typing', { room })
  await ann.do('message.send', { room, text: 'done' })
  await bob.next(created('done'))
  assert.equal(bob.frames.filter(({ type }) => type === 'typing').length, 1)
  assert.equal((await ann.do('room.get', { room })).head, head + 1)
})

test('[MS11] history pages join without a gap, before, after and around', async () => {
  await using chat = await company(['ann'])
  const { socket } = chat.person('ann')
  const room = await chat.room()
  for (let i = 0; i < 30; i += 1) socket.send({ type: 'message.send', room, text: `m${i}` })
  await socket.settled()
  const texts = (page: Frame) => page.messages.map(({ text }: Frame) => Number(text.slice(1)))
  const newest = await socket.do('message.history', { room, limit: 10 })
  assert.deepEqual([texts(newest)[0], texts(newest)[9], newest.more], [20, 29, true])
  const before = await socket.do('message.history', { room, limit: 10, before: newest.messages[0].seq })
  assert.deepEqual([texts(before)[0], texts(before)[9], before.more], [10, 19, true])
  const first = await socket.do('message.history', { room, limit: 10, before: before.messages[0].seq })
  assert.deepEqual([texts(first)[0], texts(first)[9], first.more], [0, 9, false])
  const after = await socket.do('message.history', { room, limit: 20, after: before.messages[9].seq })
  assert.deepEqual([texts(after)[0], texts(after)[9], after.more], [20, 29, false])
  const around = await socket.do('message.history', { room, limit: 4, around: before.messages[5].seq })
  assert.deepEqual(texts(around), [14, 15, 16, 17])
  assert.equal(await socket.refused('message.history', { room, before: 1, after: 1 }), 'bad_request')
  assert.equal(await socket.refused('message.history', { room, limit: 201 }), 'bad_request')
})

test('[MS13] history around a time lands on the first message sent then or later', async () => {
  await using chat = await company(['ann'])
  const { socket, token } = chat.person('ann')
  const room = await chat.room()
  const sent: Frame[] = []
  for (let i = 0; i < 6; i += 1) {
    // Each in a millisecond of its own.
    for (;;) {
      const message = await socket.do('message.send', { room, text: `m${i}` })
      if (message.at !== sent.at(-1)?.at) {
        sent.push(message)
        break
      }
      await socket.do('message.delete', { room, message: message.id })
    }
  }
  const at: string = sent[3].at
  const page = await socket.do('message.history', { room, at, limit: 100 })
  assert.equal(page.messages.find((message: Frame) => message.at >= at).id, sent[3].id)
  const [one] = (await socket.do('message.history', { room, at, limit: 1 })).messages
  assert.equal(one.id, sent[3].id)
  const shifted = new Date(Date.parse(at) + 7_200_000).toISOString().replace('Z', '+02:00')
  for (const same of [at, shifted]) {
    const path = `/v1/rooms/${room}/messages?limit=1&at=${encodeURIComponent(same)}`
    assert.deepEqual((await ask(chat.server, 'GET', path, { token })).body.messages, [sent[3]])
  }
  const late = await socket.do('message.history', { room, at: '9999-12-31T23:59:59-01:00', limit: 2 })
  const newest = await socket.do('message.history', { room, limit: 2 })
  assert.deepEqual(late, newest)
  for (const bad of ['yesterday', '2026-01-01', '2016-12-31T23:59:60Z', '2026-01-01T00:00:00']) {
    assert.equal(await socket.refused('message.history', { room, at: bad }), 'bad_request', bad)
  }
  for (const other of [{ before: 1 }, { after: 1 }, { around: 1 }]) {
    assert.equal(await socket.refused('message.history', { room, at, ...other }), 'bad_request')
  }
})

test('texts keep every character, and have their limits', async () => {
  await using chat = await company(['ann'])
  const { socket } = chat.person('ann')
  const room = await chat.room()
  const odd = 'ab\r\n\t\u202e👩‍👩‍👧‍👦\u{10ffff} \\u0041 <b>"\' ﷽'
  const sent = await socket.do('message.send', { room, text: odd })
  const { messages } = await socket.do('message.history', { room })
  assert.deepEqual([sent.text, messages[0].text], [odd, odd])
  assert.equal((await socket.do('message.send', { room, text: 'é'.repeat(16_000) })).text.length, 16_000)
  assert.equal(await socket.refused('message.send', { room, text: 'é'.repeat(16_001) }), 'bad_request')
  assert.equal(await socket.refused('message.send', { room, text: '' }), 'bad_request')
  for (const text of ['a\u0000b', 'a\ud800b']) {
    assert.equal(await socket.refused('message.send', { room, text }), 'bad_request')
  }
})
