// npm run check: types, lint and format, unused code, and the locked dependencies.
import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { promisify } from 'node:util'
import { belowLeast, countProduction, type Lockfile, outOfStep, unlocked } from './lockfile.ts'

const root = join(import.meta.dirname, '..')

interface Outcome {
  readonly ok: boolean
  readonly detail: string
}

/** The parts by name; they share nothing, so they run at the same time. */
const parts: Readonly<Record<string, () => Outcome | Promise<Outcome>>> = {
  types: () => checkTypes(),
  // It runs in browsers: their names are no names of the server's.
  'types of the web app': () => checkTypes('--project', 'web'),
  'types of its service worker': () => checkTypes('--project', 'web/sw'),
  'types of its tests': () => checkTypes('--project', 'web/test'),
  'types of the example page': () => checkTypes('--project', 'examples/page'),
  'lint and format': () =>
    run(
      'biome',
      'ci',
      `--colors=${process.stdout.isTTY ? 'force' : 'off'}`,
      '--error-on-warnings',
      '--diagnostic-level=warn',
    ),
  'unused code': () => run('knip', '--no-progress', '--no-config-hints'),
  dependencies: checkLock,
}

/** Runs every part, prints a line for each, and tells whether all passed. */
export async function check(): Promise<boolean> {
  const outcomes = await Promise.all(
    Object.entries(parts).map(async ([name, part]) => {
      const startedMs = performance.now()
      const outcome = await part()
      const seconds = ((performance.now() - startedMs) / 1000).toFixed(1)
      return { ...outcome, name, seconds }
    }),
  )
  for (const { ok, detail, name, seconds } of outcomes) {
    console.log(`${ok ? '✔' : '✖'} ${name} (${seconds} s)${detail && (ok ? `: ${detail}` : `\n${detail}`)}`)
  }
  return outcomes.every(({ ok }) => ok)
}

/** With one checker each: they run at the same time, and each further one looks at the same types again. */
function checkTypes(...args: string[]): Promise<Outcome> {
  return run('tsc', '--noEmit', '--checkers', '1', ...args)
}

/** A tool that says nothing worth reading when all is well. */
async function run(tool: string, ...args: string[]): Promise<Outcome> {
  const command = join(root, 'node_modules/.bin', tool)
  try {
    await promisify(execFile)(command, args, { cwd: root, maxBuffer: 64 * 1024 * 1024 })
    return { ok: true, detail: '' }
  } catch (error) {
    const { stdout = '', stderr = '', message } = error as Error & { stdout?: string; stderr?: string }
    return { ok: false, detail: `${stdout}${stderr}`.trim() || message }
  }
}

function checkLock(): Outcome {
  const lock: Lockfile = readJson('package-lock.json')
  const faults = [
    ...outOfStep(lock, (folder) => readJson(join(folder, 'package.json'))),
    ...unlocked(lock),
    ...belowLeast(lock, readJson('scripts/least-versions.json')),
  ]
  if (faults.length > 0) return { ok: false, detail: faults.join('\n') }
  const { direct, all } = countProduction(lock)
  return { ok: true, detail: `${direct} direct in production, ${all} in all` }
}

function readJson<T>(path: string): T {
  return JSON.parse(readFileSync(join(root, path), 'utf8'))
}

if (import.meta.main && !(await check())) process.exitCode = 1
