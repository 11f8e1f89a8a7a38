import assert from 'node:assert/strict'
import { once } from 'node:events'
import { test } from 'node:test'
import { ManualClock } from '../support/manual-clock.ts'
import { NativeClient } from '../support/native-client.ts'
import { ask, register } from '../support/rest.ts'
import { startTestServer } from '../support/start-server.ts'

test('[CO1] a command before hello is refused, and hello is sent once', async () => {
  await using server = await startTestServer()
  const ann = await register(server, 'ann')
  using client = new NativeClient(server.url)
  await once(client.socket, 'open')
  assert.equal(await client.refused('room.list', {}), 'not_open')
  client.send({ type: 'hello', token: ann.token, ref: 90 })
  await client.next(({ type }) => type === 'welcome')
  client.send({ type: 'hello', token: ann.token, ref: 91 })
  const again = await client.next(({ ref }) => ref === 91)
  assert.equal(again.error.code, 'not_open')
  assert.deepEqual((await client.do('room.list', {})).rooms, [])
})

test('[CO1] without hello the socket is closed with 4501 after the time allowed', async () => {
  const clock = new ManualClock()
  await using server = await startTestServer({}, { clock })
  using client = new NativeClient(server.url)
  await once(client.socket, 'open')
  client.send({ type: 'ping', ref: 1 })
  await client.next(({ ref }) => ref === 1)
  clock.pass(10_000)
  assert.equal((await client.closed).code, 4501)
})

test('[AC5] hello with a token that is not good: the error, then 4501', async () => {
  await using server = await startTestServer()
  const { token, session } = await register(server, 'ann')
  const parts = token.split('.')
  const forged = [
    '',
    'x',
    'a.b.c',
    `${parts[0]}.${parts[1]}.`,
    `${Buffer.from('{"alg":"none","typ":"at+jwt"}').toString('base64url')}.${parts[1]}.`,
    `${parts[0]}.${Buffer.from('{"sub":"1"}').toString('base64url')}.${parts[2]}`,
    session,
  ]
  for (const bad of forged) {
    using client = new NativeClient(server.url)
    await once(client.socket, 'open')
    client.send({ type: 'hello', token: bad, ref: 1 })
    const reply = await client.next(({ ref }) => ref === 1)
    assert.equal(reply.error.code, 'unauthenticated', bad)
    assert.equal((await client.closed).code, 4501)
  }
})

test('[AC6] an ended session does not open a socket, and its open sockets close with 4502', async () => {
  await using server = await startTestServer()
  const { token } = await register(server, 'ann')
  using open = await NativeClient.open(server, { token })
  assert.equal((await ask(server, 'DELETE', '/v1/session', { token })).status, 204)
  assert.equal((await open.closed).code, 4502)
  using late = new NativeClient(server.url)
  await once(late.socket, 'open')
  late.send({ type: 'hello', token, ref: 1 })
  assert.equal((await late.next(({ ref }) => ref === 1)).error.code, 'session_ended')
})

test('[AC6] a changed password ends every other session at once, and keeps this one', async () => {
  await using server = await startTestServer()
  const first = await register(server, 'ann', 'correct horse')
  const login = await ask(server, 'POST', '/v1/sessions', {
    body: { name: 'ann', password: 'correct horse' },
  })
  using other = await NativeClient.open(server, { token: login.body.token })
  using own = await NativeClient.open(server, { token: first.token })
  const change = { password: 'correct horse', newPassword: 'battery staple' }
  assert.equal(
    (await ask(server, 'PUT', '/v1/account/password', { token: first.token, body: change })).status,
    204,
  )
  assert.equal((await other.closed).code, 4502)
  await own.settled()
})

test('[AC6] [CO2] session.list and session.revoke over the socket', async () => {
  await using server = await startTestServer()
  const { token, session } = await register(server, 'ann', 'correct horse')
  const login = await ask(server, 'POST', '/v1/sessions', {
    body: { name: 'ann', password: 'correct horse' },
  })
  using own = await NativeClient.open(server, { token })
  using other = await NativeClient.open(server, { token: login.body.token })
  const { sessions } = await own.do('session.list', {})
  assert.deepEqual(
    sessions.map((row: { id: string; current: boolean }) => [row.id, row.current]).sort(),
    [
      [session, true],
      [login.body.session, false],
    ].sort(),
  )
  await own.do('session.revoke', { session: login.body.session })
  assert.equal((await other.closed).code, 4502)
  assert.equal(await own.refused('session.revoke', { session: login.body.session }), 'not_found')
})

test('[CO11] over the connections of an account: 4504, and welcome tells the limits', async () => {
  await using server = await startTestServer({ limits: { connectionsPerAccount: 2 } })
  const { token } = await register(server, 'ann')
  using first = await NativeClient.open(server, { token })
  using _second = await NativeClient.open(server, { token })
  assert.equal(first.welcome.limits.connectionsPerAccount, 2)
  assert.equal(first.welcome.limits.frameBytes, 65_536)
  using third = new NativeClient(server.url)
  await once(third.socket, 'open')
  third.send({ type: 'hello', token })
  assert.equal((await third.closed).code, 4504)
})

test('[CO11] over the connections of an address, and of the server: 4504', async () => {
  for (const limits of [{ connectionsPerAddress: 1 }, { connections: 1 }]) {
    await using server = await startTestServer({ limits })
    using _first = await NativeClient.open(server, { token: (await register(server, 'ann')).token })
    using second = new NativeClient(server.url)
    assert.equal((await second.closed).code, 4504)
  }
})

test('[AC13] a browser’s cookie opens the socket from the own origin, and from no other', async () => {
  await using server = await startTestServer()
  const made = await ask(server, 'POST', '/v1/accounts', {
    body: { name: 'ann', password: 'correct horse', cookie: true },
    headers: { origin: server.url },
  })
  const cookie = String(made.headers.get('set-cookie')).split(';')[0] ?? ''
  using own = await NativeClient.open(server, { headers: { cookie, origin: server.url } })
  assert.equal(own.welcome.user.name, 'ann')
  for (const headers of [{ cookie, origin: 'http://evil.example' }, { cookie }]) {
    using foreign = new NativeClient(server.url, headers)
    await once(foreign.socket, 'open')
    foreign.send({ type: 'hello' })
    const reply = await foreign.next(({ type }) => type === 'reply')
    assert.equal(reply.error.code, 'bad_origin')
    assert.equal((await foreign.closed).code, 4505)
  }
})
