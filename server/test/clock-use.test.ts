import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'

const root = join(import.meta.dirname, '../..')

/** Where the time is asked for, and why there; all other code gets it from there. */
const clocks: ReadonlySet<string> = new Set([
  'server/src/ports/clock.ts',
  'client/src/clock.ts',
  // Only its order matters, and that little.
  'client/src/nonce.ts',
  'web/src/chat/now.ts',
  // Compared between tabs of one browser only.
  'web/src/composer/drafts.ts',
  'web/src/frame/reload-when-stale.ts',
])

/** What asks the platform for the time. */
const asking = /\bDate\.now\b|\bnew Date\(\)|\bDate\(\)|process\.hrtime|performance\.timeOrigin/

test('[CO12] nobody but the clocks asks for the time, so that each use says which clock it means', () => {
  const files = globSync('{server,client,protocol,web}/src/**/*.{ts,tsx}', { cwd: root })
  assert.ok(files.length > 200)
  const found = files
    // A migration runs once, and writes down when.
    .filter((file) => !clocks.has(file) && !file.startsWith('server/src/store/migrations/'))
    .flatMap((file) =>
      readFileSync(join(root, file), 'utf8')
        .split('\n')
        .flatMap((line, index) => (asking.test(line) ? [`${file}:${index + 1}: ${line.trim()}`] : [])),
    )
  assert.deepEqual(found, [])
})
