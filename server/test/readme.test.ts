import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { promisify } from 'node:util'
import { startTestServer } from './support/start-server.ts'

const root = join(import.meta.dirname, '../..')
const readme = readFileSync(join(root, 'README.md'), 'utf8')
const sessions = [...readme.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, session]) => session ?? '')

test('the README has a session for the native protocol and one for each of the five contracts', () => {
  assert.equal(sessions.length, 6)
})

for (const session of sessions) {
  const title = /^# (.*)/.exec(session)?.[1]
  test(`README: ${title}`, async () => {
    await using server = await startTestServer()
    const script = session.replaceAll('127.0.0.1:8000', `127.0.0.1:${server.port}`)
    const env = { ...process.env, PATH: `${join(root, 'node_modules/.bin')}:${process.env.PATH}` }
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
