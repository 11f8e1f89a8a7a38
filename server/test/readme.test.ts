import assert from 'node:assert/strict'
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { promisify } from 'node:util'
import { startTestServer } from './support/start-server.ts'

const root = join(import.meta.dirname, '../..')
const readme = readFileSync(join(root, 'README.md'), 'utf8')
const env = { ...process.env, PATH: `${join(root, 'node_modules/.bin')}:${process.env.PATH}` }
const sessions = [...readme.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, session]) => session ?? '')

/** A session as it runs against a server of the test. */
function onPort(session: string, port: number): string {
  return session.replaceAll('127.0.0.1:8000', `127.0.0.1:${port}`)
}

test('the README has a session for the native protocol and one for each of the five contracts', () => {
  assert.equal(sessions.length, 6)
})

test('README: the program is the bot of the examples, which their tests run', () => {
  const linesOf = (code: string) => code.split('\n').map((line) => line.trim())
  const [, program] = /```ts\n([\s\S]*?)```/.exec(readme) ?? []
  assert.ok(program)
  const bot = linesOf(readFileSync(join(root, 'examples/bot.ts'), 'utf8'))
  assert.ok(bot.join('\n').includes(linesOf(program.trim()).join('\n')))
})

test('README: every curl fails loudly, and the first room lets guests in', async () => {
  assert.ok(sessions.join('').match(/curl/g))
  for (const [, flags] of readme.matchAll(/\bcurl (\S+)/g)) assert.equal(flags, '-fsS')
  await using server = await startTestServer()
  const [first = ''] = sessions
  await promisify(execFile)('bash', ['-euo', 'pipefail', '-c', onPort(first, server.port)], {
    cwd: root,
    env,
  })
  const ask = async (path: string, body?: object, token?: string) => {
    const headers = {
      'content-type': 'application/json',
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    }
    const response = await fetch(`${server.url}${path}`, {
      method: 'POST',
      headers,
      body: JSON.stringify(body ?? {}),
    })
    const answer = (await response.json()) as { token?: string }
    return { status: response.status, body: answer }
  }
  const { body: guest } = await ask('/v1/guests', { name: 'visitor' })
  assert.equal((await ask('/v1/rooms/1/join', undefined, guest.token)).status, 200)
})

test('README: its command starts the bot', async () => {
  await using server = await startTestServer()
  const [, command = ''] = /`npx (node examples\/bot\.ts [^`]*)`/.exec(readme) ?? []
  const bot = spawn('bash', ['-c', `exec ${onPort(command, server.port)}`], {
    cwd: root,
    env,
    stdio: 'inherit',
  })
  const exit = once(bot, 'exit')
  try {
    // It has registered when somebody can log in as it.
    const body = JSON.stringify({ name: 'dicey', password: 'correct horse' })
    for (let status = 0; status !== 201; ) {
      assert.equal(bot.exitCode, null)
      const headers = { 'content-type': 'application/json' }
      status = (await fetch(`${server.url}/v1/sessions`, { method: 'POST', headers, body })).status
    }
  } finally {
    bot.kill()
    await exit
  }
})

for (const session of sessions) {
  const title = /^# (.*)/.exec(session)?.[1]
  test(`README: ${title}`, async () => {
    await using server = await startTestServer()
    const script = onPort(session, server.port)
    const { stdout } = await promisify(execFile)('bash', ['-euo', 'pipefail', '-c', script], {
      cwd: root,
      env,
    })
    let from = 0
    for (const [, expected] of session.matchAll(/^#=> (.*)$/gm)) {
      const at = stdout.indexOf(expected ?? '', from)
      assert.notEqual(at, -1, `${expected} is not in what was printed:\n${stdout}`)
      from = at + 1
    }
  })
}
