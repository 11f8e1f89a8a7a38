import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import type { Job, ResultOf } from '../load/jobs.ts'
import { bound } from './cores.ts'

const main = join(import.meta.dirname, '../load/main.ts')
const patienceMs = 240_000

/** Runs a job in a process of its own. */
export async function runLoad<J extends Job>(core: number | undefined, job: J): Promise<ResultOf<J>> {
  const [program, ...args] = bound([process.execPath, main], core)
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'inherit'], timeout: patienceMs })
  child.stdin.end(JSON.stringify(job))
  const [said] = await Promise.all([text(child.stdout), once(child, 'exit')])
  if (said === '') throw new Error('The load ended without a result.')
  return JSON.parse(said)
}
