import assert from 'node:assert/strict'
import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { join } from 'node:path'
import { text as readText } from 'node:stream/consumers'
import { describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import { startTestServer } from '../../../server/test/support/start-server.ts'
import { openStage, shot } from './support.ts'

/** A built file's hash, and the mark that the newer build has before it. */
const hashed = /(?<=[\w.]-)([\w-]{8})(?=\.(?:js|css)\b)/g
const mark = 'newer.'

/** A server behind a door that can put a newer build of the app in: the same code, in files of other names. */
async function startReleases() {
  const server = await startTestServer()
  const { hostname, port } = new URL(server.url)
  let isNewer = false

  const answer = async (asked: IncomingMessage, response: ServerResponse) => {
    const { method, headers, url = '/' } = asked
    const isFile = url.startsWith('/assets/')
    if (isFile && /\.(?:js|css)$/.test(url) && url.includes(mark) !== isNewer) {
      response.writeHead(404).end()
      return
    }
    // What depends on the build is neither compressed nor taken for what it was.
    const {
      'accept-encoding': _encoding,
      'if-none-match': _tag,
      'if-modified-since': _since,
      ...rest
    } = headers
    const onward = request({ hostname, port, method, path: url.replace(mark, ''), headers: rest })
    asked.pipe(onward)
    const [given] = (await once(onward, 'response')) as [IncomingMessage]
    const { 'content-length': _length, etag: _etag, ...kept } = given.headers
    // What the worker has forgotten is nowhere else either.
    response.writeHead(given.statusCode ?? 500, { ...kept, 'cache-control': 'no-store' })
    if (!isNewer || !/javascript|html|css/.test(String(given.headers['content-type']))) {
      given.pipe(response)
      return
    }
    const text = await readText(given)
    response.end(text.replaceAll(hashed, `${mark}$1`))
  }

  const door = createServer((asked, response) => void answer(asked, response))
  door.on('upgrade', ({ method, url, rawHeaders }, socket, head) => {
    const onward = connect(Number(port), hostname, () => {
      const lines = rawHeaders.map((word, i) => (i % 2 === 0 ? `${word}: ` : `${word}\r\n`))
      onward.write(`${method} ${url} HTTP/1.1\r\n${lines.join('')}\r\n`)
      onward.write(head)
      socket.pipe(onward).pipe(socket)
    })
    const end = () => {
      socket.destroy()
      onward.destroy()
    }
    socket.on('error', end).on('close', end)
    onward.on('error', end).on('close', end)
  })
  await once(door.listen(0, '127.0.0.1'), 'listening')
  return {
    url: `http://127.0.0.1:${(door.address() as AddressInfo).port}`,
    release() {
      isNewer = true
    },
    async [Symbol.asyncDispose]() {
      door.close()
      door.closeAllConnections()
      await server[Symbol.asyncDispose]()
    },
  }
}

/** Whether this page runs the newer build. */
const isNewer = () => document.querySelector<HTMLScriptElement>('script[src]')?.src.includes('newer.')

/** How many files of code the app has. */
const codeFiles = readdirSync(join(import.meta.dirname, '../../dist/assets')).filter((name) =>
  /\.(?:js|css)$/.test(name),
).length

/** Whether the service worker keeps all code of the older build. */
async function keepsAll(count: number): Promise<boolean> {
  const files = await (await caches.open('parlance')).keys()
  return files.filter(({ url }) => /\.(?:js|css)$/.test(url)).length === count
}

/** Whether the service worker of the newer build is at work: it has forgotten what was of the older one, and keeps its own. */
async function keepsNewer(count: number): Promise<boolean> {
  const files = await (await caches.open('parlance')).keys()
  const code = files.filter(({ url }) => /\.(?:js|css)$/.test(url))
  return code.length === count && code.every(({ url }) => url.includes('newer.'))
}

/** What a browser says of a part that is gone. */
const missing = [/status of 404/, /dynamically imported module/, /preload CSS/]

const accountButton = (page: Page) => page.getByRole('navigation').getByRole('button', { name: 'ann' })

describe('a page that lacks a part', () => {
  it('loads itself anew where the server has a newer one, with what was being written', async () => {
    await using releases = await startReleases()
    await using stage = await openStage({ url: releases.url, isWhole: true })
    stage.allow(...missing)
    const { page, context, do: ask } = await stage.person('ann')
    const { id } = await ask('POST', '/v1/rooms', { name: 'tea', visibility: 'public' })
    await page.goto(`/r/${id}`)
    await page.getByRole('textbox', { name: 'Message to tea' }).fill('Half a sen')
    await page.waitForFunction(keepsAll, codeFiles, { polling: 200 })
    releases.release()
    // Another tab brings the new worker.
    const other = await context.newPage()
    await other.goto('/browse')
    await other.getByRole('button', { name: 'Open tea' }).waitFor()
    assert.equal(await other.evaluate(isNewer), true)
    await other.waitForFunction(keepsNewer, codeFiles, { polling: 200 })
    assert.equal(await page.evaluate(isNewer), false)
    await accountButton(page).click()
    await page.waitForFunction(isNewer)
    await page.getByRole('textbox', { name: 'Message to tea' }).waitFor()
    assert.equal(await page.getByRole('textbox', { name: 'Message to tea' }).inputValue(), 'Half a sen')
    await accountButton(page).click()
    await page.getByRole('menuitem', { name: 'Log out' }).waitFor()
  })

  it('is left as it is where the server has no newer one: what fails takes no more with it than its part', async () => {
    await using stage = await openStage({ isWhole: true })
    stage.allow(...missing)
    const { page, context, do: ask } = await stage.person('ann', { path: 'about:blank' })
    await context.route('**/assets/account-menu-*', (route) => route.fulfill({ status: 404 }))
    const { id } = await ask('POST', '/v1/rooms', { name: 'tea', visibility: 'public' })
    await page.goto(`/r/${id}`)
    const composer = page.getByRole('textbox', { name: 'Message to tea' })
    await composer.waitFor()
    await accountButton(page).click()
    await page.getByText('Something went wrong here.').waitFor()
    await shot(page, 'stale-crashed')
    await composer.fill('Still here')
    await composer.press('Enter')
    await page.getByRole('log').getByText('Still here').waitFor()
    await Promise.all([
      page.waitForEvent('load'),
      page.getByRole('button', { name: 'Reload the page' }).click(),
    ])
    await accountButton(page).waitFor()
  })
})
