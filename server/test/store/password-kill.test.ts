import assert from 'node:assert/strict'
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { test } from 'node:test'
import { openSqliteStore } from '../../src/store/sqlite.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

type Told = { readonly begun: number } | { readonly changed: number }

for (const answers of [0, 1, 9, 30]) {
  test(`[AC38] killed after ${answers} changes of passwords, no old session stands beside a new password`, async () => {
    await using folder = await temporaryFolder()
    const path = join(folder.path, 'a.db')
    const child = fork(join(import.meta.dirname, 'changer.ts'), [path])
    const ended = once(child, 'close')
    const changed = new Set<number>()
    let users = 0
    child.on('message', (told: Told) => {
      if ('begun' in told) users = told.begun
      else changed.add(told.changed)
      if (users > 0 && changed.size >= answers) child.kill('SIGKILL')
    })
    await ended
    assert.ok(users > 0, 'it ended before it had begun')
    await using store = await openSqliteStore(path)
    let kept = 0
    for (let user = 1; user <= users; user += 1) {
      const hash = (await store.users.get(user))?.passwordHash
      const sessions = await store.sessions.list(user, new Date().toISOString())
      assert.equal(sessions.length, hash === 'new' ? 1 : 3)
      assert.ok(hash === 'new' || !changed.has(user), `the change of ${user} was answered`)
      if (hash === 'old') kept += 1
    }
    assert.ok(kept > 0, 'it was killed in the middle')
  })
}
