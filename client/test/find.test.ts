import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startTestServer } from '../../server/test/support/start-server.ts'
import { createClient } from '../src/client.ts'
import { bob, created, FakeNetwork, room } from './support/fake-network.ts'
import { ManualClock } from './support/manual-clock.ts'
import { arrive, gather, quick, roomOf, texts } from './support/people.ts'
import { assertTrue } from './support/truth.ts'
import { settled, until } from './support/until.ts'

test('[CL3] a message that no page has brought is read once, and follows edits, deletes and names', async () => {
  await using server = await startTestServer()
  await using other = await arrive({ url: server.url })
  await using client = await arrive({ url: server.url })
  const [o, own] = await gather(other, client)
  const quoted = await o.send('first')
  const gone = await o.send('second')
  assert.equal(own.find(quoted.id), undefined)
  const read = await Promise.all([own.message(quoted.id), own.message(quoted.id), own.message(gone.id)])
  assert.deepEqual(read, [quoted, quoted, gone])
  assert.equal(own.find(quoted.id), read[0])
  let told = 0
  own.subscribe(() => {
    told += 1
  })
  await o.edit(quoted.id, 'edited')
  await o.delete(gone.id)
  await until(() => own.find(quoted.id)?.text === 'edited' && own.find(gone.id)?.deletedAt !== null)
  assert.ok(told > 0)
  await own.open()
  assert.equal(own.find(quoted.id), own.getSnapshot().timeline.messages.at(0), 'that of the page comes first')
  await assert.rejects(own.message(999_999), { code: 'not_found' })
})

test('[CL3] an edit that overtakes the answer of a message is in it, one that is in it already changes nothing', async () => {
  const network = new FakeNetwork()
  const { WebSocket } = network
  const client = createClient({ url: 'http://chat', token: 't', WebSocket, clock: new ManualClock() })
  void client.connect()
  await settled()
  network.last.greet({ rooms: [room(7, 40)] })
  const own = roomOf(client, 7)
  const read = own.message(10)
  const edited = (seq: number, version: number) =>
    network.last.say({
      ...created(7, seq),
      type: 'message.edited',
      message: 10,
      version,
      text: `version ${version}`,
      mentions: [],
    })
  edited(41, 2)
  edited(42, 3)
  const message = {
    id: 10,
    room: 7,
    seq: 1,
    author: bob,
    text: 'version 2',
    version: 2,
    deletedAt: null,
    reactions: [],
  }
  network.last.answer('message.get', message)
  assert.equal((await read).text, 'version 3')
  assert.equal(own.find(10)?.version, 3)
  assert.equal(network.last.sent.filter(({ type }) => type === 'message.get').length, 1)
})

test('[CL3] a jump to a date shows the messages around the first one from then on', async () => {
  await using server = await startTestServer()
  await using other = await arrive({ url: server.url })
  await using client = await arrive({ url: server.url })
  const [o, own] = await gather(other, client)
  for (let i = 0; i < 40; i += 1) await o.send(String(i))
  await own.open()
  const all = [...own.getSnapshot().timeline.messages]
  const tenth = all.findIndex(({ at }) => at === all[10]?.at)
  own.close()
  assert.equal(await own.jumpToDate(all[10]?.at ?? '', 6), all[tenth]?.seq)
  assert.ok(texts(own).includes(String(tenth)))
  assert.equal(own.getSnapshot().timeline.hasNewer, true)
  assert.equal(await own.jumpToDate(new Date(0), 6), all[0]?.seq)
  assert.equal(texts(own)[0], '0')
  assert.equal(await own.jumpToDate(new Date(Date.now() + 86_400_000)), undefined)
  assert.deepEqual([texts(own).at(-1), own.getSnapshot().timeline.hasNewer], ['39', false])
  await assertTrue(client, own)
})

test('[CL11] in a direct conversation: what the other one has read, and whether they are online, is known after a reload', async () => {
  await using server = await startTestServer()
  await using other = await arrive({ url: server.url })
  const client = await arrive({ url: server.url })
  const { name = '' } = client.getSnapshot().account ?? {}
  const peer = other.getSnapshot().account?.id ?? 0
  const { id } = await client.request({ type: 'direct.open', user: peer })
  const own = roomOf(client, id)
  await until(() => own.getSnapshot().online.has(peer), 'a new conversation tells who is online')
  const { seq } = await own.send('seen?')
  await until(() => other.room(id)?.getSnapshot().summary.unread === 1)
  roomOf(other, id).markRead()
  await until(() => own.getSnapshot().reads.get(peer) === seq)
  await client.close()

  await using again = quick({ url: server.url })
  await again.logIn({ name, password: 'correct horse' })
  await again.connect()
  const after = roomOf(again, id)
  await until(() => after.getSnapshot().online.has(peer), 'without opening it')
  assert.equal(after.getSnapshot().reads.size, 0)
  await after.open()
  await until(() => after.getSnapshot().reads.get(peer) === seq)
  assert.equal(after.getSnapshot().reads.has(again.getSnapshot().account?.id ?? 0), false)
})

test('[CL11] who of many direct conversations is online is asked a few at a time, and no more after a cut', async () => {
  const network = new FakeNetwork()
  const { WebSocket } = network
  const clock = new ManualClock()
  const client = createClient({ url: 'http://chat', token: 't', WebSocket, clock, random: () => 0 })
  void client.connect()
  await settled()
  const rooms = Array.from({ length: 20 }, (_, i) => room(i + 1, 4, { visibility: 'direct', peer: bob }))
  network.last.greet({ rooms: [...rooms, room(30, 4)] })
  const asked = () => network.last.sent.filter(({ type }) => type === 'presence')
  assert.deepEqual(
    asked().map(({ room }) => room),
    [1, 2, 3, 4],
  )
  network.last.say({ type: 'reply', ref: asked()[1]?.ref, ok: true, data: { online: [2], count: 1 } })
  await settled()
  assert.equal(asked().length, 5)
  assert.deepEqual([...roomOf(client, 2).getSnapshot().online], [2])
  network.last.end()
  clock.pass(0)
  await settled()
  network.last.greet({ rooms })
  await settled()
  const now = asked().length
  for (const { ref } of asked())
    network.last.say({ type: 'reply', ref, ok: true, data: { online: [], count: 0 } })
  await settled()
  assert.ok(now <= 8 && asked().length <= now + 4, `${now}, then ${asked().length}`)
})
