import assert from 'node:assert/strict'
import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import type { AxeResults } from 'axe-core'
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from 'playwright-core'
import { ask } from '../../../server/test/support/rest.ts'
import { type Overrides, startTestServer } from '../../../server/test/support/start-server.ts'

/** Of each wait: generous, so that only what hangs fails by it, on a busy machine too. */
const waitMs = 120_000

const args = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-dev-shm-usage',
]

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** Screenshots are kept in the tree only where that is asked for. */
const shots = !process.env.SCREENSHOTS
  ? join(tmpdir(), 'parlance-screenshots')
  : join(import.meta.dirname, '../../../docs/screenshots')

/** Chromium, and the same engine without the browser around it: that has no notifications, and takes half the time. */
const programs = { whole: '/usr/bin/chromium', shell: '/usr/bin/chromium-headless-shell' } as const

const launched = new Map<string, Promise<Browser>>()

/** The one browser of its kind in a test file. */
function theBrowser(kind: keyof typeof programs): Promise<Browser> {
  const browser = launched.get(kind) ?? chromium.launch({ executablePath: programs[kind], args })
  launched.set(kind, browser)
  return browser
}
after(() => Promise.all([...launched.values()].map(async (browser) => (await browser).close())))

export const phone = { width: 390, height: 844 }
export const tablet = { width: 768, height: 1024 }
export const desktop = { width: 1440, height: 900 }

/** Both layouts and both themes, each once: what a theme breaks are colours, what a size breaks is the layout. */
export const looks = [
  { size: 'phone', viewport: phone, colorScheme: 'dark' },
  { size: 'desktop', viewport: desktop, colorScheme: 'light' },
] as const

export interface WindowOptions
  extends Pick<
    BrowserContextOptions,
    'viewport' | 'locale' | 'colorScheme' | 'permissions' | 'hasTouch' | 'isMobile'
  > {
  /** Where it begins; the start page where nothing is said. */
  readonly path?: string
}

export interface PersonOptions extends WindowOptions {
  readonly as?: 'account' | 'guest'
}

