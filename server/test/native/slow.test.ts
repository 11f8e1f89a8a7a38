import assert from 'node:assert/strict'
import { test } from 'node:test'
import { NativeClient } from '../support/native-client.ts'
import { company } from '../support/people.ts'
import { ask } from '../support/rest.ts'

test('[CO6] [CO15] a reader that does not read is closed with 4008, hears it once it reads again, the others do not notice, and it resumes whole', async () => {
  await using chat = await company(['ann', 'bob', 'cid'])
  const [ann, bob, cid] = [chat.person('ann').socket, chat.person('bob').socket, chat.person('cid').socket]
  const room = await chat.room()
  bob.socket.pause()
  const text = 'x'.repeat(15_000)
  let sent = 0
  const isOpen = async () =>
    /^parlance_slow_closes_total 0$/m.test((await ask(chat.server, 'GET', '/metrics')).text)
  // Kernel buffers take some megabytes before the server's own queue grows.
  while (await isOpen()) {
    await Promise.all(Array.from({ length: 40 }, () => ann.do('message.send', { room, text })))
    sent += 40
    assert.ok(sent < 4_000, 'the slow reader was never closed')
  }
  await cid.next(() => cid.events(room).filter((event) => event.text === text).length === sent)
  bob.socket.resume()
  const { code, reason } = await bob.closed
  assert.deepEqual([code, reason], [4008, 'too slow'])
  const { epoch } = bob.welcome
  const known = bob.events(room)
  const position = known.at(-1).seq
  const { token } = chat.person('bob')
  using back = await NativeClient.open(chat.server, { token, resume: { epoch, rooms: { [room]: position } } })
  await back.next(({ type, more }) => type === 'replay' && more === false)
  const seqs = [...known, ...back.events(room)].map(({ seq }) => seq)
  const first = seqs[0]
  assert.deepEqual(
    seqs,
    Array.from({ length: seqs.length }, (_, i) => first + i),
  )
  assert.equal(seqs.at(-1), cid.events(room).at(-1).seq)
})
