import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'

const root = join(import.meta.dirname, '../..')
const folders = ['protocol', 'client', 'server', 'web', 'bench', 'examples', 'scripts']

const rules = new Set(
  [...readFileSync(join(root, 'docs/SPEC.md'), 'utf8').matchAll(/^- \*\*([A-Z]{2}\d+)\*\*/gm)].map(
    ([, id]) => id,
  ),
)

/** Rule ids in brackets, wherever tests name themselves. */
function cited(): Map<string, string> {
  const found = new Map<string, string>()
  for (const folder of folders) {
    for (const file of globSync(`${folder}/test/**/*.ts`, { cwd: root })) {
      for (const [, id] of readFileSync(join(root, file), 'utf8').matchAll(/\[([A-Z]{2}\d+)\]/g))
        found.set(id ?? '', file)
    }
  }
  return found
}

test('every rule of docs/SPEC.md is cited by a test, and every cited rule is there', () => {
  const tests = cited()
  assert.ok(rules.size > 50)
  assert.deepEqual(
    [...rules].filter((id) => !tests.has(id ?? '')),
    [],
    'rules without a test',
  )
  assert.deepEqual(
    [...tests].filter(([id]) => !rules.has(id)),
    [],
    'citations of no rule',
  )
})
