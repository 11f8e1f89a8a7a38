import assert from 'node:assert/strict'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { request } from 'node:https'
import { join } from 'node:path'
import { it } from 'node:test'
import { WebSocket } from 'ws'
import { parsePublicUrl } from '../../src/public-url.ts'
import { startTestServer } from '../support/start-server.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { proxyFile, proxyFiles, proxyNames, type RunningProxy, runProxy } from './run-proxy.ts'

const seenAt = {
  nginx: 'https://chat.example.com',
  caddy: 'https://example.com/chat',
  haproxy: 'https://chat.example.com',
} as const

/** A browser that sees the server through a proxy. */
class Browser {
  readonly #proxy: RunningProxy
  readonly #host: string
  readonly path: string
  cookie = ''

  constructor(proxy: RunningProxy, url: string, port: string) {
    const { hostname, pathname } = new URL(url)
    this.#proxy = proxy
    this.#host = hostname + port
    this.path = pathname === '/' ? '' : pathname
  }

  get #headers(): Record<string, string> {
    const { hostname } = new URL(`https://${this.#host}`)
    return {
      host: this.#host,
      origin: `https://${hostname}`,
      ...(this.cookie !== '' && { cookie: this.cookie }),
    }
  }

  async ask(method: string, path: string, body?: object) {
    const { port, ca } = this.#proxy
    const servername = this.#host.replace(/:\d+$/, '')
    const headers = { ...this.#headers, ...(body !== undefined && { 'content-type': 'application/json' }) }
    const asked = request({ host: '127.0.0.1', port, ca, servername, method, path, headers, agent: false })
    asked.end(body === undefined ? '' : JSON.stringify(body))
    const [answer] = await once(asked, 'response')
    const text: string = (await answer.setEncoding('utf8').toArray()).join('')
    const [setCookie = ''] = (answer.headers['set-cookie'] ?? []) as string[]
    if (setCookie !== '') this.cookie = setCookie.split(';')[0] ?? ''
    return { status: answer.statusCode as number, headers: answer.headers, text, setCookie }
  }

  /** Opens a socket, says something where there is something to say, and gives the first frame for which this holds. */
  async hear(path: string, say: string | undefined, isIt: RegExp, protocols: string[] = []): Promise<string> {
    const { port, ca } = this.#proxy
    const servername = this.#host.replace(/:\d+$/, '')
    const options = { ca, servername, headers: this.#headers }
    const socket = new WebSocket(`wss://127.0.0.1:${port}${this.path}${path}`, protocols, options)
    const { promise, resolve, reject } = Promise.withResolvers<string>()
    socket.on('open', () => say !== undefined && socket.send(say))
    socket.on('message', (data) => isIt.test(String(data)) && resolve(String(data)))
    socket.on('error', reject)
    socket.on('close', (code, reason) => reject(new Error(`${path} closed with ${code} ${reason}`)))
    try {
      return await promise
    } finally {
      socket.terminate()
    }
  }
}

for (const name of proxyNames) {
  it(`[CO18] through ${name} one logs in, stays logged in, and every kind of socket opens`, async () => {
    await using folder = await temporaryFolder()
    const publicUrl = parsePublicUrl(seenAt[name])
    assert.ok(typeof publicUrl === 'object')
    await using server = await startTestServer({ publicUrl, trustedProxies: ['127.0.0.1'] })
    await using proxy = await runProxy(name, server.port, folder.path)
    // As browsers say it, and as some proxies before this one do.
    for (const port of ['', ':443']) {
      const browser = new Browser(proxy, seenAt[name], port)
      const { path } = browser
      const page = await browser.ask('GET', `${path}/`)
      assert.equal(page.status, 200, page.text)
      const [, script = ''] = / src="([^"]+\.js)"/.exec(page.text) ?? []
      assert.ok(script.startsWith(`${path}/assets/`), script)
      assert.equal((await browser.ask('GET', script)).status, 200)
      assert.equal((await browser.ask('GET', `${path}/r/1`)).text, page.text)

      const account = { name: `ann${port.slice(1)}`, password: 'correct horse', cookie: true }
      const made = await browser.ask('POST', `${path}/v1/accounts`, account)
      assert.equal(made.status, 201, made.text)
      const attributes = `Max-Age=2592000; Path=${path || '/'}; HttpOnly; SameSite=Strict; Secure`
      assert.equal(made.setCookie, `${browser.cookie}; ${attributes}`)
      assert.match(browser.cookie, path === '' ? /^__Host-parlance=/ : /^__Secure-parlance=/)
      assert.match(made.headers['strict-transport-security'] ?? '', /max-age/)
      const refreshed = await browser.ask('POST', `${path}/v1/sessions/refresh`)
      assert.equal(refreshed.status, 200, refreshed.text)

      await browser.hear('/v1/socket', '{"type":"hello"}', /"type":"welcome"/, ['parlance.v1'])
      await browser.hear('/ws/tea', 'Hello!', /^Hello!$/)
      await browser.hear('/socket.io/?EIO=4&transport=websocket', undefined, /^0\{"sid"/)
      const polled = await browser.ask('GET', `${path}/socket.io/?EIO=4&transport=polling`)
      assert.match(polled.text, /^0\{"sid"/)
    }
    const log = server.logged.join('')
    assert.doesNotMatch(log, /refused for its origin|TRUSTED_PROXIES/)
  })
}

it('[CO18] the files in docs/OPERATIONS.md are those that are tried', () => {
  const operations = readFileSync(join(import.meta.dirname, '../../../docs/OPERATIONS.md'), 'utf8')
  for (const name of proxyNames) {
    const block =
      new RegExp(`\`\`\`\\w*\\n# [^\\n]*${name === 'caddy' ? 'Caddyfile' : name}[^]*?\`\`\``).exec(
        operations,
      )?.[0] ?? ''
    assert.equal(block.replace(/^```\w*\n|```$/g, ''), proxyFile(name), proxyFiles[name])
  }
})
