import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { openStage } from './support.ts'

/** Bytes of gzipped script until a room is on the screen (README). */
const budget = 130_000

describe('the first load', () => {
  it('of a room takes no more script than it may', async () => {
    await using stage = await openStage({ isWhole: true })
    const ann = await stage.account('ann')
    const { id } = await ann.do('POST', '/v1/rooms', { name: 'tea', visibility: 'open' })
    await ann.do('POST', `/v1/rooms/${id}/messages`, { text: 'The kettle is on' })
    const { page, do: ask } = await stage.person('gwen', { as: 'guest' })
    await ask('POST', `/v1/rooms/${id}/join`)
    // What the page before still loads is none of it.
    await page.goto('about:blank')
    const scripts = new Set<string>()
    page.on('response', (response) => {
      const { pathname } = new URL(response.url())
      if (/^\/assets\/.*\.js$/.test(pathname)) scripts.add(pathname)
    })
    await page.goto(`/r/${id}`)
    await page.getByRole('log').getByText('The kettle is on').waitFor()
    await page.waitForLoadState('networkidle')
    const sizes = await Promise.all(
      [...scripts].map(async (path) => {
        const answer = await fetch(`${stage.url}${path}`, {
          method: 'HEAD',
          headers: { 'accept-encoding': 'gzip' },
        })
        return [path, Number(answer.headers.get('content-length'))] as const
      }),
    )
    const total = sizes.reduce((sum, [, bytes]) => sum + bytes, 0)
    assert.ok(sizes.length > 0)
    assert.ok(total <= budget, `${total} bytes: ${JSON.stringify(Object.fromEntries(sizes))}`)
  })
})
