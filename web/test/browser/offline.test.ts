import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import { ForkedServer } from '../../../client/test/support/forked-server.ts'
import { comesTrue, holdableWire, openStage, type Person } from './support.ts'

/** What a browser without a network complains of. */
const away = [
  /WebSocket connection to .* failed/,
  /ERR_INTERNET_DISCONNECTED/,
  /ERR_CONNECTION_REFUSED/,
  /ERR_FAILED/,
  /status of 50\d/,
]

async function say(page: Page, text: string): Promise<void> {
  const composer = page.locator('textarea').last()
  await composer.fill(text)
  await composer.press('Enter')
}

async function shows(page: Page, text: string): Promise<void> {
  await page.getByRole('log').getByText(text, { exact: true }).first().waitFor()
}

/** Waits until the service worker has the page in its hands, with all the code that it had loaded before. */
async function isKept(page: Page): Promise<void> {
  await comesTrue(() =>
    page.evaluate(async () => {
      if (navigator.serviceWorker.controller === null) return false
      const own = performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname)
      const kept = await Promise.all(
        own.filter((path) => /^\/assets\/.*\.(?:js|css)$/.test(path)).map((path) => caches.match(path)),
      )
      return kept.every((response) => response !== undefined)
    }),
  )
}

/** Waits until the client has written down what it knows: the entry of a key has this in it. */
async function hasKept(page: Page, key: string, part: string): Promise<void> {
  await comesTrue(() =>
    page.evaluate(
      async ([wantedKey, wantedPart]) => {
        const { promise, resolve } = Promise.withResolvers<boolean>()
        const opening = indexedDB.open('parlance')
        opening.onerror = () => resolve(false)
        opening.onsuccess = () => {
          const { result: database } = opening
          if (!database.objectStoreNames.contains('kept')) {
            database.close()
            resolve(false)
            return
          }
          const reading = database.transaction('kept').objectStore('kept').get(wantedKey)
          reading.onsuccess = () => resolve(String(reading.result).includes(wantedPart))
          reading.transaction?.addEventListener('complete', () => database.close())
        }
        return promise
      },
      [key, part] as const,
    ),
  )
}

/** The texts of a room, as the server has them. */
async function textsOf({ do: ask }: Pick<Person, 'do'>, room: number): Promise<string[]> {
  const { messages } = await ask('GET', `/v1/rooms/${room}/messages`)
  return messages.map(({ text }: { text: string }) => text)
}

