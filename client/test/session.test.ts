import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startTestServer } from '../../server/test/support/start-server.ts'
import { createClient } from '../src/client.ts'
import { systemClock } from '../src/clock.ts'
import type { Fetch } from '../src/http.ts'
import { ann, FakeNetwork } from './support/fake-network.ts'
import { ManualClock } from './support/manual-clock.ts'
import { MemoryStorage } from './support/memory-storage.ts'
import { arrive, quick } from './support/people.ts'
import { settled, until } from './support/until.ts'

/** Fetch that counts what it is asked for. */
function counted(): { fetch: Fetch; count: (path: string) => number } {
  const paths: string[] = []
  return {
    fetch: (url, init) => {
      paths.push(new URL(url).pathname)
      return fetch(url, init)
    },
    count: (path) => paths.filter((each) => each === path).length,
  }
}

const refreshPath = '/v1/sessions/refresh'
/** A clock on which every token is about to end. */
const lateClock = { ...systemClock, now: () => Date.now() + 365 * 86_400_000 }

test('[CL7] register, log out, log in, be a guest', async () => {
  await using server = await startTestServer()
  await using client = quick({ url: server.url, name: 'a test' })
  const account = await client.register({ name: 'ann', password: 'correct horse' })
  assert.equal(account.name, 'ann')
  await client.connect()
  const { sessions } = await client.request({ type: 'session.list' })
  assert.deepEqual(
    sessions.map((session) => session.client),
    ['a test'],
  )
  await client.logOut()
  assert.equal(client.getSnapshot().account, null)
  await assert.rejects(client.logIn({ name: 'ann', password: 'wrong horse' }), { code: 'bad_credentials' })
  assert.deepEqual(await client.logIn({ name: 'ann', password: 'correct horse' }), account)
  await client.connect()
  assert.deepEqual(client.getSnapshot().account, account)
  const guest = await client.guest({ name: 'passing' })
  assert.equal(guest.kind, 'guest')
  await client.connect()
  assert.deepEqual(client.getSnapshot().account, guest)
})

test('[CL7] a changed password ends the other sessions; a deleted account is signed out', async () => {
  await using server = await startTestServer()
  const storage = new MemoryStorage()
  await using client = await arrive({ url: server.url, storage })
  const { name = '' } = client.getSnapshot().account ?? {}
  await using other = quick({ url: server.url })
  await other.logIn({ name, password: 'correct horse' })
  await other.connect()
  await client.request({ type: 'account.password', password: 'correct horse', newPassword: 'another horse' })
  await until(() => other.getSnapshot().connection.kind === 'signed-out')
  assert.equal(client.getSnapshot().connection.kind, 'open')
  await assert.rejects(client.request({ type: 'account.delete', password: 'wrong horse' }))
  assert.equal(client.getSnapshot().account?.name, name)
  await client.request({ type: 'account.delete', password: 'another horse' })
  const { connection, account } = client.getSnapshot()
  assert.deepEqual([connection.kind, account], ['signed-out', null])
  assert.deepEqual([...storage.values.keys()], [])
})

test('[CL7] without a log-in there is no connection', async () => {
  await using server = await startTestServer()
  await using client = quick({ url: server.url })
  await assert.rejects(client.connect(), { code: 'signed_out' })
  assert.deepEqual(client.getSnapshot().connection, { kind: 'signed-out' })
})

test('[CL7] a token that is about to end is renewed before it is shown, once for all who need it', async () => {
  await using server = await startTestServer()
  const { fetch, count } = counted()
  await using client = quick({ url: server.url, clock: lateClock, fetch })
  await client.register({ name: 'ann', password: 'correct horse' })
  await Promise.all([
    client.connect(),
    client.request({ type: 'account.password', password: 'correct horse', newPassword: 'another horse' }),
  ])
  assert.equal(count(refreshPath), 1)
})

