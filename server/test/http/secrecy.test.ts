import assert from 'node:assert/strict'
import { it } from 'node:test'
import { commandTypes } from '@parlance/protocol/commands'
import { ask, register } from '../support/rest.ts'
import { startTestServer } from '../support/start-server.ts'

it('[AC12] no token, password, code of a link or text is ever in the log, whatever goes wrong', async () => {
  await using server = await startTestServer()
  const password = 'canary-password'
  const { token, refreshToken, account } = await register(server, 'ada', password)
  const text = 'canary-text'
  const { body: room } = await ask(server, 'POST', '/v1/rooms', { token, body: { name: 'tea', topic: text } })
  const messages = `/v1/rooms/${room.id}/messages`
  const { body: message } = await ask(server, 'POST', messages, {
    token,
    body: { text, nonce: 'canary-nonce' },
  })
  await ask(server, 'PATCH', `${messages}/${message.id}`, { token, body: { text: `${text} again` } })
  await ask(server, 'GET', messages, { token })
  const links = `/v1/rooms/${room.id}/invites`
  const link = (await ask(server, 'POST', links, { token, body: {} })).body.invite
  for (const path of ['/v1/invites/get', '/v1/invites/accept', `${links}/revoke`]) {
    await ask(server, 'POST', path, { token, body: { code: link.code } })
    // By now it may be ended, or who asks is nobody.
    await ask(server, 'POST', path, { body: { code: link.code } })
    await ask(server, 'POST', path, { token, body: { code: [link.code] } })
  }
  // The failing ways.
  const headers = { cookie: `parlance=${refreshToken}`, 'x-canary': 'canary-header' }
  await ask(server, 'POST', messages, { token, body: { text, nonce: { text } } })
  await ask(server, 'POST', messages, { token, body: { text: 'another', nonce: 'canary-nonce' } })
  await ask(server, 'POST', messages, { body: { text }, headers })
  await ask(server, 'POST', '/v1/sessions', { body: { name: account.name, password: 'canary-wrong' } })
  await ask(server, 'POST', '/v1/sessions', { body: { name: account.name, password: [password] } })
  await ask(server, 'GET', `/v1/account?token=${token}&x=1`)
  await ask(server, 'GET', `/ws/1?token=${token}`)
  await ask(server, 'GET', `/nothing?TOKEN=${token}`)
  await fetch(`${server.url}/v1/sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: `{"password":"${password}" nonsense`,
  })
  // A refresh token that is used twice is worth a warning; the token itself is not in it.
  await ask(server, 'POST', '/v1/sessions/refresh', { body: { refreshToken } })
  await ask(server, 'POST', '/v1/sessions/refresh', { body: { refreshToken } })
  for (const type of commandTypes) await ask(server, 'GET', `/v1/${type}?token=${token}`)

  const log = server.logged.join('')
  assert.ok(server.logged.length > commandTypes.length, 'requests are logged at the level debug')
  assert.doesNotMatch(log, /[?]/, 'what is in a query is not logged')
  for (const secret of ['canary', token, refreshToken, link.code, server.config.secret]) {
    assert.ok(!log.includes(secret), `${secret} is in the log`)
  }
})
