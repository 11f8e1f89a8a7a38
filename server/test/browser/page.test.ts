import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { startTestServer, type TestServer } from '../support/start-server.ts'

const args = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-dev-shm-usage',
]

let browser: Browser

before(async () => {
  browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args })
})
after(() => browser.close())

/** A browser's window; `finish` sees that nothing was asked of another host, and that the page broke no policy. */
async function open(server: TestServer, options: Parameters<Browser['newContext']>[0] = {}) {
  const context = await browser.newContext(options)
  const hosts = new Set<string>()
  const faults: string[] = []
  const asked = (url: string) => {
    const { protocol, host } = new URL(url)
    if (protocol !== 'data:') hosts.add(host)
  }
  context.on('request', (request) => asked(request.url()))
  context.on('page', (page) => {
    page.on('websocket', (socket) => asked(socket.url()))
    page.on('pageerror', (error) => faults.push(String(error)))
    page.on('console', (message) => {
      // A server that is away is the one thing a page may complain of.
      if (!/WebSocket connection to .* failed/.test(message.text())) faults.push(message.text())
    })
  })
  await context.addInitScript({
    content: "addEventListener('securitypolicyviolation', (event) => console.error(event.violatedDirective))",
  })
  return {
    context,
    async finish(): Promise<void> {
      assert.deepEqual(faults, [])
      assert.deepEqual([...hosts], [`127.0.0.1:${server.port}`])
      await context.close()
    },
  }
}

/** A tab whose user has joined by the form. */
async function joined(context: BrowserContext, url: string, room: string, name: string): Promise<Page> {
  const page = await context.newPage()
  await page.goto(url)
  assert.equal(await page.getByLabel('Message', { exact: true }).isVisible(), false)
  await page.getByLabel('Room').fill(room)
  await page.getByLabel('Your name').fill(name)
  await page.getByRole('button', { name: 'Join' }).click()
  await shows(page, `${name} joined the room.`)
  assert.equal(await page.getByLabel('Room').isVisible(), false)
  return page
}

async function say(page: Page, text: string): Promise<void> {
  await page.getByLabel('Message', { exact: true }).fill(text)
  await page.keyboard.press('Enter')
}

/** Waits until a line of the log has this text. */
async function shows(page: Page, text: string): Promise<void> {
  await page.getByRole('log').getByText(text, { exact: true }).last().waitFor()
}

