// npm test: the checks and every test, at the same time. `npm test -- server/test/chat --grep mute` runs a part of it.
import { globSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { run } from 'node:test'
import { spec } from 'node:test/reporters'
import { parseArgs } from 'node:util'
import { check } from './check.ts'
import { provideTools } from './test-tools.ts'

const FOLDERS = ['protocol', 'client', 'server', 'web', 'bench', 'examples', 'scripts']

/** Of each test, and of them all: generous, so that only what hangs fails by it. */
const TEST_TIMEOUT_MS = 300_000
const RUN_TIMEOUT_MS = 30 * 60_000

const root = join(import.meta.dirname, '..')

// Each test file, and each database thread in it, loads the same modules: compiled once, they are read from here.
process.env.NODE_COMPILE_CACHE ??= join(root, 'node_modules/.cache/node')

if (!(await test())) process.exitCode = 1

async function test(): Promise<boolean> {
  const { values, positionals } = parseArgs({ options: { grep: { type: 'string' } }, allowPositionals: true })
  const files = testFiles(positionals)
  if (files.length === 0) {
    console.error(`No test file has ${positionals.join(' or ')} in its path.`)
    return false
  }
  const isPart = positionals.length > 0 || values.grep !== undefined
  if (!provideTools(files)) return false
  // Tests wait more than they compute: the checks have that time.
  const outcomes = await Promise.all([isPart || check(), runTests(files, values.grep)])
  return outcomes.every(Boolean)
}

/** All test files, or those whose path has one of these in it. */
function testFiles(wanted: readonly string[]): string[] {
  const globs = FOLDERS.map((folder) => `${folder}/test/**/*.test.ts`)
  const files = globSync(globs, { cwd: root }).sort()
  return wanted.length === 0 ? files : files.filter((file) => wanted.some((part) => file.includes(part)))
}

/** Runs each file in a process of its own, one more at a time than there are cores: tests wait more than they compute. */
async function runTests(files: readonly string[], grep: string | undefined): Promise<boolean> {
  let passed = false
  const events = run({
    files,
    cwd: root,
    concurrency: availableParallelism() + 1,
    timeout: TEST_TIMEOUT_MS,
    // A loop without end starves the timeout of its own process: this one ends it from outside.
    signal: AbortSignal.timeout(RUN_TIMEOUT_MS),
    execArgv: ['load-whole.js', 'test-leaks.ts'].flatMap((name) => [
      '--import',
      join(import.meta.dirname, name),
    ]),
    ...(grep === undefined ? {} : { testNamePatterns: grep }),
  })
  events.on('test:summary', ({ file, success }) => {
    if (!file) passed = success
  })
  await pipeline(events, new spec(), process.stdout, { end: false })
  return passed
}
