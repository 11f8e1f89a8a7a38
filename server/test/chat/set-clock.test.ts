import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { ContractClient, refusal } from '../support/contract-client.ts'
import { newcomer, roomOf } from '../support/envelope.ts'
import { ManualClock } from '../support/manual-clock.ts'
import { NativeClient } from '../support/native-client.ts'
import { ask, register } from '../support/rest.ts'
import { startTestServer } from '../support/start-server.ts'

describe('a server whose clock is set back after a log-in', () => {
  for (const seconds of [2, 59]) {
    it(`[CO14] by ${seconds} s: the token is good on REST, on native sockets and on those of contracts`, async () => {
      const clock = new ManualClock()
      await using server = await startTestServer({}, { clock })
      const ann = await newcomer(server, 'ann')
      const room = await roomOf(server, ann)
      const { token } = ann
      clock.step(-seconds * 1_000)
      assert.equal((await ask(server, 'GET', '/v1/account', { token })).status, 200)
      using native = await NativeClient.open(server, { token })
      assert.equal(native.welcome.user.name, 'ann')
      using auth = await ContractClient.open(server, `/ws/auth?token=${token}`)
      assert.equal((await auth.next()).type, 'connection_established')
      using chat = await ContractClient.open(server, `/ws/chat/${room}?token=${token}`)
      assert.equal((await chat.next()).type, 'user_activity')
    })
  }

  it('[CO14] by more than a minute: it is refused, and the refresh token gives one that is good', async () => {
    const clock = new ManualClock()
    await using server = await startTestServer({}, { clock })
    const { token, refreshToken } = await register(server, 'ann')
    clock.step(-62_000)
    assert.equal((await ask(server, 'GET', '/v1/account', { token })).status, 401)
    assert.equal((await refusal(server, `/ws/auth?token=${token}`)).status, 403)
    const { body } = await ask(server, 'POST', '/v1/sessions/refresh', { body: { refreshToken } })
    assert.equal((await ask(server, 'GET', '/v1/account', { token: body.token })).status, 200)
  })

  it('[CO14] a token ends at its time, to the second, also within the minute', async () => {
    const clock = new ManualClock()
    await using server = await startTestServer({ accessTokenLifeMs: 60_000 }, { clock })
    const { token } = await register(server, 'ann')
    const status = async () => (await ask(server, 'GET', '/v1/account', { token })).status
    clock.pass(59_000)
    assert.equal(await status(), 200)
    clock.pass(1_000)
    assert.equal(await status(), 401)
  })

  it('[CO14] an answer that was lost is given again within 30 s, though the clock was set meanwhile', async () => {
    for (const stepMs of [-3_600_000, 40_000]) {
      const clock = new ManualClock()
      await using server = await startTestServer({}, { clock })
      const { refreshToken } = await register(server, 'ann')
      const trade = async () =>
        (await ask(server, 'POST', '/v1/sessions/refresh', { body: { refreshToken } })).status
      assert.equal(await trade(), 200)
      clock.step(stepMs)
      assert.equal(await trade(), 200, `set by ${stepMs} ms`)
      clock.pass(31_000)
      assert.equal(await trade(), 401, `31 s after a step of ${stepMs} ms`)
    }
  })

  it('[CO12] a limit of a minute lasts a minute, whatever the wall shows', async () => {
    const clock = new ManualClock()
    await using server = await startTestServer({ limits: { loginsPerMinute: 1 } }, { clock })
    await register(server, 'ann')
    const attempt = async () => {
      const body = { name: 'ann', password: 'a wrong one' }
      return (await ask(server, 'POST', '/v1/sessions', { body })).status
    }
    assert.equal(await attempt(), 401)
    for (const stepMs of [3_600_000, -7_200_000]) {
      clock.step(stepMs)
      assert.equal(await attempt(), 429)
    }
    clock.pass(60_000)
    assert.equal(await attempt(), 401)
  })
})
