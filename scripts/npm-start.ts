// How `npm start` starts the server, for the tests and benchmarks that start it themselves.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const manifest: { scripts: { start: string } } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
const words = manifest.scripts.start.split(' ')
const cache = words.find((word) => word.startsWith('NODE_COMPILE_CACHE='))?.split('=')[1]

/** What it gives Node before the file, with paths that hold in any folder. */
export const startFlags: readonly string[] = words
  .filter((word) => word.startsWith('--'))
  .map((word) => word.replace('=./', `=${root}/`))

/** What it adds to the environment: where Node keeps what it has compiled. */
export const startEnv: Readonly<Record<string, string>> =
  cache === undefined ? {} : { NODE_COMPILE_CACHE: join(root, cache) }
