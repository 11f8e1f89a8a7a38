import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it, type TestContext } from 'node:test'
import { promisify } from 'node:util'
import { commands } from '@parlance/protocol/commands'
import { routes } from '@parlance/protocol/http'
import { startTestServer } from '../support/start-server.ts'

/** What a page has become in a real browser, and what the browser had to say about it. */
async function open(t: TestContext, url: string): Promise<{ html: string; messages: string[] }> {
  const profile = mkdtempSync(join(tmpdir(), 'parlance-'))
  t.after(() => rmSync(profile, { recursive: true, force: true, maxRetries: 5 }))
  const flags = [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    '--disable-dev-shm-usage',
    '--enable-logging=stderr',
    `--user-data-dir=${profile}`,
    '--virtual-time-budget=20000',
    '--dump-dom',
  ]
  const { stdout, stderr } = await promisify(execFile)('chromium', [...flags, url], {
    maxBuffer: 64 * 1024 * 1024,
  })
  return { html: stdout, messages: stderr.split('\n').filter((line) => line.includes(':CONSOLE')) }
}

describe('the pages, in a browser', () => {
  for (const path of ['/docs', '/redoc']) {
    it(`[DI1] ${path} shows every route, and breaks no policy`, async (t) => {
      await using server = await startTestServer()
      const { html, messages } = await open(t, `${server.url}${path}`)
      assert.deepEqual(messages, [])
      for (const type of Object.keys(routes) as (keyof typeof routes)[]) {
        const summary = commands[type].summary.replaceAll('`', '')
        assert.ok(html.replaceAll(/`|<\/?code>/g, '').includes(summary), `${type}: ${summary}`)
      }
    })
  }
})
