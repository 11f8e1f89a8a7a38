import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { startFlags } from '../../../scripts/npm-start.ts'

const main = join(import.meta.dirname, '../../../server/src/main.ts')
const noLimits = {
  LIMIT_MESSAGES_PER_SECOND: '0',
  LIMIT_REQUESTS_PER_MINUTE: '0',
  LIMIT_REGISTRATIONS_PER_HOUR: '0',
}

/** A server in a process of its own, that can be killed; its data outlive it. */
export class ForkedServer implements AsyncDisposable {
  readonly #folder: string
  #process: ChildProcess | undefined
  port = 0

  private constructor(folder: string) {
    this.#folder = folder
  }

  static async start(): Promise<ForkedServer> {
    const server = new ForkedServer(await mkdtemp(join(tmpdir(), 'parlance-client-')))
    await server.start()
    return server
  }

  /** Starts it, on any free port or on this one. */
  async start(port = 0): Promise<void> {
    const env = {
      ...process.env,
      ...noLimits,
      PORT: String(port),
      DATA_DIR: this.#folder,
      LOG_FORMAT: 'json',
      LOG_LEVEL: 'info',
    }
    const child = spawn(process.execPath, [...startFlags, main], {
      env,
      cwd: this.#folder,
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    this.#process = child
    for await (const line of createInterface({ input: child.stdout })) {
      const port = /listens on http:\/\/[^:]+:(\d+)/.exec(line)?.[1]
      if (port === undefined) continue
      this.port = Number(port)
      break
    }
    child.stdout.resume()
  }

  /** kill -9, or another signal. */
  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    const child = this.#process
    this.#process = undefined
    if (child === undefined) return
    const exit = once(child, 'exit')
    child.kill(signal)
    await exit
  }

  /** Copies its data aside; it must not run. */
  async backUp(): Promise<void> {
    await cp(this.#folder, `${this.#folder}.backup`, { recursive: true })
  }

  /** Brings back what was copied; it must not run. */
  async restore(): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true })
    await cp(`${this.#folder}.backup`, this.#folder, { recursive: true })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill()
    await rm(this.#folder, { recursive: true, force: true })
    await rm(`${this.#folder}.backup`, { recursive: true, force: true })
  }
}
