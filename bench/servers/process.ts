import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { answers, freePort } from '../../server/test/support/ports.ts'
import type { Command } from './cores.ts'

/** A server that listens, in a process of its own. */
export interface ServerProcess extends AsyncDisposable {
  readonly pid: number
  readonly port: number
  /** From its start to its first answered connection, in milliseconds. */
  readonly startMs: number
}

const startPatienceMs = 30_000
const stopPatienceMs = 8_000
/** Milliseconds between two knocks. */
const knockMs = 2

/** Starts a server, which takes its port from PORT, and waits until it listens. */
export async function startProcess(
  [program, ...args]: Command,
  env: Readonly<Record<string, string>> = {},
  cwd: string = process.cwd(),
): Promise<ServerProcess> {
  const port = await freePort()
  const startedAt = performance.now()
  const child = spawn(program, args, {
    env: { ...process.env, ...env, PORT: String(port) },
    cwd,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  child.stderr.on('data', (data) => {
    said = `${said}${data}`.slice(-2_000)
  })
  child.on('error', (error) => {
    said += error.message
  })
  while (child.exitCode === null && performance.now() - startedAt < startPatienceMs) {
    if (child.pid !== undefined && (await answers(port))) {
      const startMs = performance.now() - startedAt
      return { pid: child.pid, port, startMs, [Symbol.asyncDispose]: () => stop(child) }
    }
    await new Promise((resolve) => setTimeout(resolve, knockMs))
  }
  await stop(child)
  throw new Error(`${program} ${args.join(' ')} did not start: ${said.trim() || 'it said nothing.'}`)
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return
  const exited = once(child, 'exit')
  child.kill('SIGTERM')
  const timer = setTimeout(() => child.kill('SIGKILL'), stopPatienceMs)
  await exited
  clearTimeout(timer)
}
