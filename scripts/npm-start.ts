// How `npm start` starts the server, for the tests and benchmarks that start it themselves.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const manifest: { scripts: { start: string } } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))

/** The line as a shell gets it: one command, since shells differ in everything else. */
export const startLine = manifest.scripts.start

/** What it gives Node before the file, with paths that hold in any folder. */
export const startFlags: readonly string[] = startLine
  .split(' ')
  .filter((word) => word.startsWith('--'))
  .map((word) => word.replace('=./', `=${root}/`))
