import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { type AddressInfo, connect, createServer } from 'node:net'
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

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.on('connect', () => resolve(true))
    socket.on('error', () => resolve(false))
    socket.on('connect', () => socket.destroy())
  })
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return
  const exited = once(child, 'exit')
  child.kill('SIGTERM')
  const timer = setTimeout(() => child.kill('SIGKILL'), stopPatienceMs)
  await exited
  clearTimeout(timer)
}
