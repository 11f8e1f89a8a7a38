import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { version } from '../../src/version.ts'
import { ask } from '../support/rest.ts'
import { startTestServer } from '../support/start-server.ts'

describe('GET /', () => {
  it('[001 GET /] HTML unless Accept asks for JSON and not HTML', async () => {
    await using server = await startTestServer()
    const accepts = {
      '*/*': 'text/html',
      'text/html': 'text/html',
      'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8': 'text/html',
      'application/json, text/html': 'text/html',
      'text/html;q=0.1, application/json': 'text/html',
      'image/png': 'text/html',
      '': 'text/html',
      'application/json': 'application/json',
      'Application/JSON; charset=utf-8': 'application/json',
      'application/json, text/plain, */*': 'application/json',
      'application/problem+json': 'application/json',
      'application/json, text/html;q=0': 'application/json',
      'application/json;q=0': 'text/html',
      [`${','.repeat(4_000)}application/jsonx`]: 'text/html',
    }
    for (const [accept, type] of Object.entries(accepts)) {
      const { status, headers } = await ask(server, 'GET', '/', { headers: { accept } })
      assert.equal(status, 200)
      assert.equal(headers.get('content-type')?.split(';')[0], type, accept)
      assert.match(headers.get('vary') ?? '', /\bAccept\b/)
    }
  })

  it('[001 GET /] the JSON answer has message, version, documentation and websocket_endpoints', async () => {
    await using server = await startTestServer({ allowedOrigins: ['https://app.example'] })
    const headers = { accept: 'application/json', origin: 'https://app.example' }
    const answer = await ask(server, 'GET', '/', { headers })
    const { message, websocket_endpoints: endpoints, ...rest } = answer.body
    assert.match(message, /\S/)
    assert.deepEqual(rest, { version, documentation: '/docs' })
    assert.ok(endpoints.includes('/ws/{room}?username={username}'))
    assert.equal((await ask(server, 'GET', rest.documentation)).status, 200)
    assert.equal(answer.headers.get('vary'), 'Origin, Accept')
  })

  it('[§2 page] nothing inline, nothing from elsewhere, and everything it names is there', async () => {
    await using server = await startTestServer()
    const { text: html, headers } = await ask(server, 'GET', '/')
    const policy = headers.get('content-security-policy') ?? ''
    assert.match(policy, /^default-src 'none'; script-src 'self'; style-src 'self'; /)
    assert.doesNotMatch(policy, /unsafe|\*|https?:/)
    assert.doesNotMatch(html, /<style|\sstyle=|\son\w+=|<script>|https?:\/\//)
    const names = [...html.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map(([, path = '']) => path)
    assert.ok(names.length >= 4)
    for (const name of names) {
      const file = await ask(server, 'GET', name)
      assert.equal(file.status, 200, name)
      const kept = name.startsWith('/assets/') ? /immutable/ : /^no-cache$/
      if (name !== '/docs') assert.match(file.headers.get('cache-control') ?? '', kept, name)
    }
  })

  it('[§0 405] other methods', async () => {
    await using server = await startTestServer()
    const { status, headers, body } = await ask(server, 'POST', '/', { body: {} })
    assert.equal(status, 405)
    assert.match(headers.get('allow') ?? '', /\bGET\b/)
    assert.deepEqual(body, { detail: 'Method Not Allowed' })
  })
})
