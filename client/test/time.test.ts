import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startTestServer } from '../../server/test/support/start-server.ts'
import { createClient } from '../src/client.ts'
import { systemClock } from '../src/clock.ts'
import { ServerTime } from '../src/server-time.ts'
import { FakeNetwork, room } from './support/fake-network.ts'
import { ManualClock } from './support/manual-clock.ts'
import { arrive } from './support/people.ts'
import { settled } from './support/until.ts'

const dayMs = 86_400_000
/** How wrong the clock of this machine is. */
const errors = { '3 min fast': 180_000, 'a day slow': -dayMs, right: 0 }

async function connected(clock: ManualClock, lineMs: number) {
  const network = new FakeNetwork()
  const client = createClient({
    url: 'https://chat.example',
    token: 't',
    WebSocket: network.WebSocket,
    clock,
  })
  client.connect().catch(() => {})
  await settled()
  network.last.open()
  clock.pass(lineMs)
  return { client, network }
}

for (const [name, errorMs] of Object.entries(errors)) {
  test(`[CL16] with a clock that is ${name}, the time is the server’s, and setting the clock changes nothing`, async () => {
    const clock = new ManualClock()
    const server = () => clock.now() - wrongMs
    let wrongMs = 0
    const step = (ms: number) => {
      wrongMs += ms
      clock.step(ms)
    }
    step(errorMs)
    const { client, network } = await connected(clock, 40)
    assert.equal(client.serverNow(), clock.now())
    network.last.say({ ...welcome, now: new Date(server()).toISOString() })
    assert.ok(Math.abs(client.serverNow() - server()) <= 20)
    for (const ms of [-3_600_000, dayMs]) {
      step(ms)
      clock.pass(1_000)
      assert.ok(Math.abs(client.serverNow() - server()) <= 20)
    }
    // What is written now bears the server's time.
    void client.room(7)?.send('hello')
    const [pending] = client.room(7)?.getSnapshot().pending ?? []
    assert.ok(Math.abs(Date.parse(pending?.at ?? '') - server()) <= 20)
    await client.close()
  })
}

const welcome = {
  type: 'welcome',
  protocol: 1,
  session: 's',
  user: { id: 1, name: 'ann', kind: 'user', email: null, createdAt: '2026-01-01T00:00:00.000Z' },
  epoch: 'e1',
  heartbeatMs: 25_000,
  limits: {},
  rooms: [room(7, 1)],
}

test('[CL16] the best answer counts, and the newest where they contradict each other', () => {
  const clock = new ManualClock()
  const time = new ServerTime(clock)
  const start = Date.parse('2026-02-03T04:05:06.000Z')
  const origin = clock.monotonicMs()
  const server = () => start + clock.monotonicMs() - origin
  /** Asks, and is answered after these times to the server and back. */
  const ask = (thereMs: number, backMs: number, aheadMs = 0) => {
    const asked = clock.monotonicMs()
    clock.pass(thereMs)
    const at = new Date(server() + aheadMs).toISOString()
    clock.pass(backMs)
    time.heard(at, asked)
  }
  ask(10, 990)
  assert.ok(Math.abs(time.now() - server()) <= 500)
  ask(10, 10)
  assert.ok(Math.abs(time.now() - server()) <= 10)
  ask(2_000, 0)
  assert.ok(Math.abs(time.now() - server()) <= 15)
  // The server's own clock was set.
  ask(10, 10, 60_000)
  assert.ok(Math.abs(time.now() - server() - 60_000) <= 10)
  time.heard(undefined, clock.monotonicMs())
  time.heard('no time', clock.monotonicMs())
  assert.ok(Math.abs(time.now() - server() - 60_000) <= 10)
})

test('[CL16] a real server tells its time in welcome and pong', async () => {
  await using server = await startTestServer()
  const wrong = { ...systemClock, now: () => Date.now() - dayMs }
  await using client = await arrive({ url: server.url, clock: wrong })
  assert.ok(Math.abs(client.serverNow() - Date.now()) < dayMs / 2)
})

test('[CL6] [CL16] after a sleep in which an answer was awaited, the server is asked anew and has its 10 s', async () => {
  const clock = new ManualClock()
  const { client, network } = await connected(clock, 0)
  network.last.say(welcome)
  const pings = () => network.last.sent.filter(({ type }) => type === 'ping').length
  clock.pass(25_000)
  assert.equal(pings(), 1)
  clock.sleep(40_000)
  clock.pass(0)
  assert.deepEqual([pings(), client.getSnapshot().connection.kind], [2, 'open'])
  clock.pass(9_999)
  assert.equal(client.getSnapshot().connection.kind, 'open')
  clock.pass(1)
  assert.equal(client.getSnapshot().connection.kind, 'waiting')
  await client.close()
})