/** Somebody who is logged in, in a browser of their own. */
export interface Person {
  readonly page: Page
  readonly context: BrowserContext
  readonly id: number
  readonly name: string
  readonly password: string
  readonly token: string
  /** Asks the REST API as this person, and gives the body of the answer. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into bodies of every shape.
  do(method: string, path: string, body?: unknown): Promise<any>
}

/** A server, and people in browsers; at the end it sees that no page broke a policy, failed or asked another host. */
export interface Stage extends AsyncDisposable {
  readonly url: string
  /** A browser of somebody who is not logged in. */
  window(options?: WindowOptions): Promise<Page>
  person(name: string, options?: PersonOptions): Promise<Person>
  /** An account without a browser, to be spoken for over REST. */
  account(name: string): Promise<Omit<Person, 'page' | 'context'>>
  /** What the browsers may complain of in this test: a refused request, a server that is away. */
  allow(...faults: readonly RegExp[]): void
}

const password = 'correct horse battery'

interface StageOptions {
  /** Of a server that is there already, and stays; else one is started. */
  readonly url?: string
  /** What is special about the server that is started. */
  readonly server?: Overrides
  /** The whole of Chromium, with the service worker, which fetches all of the app; else the pages alone, in a shell. */
  readonly isWhole?: boolean
}

/** Opens a stage on a server of its own, or on one that is there already. */
export async function openStage({ url: given, server, isWhole = false }: StageOptions = {}): Promise<Stage> {
  const own = given === undefined ? await startTestServer(server) : undefined
  const url = own?.url ?? given ?? ''
  const browser = await theBrowser(isWhole ? 'whole' : 'shell')
  const contexts: BrowserContext[] = []
  const hosts = new Set<string>()
  const faults: string[] = []
  // Whoever is not logged in is told so, and a log-out may end a connection that was just being made.
  const allowed: RegExp[] = [
    /status of 401/,
    /WebSocket is closed before the connection is established/,
    /^Service Worker registration blocked/,
  ]
  const asked = (address: string) => {
    const { protocol, host } = new URL(address)
    if (protocol !== 'data:' && protocol !== 'blob:') hosts.add(host)
  }

  async function open(options: WindowOptions): Promise<BrowserContext> {
    const { path: _path, ...rest } = options
    const context = await browser.newContext({
      baseURL: url,
      reducedMotion: 'reduce',
      locale: 'en-GB',
      serviceWorkers: isWhole ? 'allow' : 'block',
      ...rest,
    })
    contexts.push(context)
    context.setDefaultTimeout(waitMs)
    context.on('request', (request) => asked(request.url()))
    context.on('page', (page) => {
      page.on('websocket', (socket) => asked(socket.url()))
      page.on('pageerror', (error) => faults.push(String(error)))
      page.on('console', (message) => {
        if (['error', 'warning'].includes(message.type())) faults.push(message.text())
      })
    })
    await context.addInitScript({
      content:
        "addEventListener('securitypolicyviolation', (event) => console.error('policy:', event.violatedDirective))",
    })
    return context
  }

  /** Who a log-in made one, to be spoken for over REST. */
  const speaker = (name: string, { token, account }: { token: string; account: { id: number } }) => ({
    id: account.id,
    name,
    password,
    token,
    async do(method: string, path: string, body?: unknown) {
      const answer = await ask({ url }, method, path, { token, body })
      assert.ok(answer.status < 300, `${method} ${path}: ${answer.text}`)
      return answer.body
    },
  })

  async function account(name: string) {
    const { status, body, text } = await ask({ url }, 'POST', '/v1/accounts', { body: { name, password } })
    assert.equal(status, 201, text)
    return speaker(name, body)
  }

  return {
    url,
    account,
    allow: (...more) => void allowed.push(...more),
    async window(options = {}) {
      const page = await (await open(options)).newPage()
      await page.goto(options.path ?? '/')
      return page
    },
    async person(name, options = {}) {
      const { as = 'account', ...rest } = options
      const context = await open(rest)
      const who = as === 'account' ? await account(name) : undefined
      const way = as === 'account' ? '/v1/sessions' : '/v1/guests'
      const data = { name, cookie: true, ...(as === 'account' && { password }) }
      const answer = await context.request.post(way, { data, headers: { origin: url } })
      assert.equal(answer.status(), 201, await answer.text())
      const page = await context.newPage()
      await page.goto(options.path ?? '/')
      return { ...(who ?? speaker(name, await answer.json())), page, context }
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(contexts.map((context) => context.close()))
      await own?.[Symbol.asyncDispose]()
      assert.deepEqual(
        faults.filter((fault) => !allowed.some((pattern) => pattern.test(fault))),
        [],
      )
      hosts.delete(new URL(url).host)
      assert.deepEqual([...hosts], [], 'other hosts were asked')
    },
  }
}

/** Waits until something is so, for what no element on the page tells. */
export async function comesTrue(condition: () => Promise<boolean>): Promise<void> {
  const until = Date.now() + waitMs
  while (!(await condition())) {
    assert.ok(Date.now() < until, `${condition} has not come true`)
    // Between two looks the machine is the browsers'.
    await setTimeout(20)
  }
}

/** Sees that axe finds nothing on what is shown now. */
export async function axe(page: Page): Promise<void> {
  await page.evaluate(axeSource)
  const { violations } = await page.evaluate<Pick<AxeResults, 'violations'>>(
    "axe.run(document, { preload: false, resultTypes: ['violations'] })",
  )
  const found = violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}\n${failureSummary}`),
  )
  assert.deepEqual(found, [], page.url())
}

/** Sees that nothing on the page has to be scrolled sideways. */
export async function fits(page: Page): Promise<void> {
  const [scroll, client] = await page.evaluate<[number, number]>(
    '[document.documentElement.scrollWidth, document.documentElement.clientWidth]',
  )
  assert.ok(scroll <= client, `${page.url()} is ${scroll} px wide on ${client} px`)
}

/** Takes a picture of the page, to be looked at. */
export async function shot(page: Page, name: string): Promise<void> {
  mkdirSync(shots, { recursive: true })
  await page.screenshot({ path: join(shots, `${name}.png`) })
}

/** The page's socket, which can be held: nothing comes or goes until it is released. */
export async function holdableWire(page: Page) {
  const held: (() => void)[] = []
  let isHeld = false
  const pass = (send: () => void) => (isHeld ? void held.push(send) : send())
  await page.routeWebSocket(/./, (socket) => {
    const server = socket.connectToServer()
    socket.onMessage((frame) => pass(() => server.send(frame)))
    server.onMessage((frame) => pass(() => socket.send(frame)))
  })
  return {
    hold() {
      isHeld = true
    },
    release() {
      isHeld = false
      for (const send of held.splice(0)) send()
    },
  }
}
