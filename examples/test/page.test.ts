import assert from 'node:assert/strict'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { test } from 'node:test'
import { createClient } from '@parlance/client'
import { build } from 'esbuild'
import { chromium, type Page } from 'playwright-core'
import { startTestServer } from '../../server/test/support/start-server.ts'

const folder = join(import.meta.dirname, '../page')

/** A web server of the page's own. */
async function servePage() {
  const { outputFiles } = await build({
    entryPoints: [join(folder, 'page.ts')],
    bundle: true,
    format: 'esm',
    target: 'es2022',
    write: false,
  })
  const html = await readFile(join(folder, 'index.html'))
  const server = createServer(({ url }, response) => {
    const isScript = url === '/page.js'
    response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html')
    response.end(isScript ? outputFiles[0]?.contents : html)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

/** Waits until the page shows this line. */
const shows = (page: Page, line: string) =>
  page.getByRole('listitem').getByText(line, { exact: true }).waitFor()

test('[CL13] a page in Chromium chats, and shows what it had when it is loaded again without its server', async () => {
  await using web = await servePage()
  await using server = await startTestServer({ allowedOrigins: [web.origin] })
  await using ann = createClient({ url: server.url })
  await ann.register({ name: 'ann', password: 'correct horse' })
  await ann.connect()
  const { id } = await ann.request({ type: 'room.create', name: 'tea', visibility: 'open' })
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
  })
  try {
    const page = await browser.newPage()
    const faults: string[] = []
    page.on('pageerror', (error) => faults.push(String(error)))
    await page.goto(`${web.origin}/?server=${server.url}&room=${id}&name=bob`)
    await page.getByText('bob (guest), open').waitFor()
    const room = ann.room(id)
    await room?.send('Hello')
    await shows(page, 'ann: Hello')
    await page.getByRole('textbox').fill('Hi')
    await page.getByRole('button', { name: 'Send' }).click()
    await shows(page, 'bob (guest): Hi')
    await ann.close()
    await server[Symbol.asyncDispose]()
    await page.reload()
    await shows(page, 'ann: Hello')
    await shows(page, 'bob (guest): Hi')
    await page.getByRole('textbox').fill('Anybody?')
    await page.keyboard.press('Enter')
    await shows(page, 'bob (guest): Anybody? (sending)')
    assert.deepEqual(faults, [])
  } finally {
    await browser.close()
  }
})
