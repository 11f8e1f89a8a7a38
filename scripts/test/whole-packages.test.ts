import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { wholeFolder, wholePackages } from '../whole-packages.js'

const root = join(import.meta.dirname, '../..')

/** What a program of its own prints. */
function printed(program: string, ...flags: string[]): string {
  const env = { ...process.env, NODE_OPTIONS: '' }
  return execFileSync(process.execPath, [...flags, '--input-type=module', '--eval', program], {
    cwd: root,
    env,
    encoding: 'utf8',
  })
}

for (const specifier of Object.keys(wholePackages)) {
  test(`${specifier} as one file gives what the package gives`, () => {
    const program = `
      const found = import.meta.resolve('${specifier}')
      const names = Object.keys(await import('${specifier}')).sort()
      console.log(JSON.stringify({ found, names }))`
    const load = pathToFileURL(join(root, 'scripts/load-whole.js')).href
    const whole = JSON.parse(printed(program, `--import=${load}`))
    const parts = JSON.parse(printed(program))
    assert.ok(whole.found.startsWith(wholeFolder.href), whole.found)
    assert.match(parts.found, /node_modules\/(?:kysely|typebox)\//)
    assert.deepEqual(whole.names, parts.names)
  })
}
