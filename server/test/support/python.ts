import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'

/** Debian's own Python, which sees Debian's modules. */
const python = '/usr/bin/python3'

/** Milliseconds after which a session that has not ended will not. */
const patienceMs = 60_000

/** Runs a session of `test/foreign` and gives what it printed: one JSON value. Fails where the session does. */
// biome-ignore lint/suspicious/noExplicitAny: tests look into transcripts of every shape.
export async function runPython(script: string, ...args: readonly string[]): Promise<any> {
  const path = join(import.meta.dirname, '../foreign', script)
  const { stdout } = await promisify(execFile)(python, ['-B', path, ...args], { timeout: patienceMs })
  return JSON.parse(stdout)
}
