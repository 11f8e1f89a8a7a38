import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { createAccount, createGuest } from '../../src/chat/accounts.ts'
import type { Chat, Known } from '../../src/chat/chat.ts'
import { execute } from '../../src/chat/execute.ts'
import { GuestRounds } from '../../src/chat/guests.ts'
import { authenticate } from '../../src/chat/sessions.ts'
import type { Store } from '../../src/ports/store.ts'
import { openSqliteStore } from '../../src/store/sqlite.ts'
import { chatOver } from '../support/chat-over.ts'
import { ManualClock } from '../support/manual-clock.ts'
import { NativeClient } from '../support/native-client.ts'
import { ask, register } from '../support/rest.ts'
import { startTestServer } from '../support/start-server.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const hourMs = 3_600_000
const anonymous = { kind: 'anonymous', id: null, name: '', address: '192.0.2.1' } as const

async function comeIn(chat: Chat, name: string, kind: 'guest' | 'user' = 'guest') {
  const made = await (kind === 'guest'
    ? createGuest(chat, anonymous, { name })
    : createAccount(chat, anonymous, { name, password: 'correct horse' }))
  assert.ok(made.ok, JSON.stringify(made))
  const actor = await authenticate(chat, made.data.token, anonymous.address)
  assert.ok(!('ok' in actor))
  const { refreshToken = '' } = made.data
  return { actor, refreshToken }
}

/** A chat with a room of Ann's in which guests are, and the rounds that take them away. */
async function fixture(store: Store, clock: ManualClock, stayHours = 24) {
  const chat = { ...chatOver(store, clock), guestStayMs: stayHours * hourMs }
  const connected = new Set<number>()
  const rounds = new GuestRounds(
    chat,
    () => connected,
    (user) => connected.has(user),
  )
  const { actor: ann } = await comeIn(chat, 'ann', 'user')
  const made = await execute(chat, ann, { type: 'room.create', name: 'open', visibility: 'open' })
  assert.ok(made.ok)
  const room = made.data.id
  const members = async () => (await store.rooms.members(room, 0, 200)).map(({ user }) => user.name)
  const enter = async (actor: Known) => {
    const joined = await execute(chat, actor, { type: 'room.join', room })
    return joined.ok ? 'ok' : joined.code
  }
  return { chat, connected, rounds, ann, room, members, enter }
}

test('[AC24] a guest that is gone leaves by an ordinary event after the time that is set; one who is connected never', async () => {
  await using store = await openSqliteStore(':memory:')
  const clock = new ManualClock()
  const { chat, connected, rounds, ann, room, members, enter } = await fixture(store, clock)
  await using _ = rounds
  const { actor: gus } = await comeIn(chat, 'gus')
  const { actor: zoe, refreshToken } = await comeIn(chat, 'zoe')
  const { actor: here } = await comeIn(chat, 'here')
  for (const guest of [gus, zoe, here]) assert.equal(await enter(guest), 'ok')
  const sent = await execute(chat, gus, { type: 'message.send', room, text: 'I was here' })
  assert.ok(sent.ok)
  connected.add(here.id)
  connected.add(ann.id)
  clock.pass(23 * hourMs)
  await rounds.round()
  assert.equal((await execute(chat, anonymous, { type: 'session.refresh', refreshToken })).ok, true)
  clock.pass(hourMs)
  await rounds.round()
  assert.deepEqual(await members(), ['ann', 'zoe', 'here'])
  const events = await store.eventsAfter(room, 0, 100)
  const last = events.at(-1)
  assert.ok(last?.type === 'member.left')
  assert.deepEqual([last.user.id, last.actor.id, last.seq], [gus.id, gus.id, events.length])
  // What it said stays under its name, and the name is free.
  const message = await store.messages.get(room, sent.data.id, null)
  assert.deepEqual(message?.author, { id: gus.id, name: 'gus', kind: 'guest' })
  // With its session it comes back.
  assert.equal(await enter(gus), 'ok')
  clock.pass(25 * hourMs)
  await rounds.round()
  assert.deepEqual(await members(), ['ann', 'here'])
  await comeIn(chat, 'Gus')
  assert.equal(await enter(gus), 'name_taken')
  const own = await execute(chat, gus, { type: 'room.create', name: 'of gus' })
  assert.equal(own.ok ? 'ok' : own.code, 'name_taken')
})