describe('without a network', () => {
  it('a reload shows rooms and messages; what is sent waits, outlives another reload, and lands once', async () => {
    await using stage = await openStage({ isWhole: true })
    stage.allow(...away)
    const ben = await stage.account('ben')
    const { id } = await ben.do('POST', '/v1/rooms', { name: 'tea', visibility: 'public' })
    const { id: unseen } = await ben.do('POST', '/v1/rooms', { name: 'coffee', visibility: 'public' })
    for (const text of ['The kettle is on', 'Who wants some?'])
      await ben.do('POST', `/v1/rooms/${id}/messages`, { text })
    const { page, context, do: ask } = await stage.person('ann')
    for (const room of [id, unseen]) await ask('POST', `/v1/rooms/${room}/join`)
    await page.goto(`/r/${id}`)
    await shows(page, 'Who wants some?')
    await isKept(page)
    await hasKept(page, 'cache.0', 'Who wants some?')
    await context.setOffline(true)
    await page.reload()
    await shows(page, 'The kettle is on')
    await page.getByText('No connection.').waitFor()
    const sent = ['Me please', 'With milk', 'And sugar']
    for (const text of sent) {
      await say(page, text)
      await shows(page, text)
    }
    // Nothing of this room was ever read here: what is written there waits all the same.
    await page.getByRole('link', { name: 'coffee' }).click()
    await page.getByText('Not available offline.').waitFor()
    await say(page, 'Nobody here?')
    await page.getByText('Nobody here?', { exact: true }).waitFor()
    await page.getByRole('link', { name: 'tea' }).click()
    await page.reload()
    for (const text of sent) await shows(page, text)
    await context.setOffline(false)
    await page.getByText('No connection.').waitFor({ state: 'detached' })
    await say(page, 'Thanks')
    await shows(page, 'Thanks')
    const all = ['The kettle is on', 'Who wants some?', ...sent, 'Thanks']
    await comesTrue(async () => (await textsOf(ben, id)).length >= all.length)
    assert.deepEqual(await textsOf(ben, id), all)
    assert.deepEqual(await textsOf(ben, unseen), ['Nobody here?'])
  })

  it('what is not kept says so, and loads by itself with the next connection', async () => {
    await using stage = await openStage({ isWhole: true })
    stage.allow(...away)
    const ben = await stage.account('ben')
    const { id } = await ben.do('POST', '/v1/rooms', { name: 'tea', visibility: 'public' })
    await ben.do('POST', '/v1/rooms', { name: 'coffee', visibility: 'public' })
    for (let n = 1; n <= 150; n += 1)
      await ben.do('POST', `/v1/rooms/${id}/messages`, { text: `message ${n}`, nonce: `n-${n}` })
    const { page, context, do: ask } = await stage.person('ann')
    await ask('POST', `/v1/rooms/${id}/join`)
    const notKept = page.getByText('Not available offline.')
    // All code of these places is here before the network goes.
    await page.goto('/settings/sessions')
    await page.getByText('this one').first().waitFor()
    await page.goto('/browse')
    await page.getByRole('heading', { name: 'coffee' }).waitFor()
    await page.goto(`/r/${id}`)
    await shows(page, 'message 150')
    await isKept(page)
    await hasKept(page, 'cache.0', 'message 150')
    await context.setOffline(true)

    await page.goto('/browse')
    await notKept.waitFor()
    await page.goto('/settings/sessions')
    await notKept.waitFor()
    await page.goto(`/r/${id + 1}`)
    await notKept.waitFor()
    await page.goto(`/r/${id}`)
    await shows(page, 'message 150')
    await page.getByRole('log').hover()
    await comesTrue(async () => {
      await page.mouse.wheel(0, -3_000)
      return (await notKept.count()) > 0
    })
    assert.equal(await page.getByText('message 1', { exact: true }).count(), 0)

    await page.goto('/browse')
    await notKept.waitFor()
    await context.setOffline(false)
    await page.getByRole('heading', { name: 'coffee' }).waitFor()
    assert.equal(await notKept.count(), 0)
    // The socket has not noticed yet that there is no network.
    const wire = await holdableWire(page)
    await page.goto('/browse')
    await page.getByRole('heading', { name: 'coffee' }).waitFor()
    wire.hold()
    await context.setOffline(true)
    await page.getByRole('searchbox').fill('cof')
    await notKept.waitFor()
    await context.setOffline(false)
    wire.release()
    await page.getByRole('heading', { name: 'coffee' }).waitFor()
    await notKept.waitFor({ state: 'detached' })
  })

  it('the app’s places open, the server’s own pages do not', async () => {
    await using stage = await openStage({ isWhole: true })
    stage.allow(...away)
    const { page, context } = await stage.person('ann')
    await page.getByRole('navigation').first().waitFor()
    await isKept(page)
    await hasKept(page, 'cache', 'ann')
    await context.setOffline(true)
    await page.goto('/settings')
    await page.getByRole('navigation').first().waitFor()
    await assert.rejects(page.goto('/docs'), /ERR_INTERNET_DISCONNECTED/)
  })
})

describe('a server that is killed and comes back', () => {
  it('loses nothing and doubles nothing of two who type on', async () => {
    await using server = await ForkedServer.start()
    const { port } = server
    await using stage = await openStage({ url: `http://127.0.0.1:${port}`, isWhole: true })
    stage.allow(...away)
    const ann = await stage.person('ann')
    const ben = await stage.person('ben')
    const { id } = await ann.do('POST', '/v1/rooms', { name: 'tea', visibility: 'public' })
    await ben.do('POST', `/v1/rooms/${id}/join`)
    for (const { page } of [ann, ben]) await page.goto(`/r/${id}`)
    await say(ann.page, 'ann 0')
    await shows(ben.page, 'ann 0')
    await server.kill()
    for (const n of [1, 2, 3]) {
      await say(ann.page, `ann ${n}`)
      await say(ben.page, `ben ${n}`)
    }
    await server.start(port)
    for (const { page } of [ann, ben]) {
      for (const n of [1, 2, 3]) {
        await shows(page, `ann ${n}`)
        await shows(page, `ben ${n}`)
      }
    }
    const texts = await textsOf(ann, id)
    const of = (name: string) => texts.filter((text) => text.startsWith(name))
    assert.deepEqual(of('ann'), ['ann 0', 'ann 1', 'ann 2', 'ann 3'])
    assert.deepEqual(of('ben'), ['ben 1', 'ben 2', 'ben 3'])
  })
})