describe('the page', () => {
  it('[§2 page] two tabs talk, and see who comes and goes', async () => {
    await using server = await startTestServer()
    const { context, finish } = await open(server)
    const ann = await joined(context, server.url, 'tea & cake?#%', 'Ann')
    const ben = await joined(context, server.url, 'tea & cake?#%', 'Ben')
    await shows(ann, 'Ben joined the room.')
    await say(ann, 'Hello Ben')
    await shows(ben, 'Hello Ben')
    await shows(ann, 'Hello Ben')
    await say(ben, 'Hello Ann')
    await shows(ann, 'Hello Ann')
    assert.equal(await ann.getByLabel('Message', { exact: true }).inputValue(), '')
    await ben.getByRole('button', { name: 'Leave' }).click()
    await shows(ann, 'Ben left the room.')
    await ben.getByText('Not connected').waitFor()
    await finish()
  })

  it('[§2 page] markup in a message or a name is shown as text', async () => {
    await using server = await startTestServer()
    const { context, finish } = await open(server)
    const script = '<script>document.title = "taken"</script>'
    const image = '<img src=x onerror="document.title = \'taken\'">'
    const ann = await joined(context, server.url, 'general', 'Ann')
    const mallory = await joined(context, server.url, 'general', '<b>Mallory</b>')
    await shows(ann, '<b>Mallory</b> joined the room.')
    for (const text of [script, image]) {
      await say(mallory, text)
      await shows(ann, text)
    }
    await ann.getByText('<b>Mallory</b>', { exact: true }).first().waitFor()
    assert.equal(await ann.locator('[role=log] :is(script, img, b b)').count(), 0)
    assert.equal(await ann.title(), 'general · Parlance')
    await finish()
  })

  it('[§2 page] it comes back by itself when the server does', async () => {
    const server = await startTestServer()
    const { context, finish } = await open(server)
    const ann = await joined(context, server.url, 'general', 'Ann')
    await server[Symbol.asyncDispose]()
    await ann.getByText('Connection lost, trying again…').waitFor()
    await say(ann, 'kept')
    await shows(ann, 'Not connected: the message is kept until you send it again.')
    await using _again = await startTestServer({ port: server.port })
    await ann.getByText('Connected', { exact: true }).waitFor()
    await shows(ann, 'Connected again. What was said meanwhile is not shown: this room keeps no history.')
    assert.equal(await ann.getByLabel('Message', { exact: true }).inputValue(), 'kept')
    await ann.getByRole('button', { name: 'Send' }).click()
    await shows(ann, 'kept')
    await finish()
  })

  it('[§2 page] room and name are kept: a reload is back in the room, a link asks for the name', async () => {
    await using server = await startTestServer()
    const { context, finish } = await open(server)
    const ann = await joined(context, server.url, 'café', 'Ann')
    assert.equal(new URL(ann.url()).searchParams.get('room'), 'café')
    await ann.reload()
    await shows(ann, 'Ann joined the room.')
    const next = await context.newPage()
    await next.goto(server.url)
    assert.equal(await next.getByLabel('Your name').inputValue(), 'Ann')
    const other = await open(server)
    const ben = await other.context.newPage()
    await ben.goto(ann.url())
    assert.equal(await ben.getByLabel('Room').inputValue(), 'café')
    await ben.getByLabel('Your name').fill('Ben')
    await ben.keyboard.press('Enter')
    await shows(ann, 'Ben joined the room.')
    await finish()
    await other.finish()
  })

  it('[§2 page] a conversation that has ended is not rejoined by itself', async () => {
    await using server = await startTestServer()
    const { context, finish } = await open(server)
    const ann = await joined(context, server.url, 'general', 'Ann')
    const text = new WebSocket(`${server.url.replace('http', 'ws')}/ws/general`)
    text.addEventListener('open', () => text.send('Done'))
    await ann.getByText('The conversation has ended').waitFor()
    await ann.getByRole('button', { name: 'Join' }).click()
    await shows(ann, 'Ann joined the room.')
    await finish()
  })

  it('[§2 page] what cannot name a room is told before it is tried', async () => {
    await using server = await startTestServer()
    const { context, finish } = await open(server)
    const page = await context.newPage()
    await page.goto(`${server.url}/?room=..`)
    const room = page.getByLabel('Room')
    for (const name of ['', ' ', '.', '..', 'a/b']) {
      await room.fill(name)
      await page.keyboard.press('Enter')
      assert.equal(await room.evaluate((input) => input.matches(':invalid')), true, name)
    }
    assert.equal(await page.getByRole('log').count(), 0)
    await finish()
  })

  it('[§2 page] by keyboard and at the size of a phone: all in view, nothing to scroll sideways, every control named', async () => {
    await using server = await startTestServer()
    for (const colorScheme of ['light', 'dark'] as const) {
      const { context, finish } = await open(server, { viewport: { width: 320, height: 568 }, colorScheme })
      const page = await context.newPage()
      await page.goto(server.url)
      await page.keyboard.type('general')
      await page.keyboard.press('Tab')
      await page.keyboard.type('Ann')
      await page.keyboard.press('Enter')
      await shows(page, 'Ann joined the room.')
      for (let i = 0; i < 40; i += 1) {
        await say(page, `${i} ${'wide'.repeat(20)}`)
      }
      await shows(page, `39 ${'wide'.repeat(20)}`)
      for (const part of [page.getByLabel('Message', { exact: true }), page.getByText('39 wide')]) {
        const box = await part.boundingBox()
        assert.ok(box !== null && box.x >= 0 && box.x + box.width <= 320 && box.y + box.height <= 568)
      }
      assert.equal(await page.evaluate('document.documentElement.scrollWidth'), 320)
      for (const name of ['Room', 'Your name', 'Message']) {
        assert.equal(await page.getByLabel(name, { exact: true }).count(), 1, name)
      }
      await finish()
    }
  })
})