test('[AC23] [AC24] a guest that was gone has its name back with what it writes from outside, or writes nothing', async () => {
  await using store = await openSqliteStore(':memory:')
  const clock = new ManualClock()
  const { chat, rounds, ann, room } = await fixture(store, clock)
  await using _ = rounds
  const write = async (actor: Known) => {
    const { ok, code } = {
      code: '',
      ...(await execute(chat, actor, { type: 'message.send', room, text: 'hi' })),
    }
    return ok ? 'ok' : code
  }
  const said = await execute(chat, ann, { type: 'message.send', room, text: 'hello' })
  assert.ok(said.ok)
  const { actor: gus } = await comeIn(chat, 'gus')
  clock.pass(25 * hourMs)
  await rounds.round()
  assert.equal(await write(gus), 'ok')
  const taken = await createGuest(chat, anonymous, { name: 'Gus' })
  assert.equal(taken.ok ? 'ok' : taken.code, 'name_taken')
  clock.pass(25 * hourMs)
  await rounds.round()
  const { actor: other } = await comeIn(chat, 'Gus')
  assert.equal(await write(gus), 'name_taken')
  const reaction = { type: 'reaction.add', room, message: said.data.id, emoji: '👍' } as const
  const reacted = await execute(chat, gus, reaction)
  assert.equal(reacted.ok ? 'ok' : reacted.code, 'name_taken')
  const typed = await execute(chat, gus, { type: 'typing', room })
  assert.equal(typed.ok ? 'ok' : typed.code, 'name_taken')
  assert.equal(await write(other), 'ok')
})

test('[AC24] when a guest was last here outlives the server, and a leave that was cut off goes on', async () => {
  await using folder = await temporaryFolder()
  const path = join(folder.path, 'chat.db')
  const clock = new ManualClock()
  let room = 0
  {
    await using store = await openSqliteStore(path)
    const { chat, rounds, room: first, enter } = await fixture(store, clock)
    await using _ = rounds
    room = first
    assert.equal(await enter((await comeIn(chat, 'gus')).actor), 'ok')
    const { actor: zoe } = await comeIn(chat, 'zoe')
    assert.equal(await enter(zoe), 'ok')
    // As if the server had been killed between the end of the session and the leaves.
    await store.sessions.end(zoe.id, zoe.session)
  }
  await using store = await openSqliteStore(path)
  const chat = chatOver(store, clock)
  await using _rounds = new GuestRounds(
    chat,
    () => [],
    () => false,
  )
  const names = async () => (await store.rooms.members(room, 0, 10)).map(({ user }) => user.name)
  // The clock calls the rounds, the first one a minute after the start.
  assert.deepEqual(await names(), ['ann', 'gus', 'zoe'])
  clock.pass(60_000)
  while ((await names()).includes('zoe')) await new Promise(setImmediate)
  assert.deepEqual(await names(), ['ann', 'gus'])
  clock.pass(24 * hourMs)
  while ((await names()).includes('gus')) await new Promise(setImmediate)
  assert.deepEqual(await names(), ['ann'])
})

test('[AC24] many leave in rounds of a hundred; with 0 they stay as long as their sessions', async () => {
  await using store = await openSqliteStore(':memory:')
  const clock = new ManualClock()
  const { chat, rounds, members, enter } = await fixture(store, clock, 0)
  await using _ = rounds
  for (let i = 0; i < 110; i += 1) assert.equal(await enter((await comeIn(chat, `guest-${i}`)).actor), 'ok')
  clock.pass(29 * 24 * hourMs)
  assert.equal(await rounds.round(), false)
  assert.equal((await members()).length, 111)
  clock.pass(25 * hourMs)
  assert.equal(await rounds.round(), true)
  assert.equal((await members()).length, 11)
  assert.equal(await rounds.round(), false)
  assert.deepEqual(await members(), ['ann'])
})

test('[AC24] a guest who logs out, or whose session ends otherwise, leaves at once', async () => {
  await using server = await startTestServer()
  const ann = await register(server, 'ann')
  using watcher = await NativeClient.open(server, { token: ann.token })
  const { id: room } = await watcher.do('room.create', { name: 'open', visibility: 'open' })
  const guest = async () => {
    const { body } = await ask(server, 'POST', '/v1/guests', { body: { name: 'gus' } })
    const joined = await ask(server, 'POST', `/v1/rooms/${room}/join`, { token: body.token })
    assert.equal(joined.status, 200, joined.text)
    return body
  }
  const left = (id: number) => watcher.next((frame) => frame.type === 'member.left' && frame.user.id === id)
  const first = await guest()
  using socket = await NativeClient.open(server, { token: first.token })
  assert.equal((await ask(server, 'DELETE', '/v1/session', { token: first.token })).status, 204)
  assert.equal((await socket.closed).code, 4502)
  await left(first.account.id)
  // The name is free at once. A refresh token that is used again by a second holder ends the session.
  const second = await guest()
  const refresh = (refreshToken: string) =>
    ask(server, 'POST', '/v1/sessions/refresh', { body: { refreshToken } })
  const next = await refresh(second.refreshToken)
  await refresh(next.body.refreshToken)
  assert.equal((await refresh(second.refreshToken)).status, 401)
  await left(second.account.id)
  const third = await guest()
  assert.equal((await ask(server, 'DELETE', '/v1/account', { token: third.token })).status, 204)
  assert.equal(
    (await ask(server, 'GET', `/v1/rooms/${room}/members`, { token: ann.token })).body.members.length,
    1,
  )
})
