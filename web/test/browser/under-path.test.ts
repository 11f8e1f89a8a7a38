import assert from 'node:assert/strict'
import { it } from 'node:test'
import type { Page } from 'playwright-core'
import { parsePublicUrl } from '../../../server/src/public-url.ts'
import { ask, register } from '../../../server/test/support/rest.ts'
import { startTestServer } from '../../../server/test/support/start-server.ts'
import { startPathProxy } from './path-proxy.ts'
import { comesTrue, openStage } from './support.ts'

async function say(page: Page, text: string): Promise<void> {
  const composer = page.locator('textarea').last()
  await composer.fill(text)
  await composer.press('Enter')
  await page.getByRole('log').getByText(text, { exact: true }).first().waitFor()
}

/** Whether a database has this text in something it keeps. */
async function keptText([name, text]: readonly [string, string]): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>()
  const opening = indexedDB.open(name)
  opening.onsuccess = () => {
    const { result: database } = opening
    const reading = database.transaction('kept').objectStore('kept').getAll()
    reading.onsuccess = () => resolve(reading.result.some((kept) => String(kept).includes(text)))
    reading.transaction?.addEventListener('complete', () => database.close())
  }
  return promise
}

it('[CO17] under a path the app logs in, talks, reloads, and lives without a network', async () => {
  await using proxy = await startPathProxy('/chat')
  const publicUrl = parsePublicUrl(proxy.url)
  assert.ok(typeof publicUrl === 'object')
  await using server = await startTestServer({ publicUrl })
  proxy.target = server
  const { token } = await register(server, 'ann')
  const { body: room } = await ask(server, 'POST', '/v1/rooms', {
    token,
    body: { name: 'tea', visibility: 'open' },
  })
  await using stage = await openStage({ url: proxy.url, isWhole: true })
  stage.allow(/status of 404/, /ERR_INTERNET_DISCONNECTED/, /ERR_FAILED/, /WebSocket connection to .* failed/)
  const page = await stage.window({ path: `${proxy.url}` })
  const at = () => page.evaluate(() => location.pathname)
  await page.getByRole('button', { name: 'Log in', exact: true }).first().click()
  await comesTrue(async () => (await at()) === '/chat/log-in')
  await page.getByLabel('Name or e-mail address').fill('ann')
  await page.getByLabel('Password', { exact: true }).fill('correct horse')
  await page.locator('form').getByRole('button', { name: 'Log in', exact: true }).click()
  await page.getByRole('link', { name: 'tea' }).click()
  await comesTrue(async () => (await at()) === `/chat/r/${room.id}`)
  await say(page, 'Hello from below')
  const [cookie] = await page.context().cookies(`${proxy.url}/`)
  assert.deepEqual([cookie?.name, cookie?.path], ['parlance', '/chat'])
  await page.reload()
  await page.getByRole('log').getByText('Hello from below').waitFor()
  assert.equal(await page.evaluate(async () => (await navigator.serviceWorker.ready).scope), `${proxy.url}/`)
  // What is kept is kept under the path, apart from other sites of the host.
  await comesTrue(() =>
    page.evaluate(async () => {
      if (navigator.serviceWorker.controller === null || !(await caches.has('parlance/chat'))) return false
      const own = performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname)
      const code = own.filter((path) => /\/assets\/.*\.(?:js|css)$/.test(path))
      const kept = await Promise.all(code.map((path) => caches.match(path)))
      return code.length > 0 && kept.every((response) => response !== undefined)
    }),
  )
  await comesTrue(() => page.evaluate(keptText, ['parlance/chat', 'Hello from below'] as const))
  await page.context().setOffline(true)
  await page.reload()
  await page.getByRole('log').getByText('Hello from below').waitFor()
  await page.context().setOffline(false)
  await page.goto(`${proxy.url}/nothing`)
  await page.getByRole('heading', { name: 'Page not found' }).waitFor()
  await page.getByRole('link', { name: 'Back to your rooms' }).click()
  await comesTrue(async () => (await at()).startsWith('/chat/'))
  await page.goto(`${proxy.url}/r/${room.id}/abc`)
  await page.getByText('There is no such message in this room.').waitFor()
  assert.equal(await page.getByText('There is no such message in this room.').count(), 1)
  assert.equal(await at(), `/chat/r/${room.id}`)
})

it('[AC33] a page of an origin that the server does not take for its own says so, and the session stands', async () => {
  await using server = await startTestServer()
  await using proxy = await startPathProxy('', { hidesHost: true })
  proxy.target = server
  const { account } = await register(server, 'ann')
  await using stage = await openStage({ url: proxy.url })
  stage.allow(/status of 403/)
  const page = await stage.window({ path: '/log-in' })
  const { request } = page.context()
  const sentence = page.getByText(`This server does not accept requests from ${proxy.url}.`)
  await sentence.waitFor()
  // Logged in where it does; the cookie is the host's, whatever the port.
  const data = { name: 'ann', password: 'correct horse', cookie: true }
  const headers = { origin: server.url }
  assert.equal((await request.post(`${server.url}/v1/sessions`, { data, headers })).status(), 201)
  await page.reload()
  await sentence.waitFor()
  await page.getByLabel('Name or e-mail address').fill('ann')
  await page.getByLabel('Password', { exact: true }).fill('correct horse')
  await page.locator('form').getByRole('button', { name: 'Log in', exact: true }).click()
  await page.locator('form').getByText('does not accept requests').waitFor()
  assert.equal(await page.getByText('You are logged out').count(), 0)
  assert.equal((await (await request.get(`${server.url}/v1/account`)).json()).id, account.id)
})
