import assert from 'node:assert/strict'
import { test } from 'node:test'
import { NativeClient } from '../support/native-client.ts'
import { company } from '../support/people.ts'
import { ask } from '../support/rest.ts'

interface Guest {
  readonly id: number
  readonly token: string
  readonly socket: NativeClient
}

async function enter(server: { readonly url: string }, name: string): Promise<Guest> {
  const { token, account } = (await ask(server, 'POST', '/v1/guests', { body: { name } })).body
  return { id: account.id, token, socket: await NativeClient.open(server, { token }) }
}

test('[AC35] [AC36] after a room was closed no guest hears anything of it, whatever is said, joined or opened meanwhile', async () => {
  await using chat = await company(['ann', 'bob'])
  const { server } = chat
  const [ann, bob] = [chat.person('ann').socket, chat.person('bob').socket]
  const room = await chat.room({ visibility: 'open' })
  const guests: Guest[] = []
  for (let i = 0; i < 100; i += 1) guests.push(await enter(server, `gus-${i}`))
  const [inside, coming] = [guests.slice(0, 80), guests.slice(80)]
  await Promise.all(inside.map(({ socket }) => socket.do('room.join', { room })))
  const welcomed = inside[0]?.socket.welcome
  // Messages without pause, guests that come, and guests that open another socket, all around the change.
  const said: Promise<unknown>[] = []
  let talking = true
  const talk = (async () => {
    while (talking) {
      said.push(bob.ask('message.send', { room, text: 'canary' }))
      await said.at(-1)
    }
  })()
  await said[0]
  for (const { socket } of coming) socket.send({ type: 'room.join', ref: 9_000, room })
  const again = inside.slice(0, 20).map(({ token }, i) =>
    NativeClient.open(server, {
      token,
      ...(i % 2 === 0 && { resume: { epoch: welcomed.epoch, rooms: { [room]: 1 } } }),
    }),
  )
  await ann.do('room.update', { room, visibility: 'private' })
  for (let i = 0; i < 20; i += 1) said.push(bob.ask('message.send', { room, text: 'canary' }))
  talking = false
  await talk
  await Promise.all(said)
  const others = await Promise.all(again)
  for (const { socket } of guests) await socket.settled()
  for (const socket of others) await socket.settled()
  const { events } = await ann.do('room.events', { room, limit: 500 })
  const closedAt = events.find(
    (event: { type: string; visibility?: string }) =>
      event.type === 'room.updated' && event.visibility === 'private',
  ).seq
  const last = (await ann.do('room.get', { room })).head
  assert.ok(last > closedAt)
  for (const socket of [...guests.map((guest) => guest.socket), ...others]) {
    const late = socket.events(room).filter(({ seq }) => seq >= closedAt)
    assert.deepEqual(late, [])
  }
  for (const { socket } of inside) await socket.next(({ type }) => type === 'room.removed')
  const ids = (await ann.do('room.members', { room })).members.map(
    ({ user }: { user: { id: number } }) => user.id,
  )
  assert.deepEqual(
    ids,
    chat.people.map(({ id }) => id),
  )
  for (const { socket } of [...inside.slice(0, 2), ...coming.slice(0, 2)]) {
    for (const command of [
      'message.history',
      'room.events',
      'room.members',
      'room.get',
      'presence',
      'typing',
    ] as const)
      assert.equal(await socket.refused(command, { room }), 'not_found', command)
    assert.equal(await socket.refused('reaction.add', { room, message: 1, emoji: '👍' }), 'not_found')
    assert.equal(await socket.refused('message.get', { room, message: 1 }), 'not_found')
    assert.equal(await socket.refused('read.mark', { room, seq: 1 }), 'not_found')
  }
  // Who resumes is told that it is over; who comes anew hears nothing of it.
  const [gus] = inside
  assert.ok(gus)
  const resume = { epoch: welcomed.epoch, rooms: { [room]: 1 } }
  using back = await NativeClient.open(server, { token: gus.token, resume })
  await back.settled()
  assert.deepEqual(back.welcome.rooms, [])
  assert.deepEqual(
    back.frames.filter(({ type }) => type === 'replay').map(({ recovered, reason }) => [recovered, reason]),
    [[false, 'not_a_member']],
  )
  // The accounts have missed nothing.
  await ann.settled()
  assert.equal(ann.events(room).at(-1).seq, last)
  for (const { socket } of guests) socket.socket.terminate()
  for (const socket of others) socket.socket.terminate()
})

test('[AC35] a guest who was made an owner cannot close the room', async () => {
  await using chat = await company(['ann'])
  const room = await chat.room({ visibility: 'open' })
  const gus = await enter(chat.server, 'gus')
  await gus.socket.do('room.join', { room })
  await chat.person('ann').socket.do('member.role', { room, user: gus.id, role: 'owner' })
  assert.equal(await gus.socket.refused('room.update', { room, visibility: 'public' }), 'forbidden')
  await gus.socket.do('room.update', { room, name: 'still open', visibility: 'open' })
  await chat.person('ann').socket.do('room.update', { room, visibility: 'public' })
  assert.equal((await gus.socket.next(({ type }) => type === 'room.removed')).reason, 'removed')
  gus.socket.socket.terminate()
})

test('[AC10] an archived open room keeps its guests, who read it', async () => {
  await using chat = await company(['ann'])
  const room = await chat.room({ visibility: 'open' })
  const gus = await enter(chat.server, 'gus')
  await gus.socket.do('room.join', { room })
  await chat.person('ann').socket.do('room.archive', { room })
  await gus.socket.do('message.history', { room })
  assert.equal(await gus.socket.refused('message.send', { room, text: 'x' }), 'archived')
  using again = await NativeClient.open(chat.server, { token: gus.token })
  assert.deepEqual(
    again.welcome.rooms.map(({ id }: { id: number }) => id),
    [room],
  )
  gus.socket.socket.terminate()
})