test('[CL7] a token that the server refuses is renewed and the connection opened', async () => {
  await using server = await startTestServer()
  const { fetch, count } = counted()
  // The first token is spoilt on its way.
  const spoiling: Fetch = async (url, init) => {
    const answer = await fetch(url, init)
    const text = await answer.text()
    const isFirst = url.endsWith('/v1/accounts')
    return {
      status: answer.status,
      text: async () => (isFirst ? text.replace(/"token":"[^"]+"/, '"token":"spoilt"') : text),
    }
  }
  await using client = quick({ url: server.url, fetch: spoiling })
  await client.register({ name: 'ann', password: 'correct horse' })
  await client.connect()
  assert.equal(client.getSnapshot().connection.kind, 'open')
  assert.equal(count(refreshPath), 1)
})

test('[CL7] tabs that share a storage renew one after the other: no refresh token is used twice', async () => {
  await using server = await startTestServer()
  const storage = new MemoryStorage()
  const { fetch, count } = counted()
  const first = await arrive({ url: server.url, storage, fetch })
  await first.close()
  const tabs = Array.from({ length: 5 }, () =>
    createClient({ url: server.url, storage, fetch, clock: lateClock }),
  )
  await Promise.all(tabs.map((tab) => tab.connect()))
  // On this clock each new token is about to end as well; a token used twice would have ended the session.
  assert.ok(count(refreshPath) >= 1)
  for (const tab of tabs) assert.equal(tab.getSnapshot().connection.kind, 'open')
  await Promise.all(tabs.map((tab) => tab.close()))
})

test('[CL7] a session that ended elsewhere: its sockets learn it, and what was kept of it is gone', async () => {
  await using server = await startTestServer()
  const storage = new MemoryStorage()
  await using client = await arrive({ url: server.url, storage })
  const { name = '' } = client.getSnapshot().account ?? {}
  await using other = quick({ url: server.url })
  await other.logIn({ name, password: 'correct horse' })
  await other.connect()
  const { sessions } = await other.request({ type: 'session.list' })
  for (const { id, current } of sessions)
    if (!current) await other.request({ type: 'session.revoke', session: id })
  await until(() => client.getSnapshot().connection.kind === 'signed-out')
  await until(() => !storage.values.has('tokens'))
  await client.logIn({ name, password: 'correct horse' })
  await until(() => client.getSnapshot().connection.kind === 'open', 'it connects again, as it was to')
})

test('[CL7] offline while it renews: the log-in stays, and the next attempt succeeds', async () => {
  await using server = await startTestServer()
  const storage = new MemoryStorage()
  const first = await arrive({ url: server.url, storage })
  await first.close()
  let failures = 2
  const flaky: Fetch = async (url, init) => {
    failures -= 1
    if (failures >= 0) throw new TypeError('fetch failed')
    return fetch(url, init)
  }
  await using client = quick({ url: server.url, storage, clock: lateClock, fetch: flaky })
  await client.connect()
  assert.equal(client.getSnapshot().connection.kind, 'open')
})

test('[CL7] by cookie: no token is kept or shown, and the cookie opens the socket', async () => {
  await using server = await startTestServer()
  const storage = new MemoryStorage()
  let cookie = ''
  // What a browser does for a page of the server's own origin.
  const browserFetch: Fetch = async (url, { headers, ...init }) => {
    assert.equal('authorization' in headers, false)
    const answer = await fetch(url, { ...init, headers: { ...headers, cookie, origin: server.url } })
    cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? cookie
    return answer
  }
  const hellos: string[] = []
  class BrowserSocket extends WebSocket {
    constructor(url: string, protocols: string) {
      super(url, { protocols, headers: { cookie, origin: server.url } } as unknown as string)
    }

    override send(text: string): void {
      hellos.push(text)
      super.send(text)
    }
  }
  const options = { url: server.url, storage, cookie: true, fetch: browserFetch, WebSocket: BrowserSocket }
  await using client = createClient(options)
  await client.register({ name: 'ann', password: 'correct horse' })
  await client.connect()
  assert.equal(hellos[0], '{"type":"hello"}')
  assert.equal(storage.values.has('tokens'), false)
  await until(() => storage.values.has('refreshed'), 'it is known how old the session is')
  await client.close()
  const young = cookie
  storage.values.set('refreshed', '1')
  await using again = createClient(options)
  await again.connect()
  assert.equal(again.getSnapshot().account?.name, 'ann')
  await until(() => cookie !== young, 'an old session is prolonged')
  await again.logOut()
  await assert.rejects(again.connect(), { code: 'signed_out' })
})

test('[CL7] only the server’s own word ends a session: no cut, no proxy, and no answer that never comes', async () => {
  const kept = { token: 't', refreshToken: 'r', expiresAt: '2020-01-01T00:00:00.000Z', account: ann }
  const word = '{"code":"session_ended"}'
  const cases: readonly [Fetch, string][] = [
    [async () => ({ status: 200, text: () => Promise.reject(new TypeError('terminated')) }), 'waiting'],
    [async () => ({ status: 200, text: async () => '<html>Welcome to our hotel</html>' }), 'waiting'],
    [async () => ({ status: 403, text: async () => 'Forbidden' }), 'waiting'],
    [async () => ({ status: 403, text: async () => '{"code":"forbidden"}' }), 'waiting'],
    [async () => ({ status: 404, text: async () => '{"code":"not_found"}' }), 'waiting'],
    [() => new Promise(() => {}), 'waiting'],
    [async () => ({ status: 401, text: async () => word }), 'signed-out'],
  ]
  for (const [fetch, kind] of cases) {
    const storage = new MemoryStorage([['tokens', JSON.stringify(kept)]])
    const clock = new ManualClock()
    const { WebSocket } = new FakeNetwork()
    const client = createClient({ url: 'http://chat', storage, fetch, clock, WebSocket, random: () => 0.5 })
    client.connect().catch(() => {})
    await settled()
    clock.pass(10_000)
    await settled()
    assert.equal(client.getSnapshot().connection.kind, kind)
    assert.equal(storage.values.has('tokens'), kind === 'waiting')
    await client.close()
    assert.equal(clock.nextInMs, undefined)
  }
})

/** A grant as the server gives it. */
function grant(token: string, account: object = ann): string {
  return JSON.stringify({ token, refreshToken: `r-${token}`, expiresAt: '2100-01-01T00:00:00.000Z', account })
}

/** ann, whose token the server has just refused; what answers the refresh, the test says. */
async function renewing(answers: Record<string, readonly [number, string]>) {
  const storage = new MemoryStorage([['tokens', grant('t1')]])
  const network = new FakeNetwork()
  const clock = new ManualClock()
  const refreshed = Promise.withResolvers<readonly [number, string]>()
  const shown: (string | undefined)[] = []
  const fetch: Fetch = async (url, { method, headers }) => {
    const asked = `${method} ${new URL(url).pathname}`
    const [status, text] = asked.endsWith(refreshPath)
      ? await refreshed.promise
      : (answers[asked] ?? [404, ''])
    if (!asked.endsWith(refreshPath)) shown.push(headers.authorization)
    return { status, text: async () => text }
  }
  const { WebSocket } = network
  const client = createClient({ url: 'http://chat', storage, fetch, clock, WebSocket, random: () => 0.5 })
  client.connect().catch(() => {})
  await settled()
  network.last.open()
  network.last.end(4501)
  await settled()
  return { client, network, storage, clock, shown, refresh: refreshed.resolve }
}

test('[CL15] who logs out while the token is being renewed stays logged out, and the new session ends', async () => {
  const world = await renewing({ 'DELETE /v1/session': [204, ''] })
  const out = world.client.logOut()
  await settled()
  world.refresh([200, grant('t2')])
  await out
  assert.deepEqual(world.shown, ['Bearer t2'])
  assert.deepEqual([...world.storage.values.keys()], [])
  await assert.rejects(world.client.connect(), { code: 'signed_out' })
})

test('[CL7] who logs in while another one’s token is being renewed stays logged in', async () => {
  const eve = { ...ann, id: 9, name: 'eve' }
  for (const answer of [[200, grant('t2')] as const, [401, '{"code":"session_ended"}'] as const]) {
    const world = await renewing({ 'POST /v1/sessions': [201, grant('e1', eve)] })
    await world.client.logIn({ name: 'eve', password: 'correct horse' })
    world.refresh(answer)
    await settled()
    assert.equal(world.storage.values.get('tokens'), grant('e1', eve))
    world.network.last.open()
    assert.equal(world.network.last.sent[0]?.token, 'e1')
    await world.client.close()
  }
})

test('[CL7] where there is a refresh token no close code ends the session, only the answer to a refresh', async () => {
  const world = await renewing({})
  world.refresh([200, grant('t2')])
  for (const code of [4501, 4502, 4501]) {
    await settled()
    world.network.last.end(code)
    await settled()
    const { connection } = world.client.getSnapshot()
    if (connection.kind === 'waiting') world.clock.pass(connection.untilMs - world.clock.now())
    else assert.equal(connection.kind, 'connecting')
  }
  await settled()
  assert.equal(world.storage.values.get('tokens'), grant('t2'))
  await world.client.close()
})

test('[CL4] a refresh that came too soon is asked again after the time that the server gives', async () => {
  const world = await renewing({})
  world.refresh([429, '{"code":"rate_limited","detail":"Slow.","retryAfterMs":20000}'])
  await settled()
  const { connection } = world.client.getSnapshot()
  assert.equal(connection.kind === 'waiting' && connection.untilMs - world.clock.now(), 20_000)
  await world.client.close()
})

test('[CL7] a client that is closed while somebody logs in stays closed', async () => {
  const network = new FakeNetwork()
  const answered = Promise.withResolvers<void>()
  const fetch: Fetch = async () => {
    await answered.promise
    return { status: 201, text: async () => grant('t1') }
  }
  const { WebSocket } = network
  const client = createClient({ url: 'http://chat', fetch, WebSocket, clock: new ManualClock() })
  await assert.rejects(client.connect(), { code: 'signed_out' })
  const logIn = client.logIn({ name: 'ann', password: 'correct horse' })
  await settled()
  await client.close()
  answered.resolve()
  await logIn
  await settled()
  assert.equal(client.getSnapshot().connection.kind, 'closed')
  assert.equal(network.sockets.length, 0)
})

test('[CL7] a cookie’s session is prolonged where the clock was ahead when that was last done', async () => {
  const clock = new ManualClock()
  const storage = new MemoryStorage([['refreshed', String(clock.now() + 365 * 86_400_000)]])
  const network = new FakeNetwork()
  const asked: string[] = []
  const fetch: Fetch = async (url) => {
    asked.push(new URL(url).pathname)
    return { status: 200, text: async () => '{}' }
  }
  const { WebSocket } = network
  const client = createClient({ url: 'http://chat', cookie: true, storage, clock, fetch, WebSocket })
  void client.connect()
  await settled()
  network.last.greet()
  await settled()
  assert.deepEqual(asked, [refreshPath])
  assert.equal(storage.values.get('refreshed'), String(clock.now()))
  await client.close()
})

test('[CL7] [CL15] a full storage costs the reload, not the session: a used refresh token is not taken from it', async () => {
  const storage = new MemoryStorage([['tokens', grant('t1')]])
  storage.set = () => Promise.reject(new Error('full'))
  const network = new FakeNetwork()
  const used: string[] = []
  const fetch: Fetch = async (url, { body = '{}' }) => {
    if (!url.endsWith(refreshPath)) return { status: 204, text: async () => '' }
    used.push(JSON.parse(body).refreshToken)
    return { status: 200, text: async () => grant(`t${used.length + 1}`) }
  }
  const { WebSocket } = network
  const options = { url: 'http://chat', storage, fetch, WebSocket, clock: new ManualClock() }
  const client = createClient(options)
  void client.connect()
  for (let times = 0; times < 3; times += 1) {
    await settled()
    network.last.end(4501)
    await settled()
    network.last.greet()
  }
  assert.deepEqual(used, ['r-t1', 'r-t2', 'r-t3'])
  await client.logOut()
  assert.deepEqual([...storage.values.keys()], [])
})
