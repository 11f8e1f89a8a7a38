import assert from 'node:assert/strict'
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { startTestServer } from '../support/start-server.ts'

const root = join(import.meta.dirname, '../../..')

/** `npx wscat` in a terminal of its own, which `script` makes. */
class Terminal implements Disposable {
  readonly #child: ChildProcessWithoutNullStreams
  readonly #ended: Promise<unknown>
  #screen = ''

  constructor(command: string) {
    this.#child = spawn('script', ['--quiet', '--flush', '--return', '--command', command, '/dev/null'], {
      cwd: root,
      detached: true,
    })
    this.#ended = once(this.#child, 'close')
    this.#child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      this.#screen += chunk
    })
  }

  /** Types a line. */
  type(line: string): void {
    this.#child.stdin.write(`${line}\r`)
  }

  /** Resolves when this can be read on the screen. */
  async shows(text: string): Promise<void> {
    while (!this.#screen.includes(text)) {
      assert.equal(this.#child.exitCode, null, `ended without ${text}: ${this.#screen}`)
      await Promise.race([once(this.#child.stdout, 'data'), this.#ended])
    }
  }

  /** How the command ended, by itself. */
  async status(): Promise<number | null> {
    await this.#ended
    return this.#child.exitCode
  }

  [Symbol.dispose](): void {
    const { pid, exitCode } = this.#child
    if (pid !== undefined && exitCode === null) process.kill(-pid, 'SIGKILL')
  }
}

describe('wscat', () => {
  it('[000 wscat] two terminals: a message shows in the other, Done closes both', async () => {
    await using server = await startTestServer()
    const command = `npx --no-install wscat -c ws://127.0.0.1:${server.port}/ws/test-room`
    using one = new Terminal(command)
    using two = new Terminal(command)
    for (const terminal of [one, two]) await terminal.shows('Connected (press CTRL+C to quit)')
    one.type('Hello!')
    for (const terminal of [one, two]) await terminal.shows('< Hello!')
    two.type('Done')
    for (const terminal of [one, two]) {
      await terminal.shows('< Conversation ended by a participant.')
      await terminal.shows('Disconnected (code: 1000, reason: "")')
      assert.equal(await terminal.status(), 0)
    }
  })
})
