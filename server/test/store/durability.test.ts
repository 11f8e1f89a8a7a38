import assert from 'node:assert/strict'
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { test } from 'node:test'
import { openSqlite } from '../../src/store/sqlite/open.ts'
import { openSqliteStore } from '../../src/store/sqlite.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

interface Ack {
  readonly seq: number
  readonly text: string
}

/** A process that appends without end and tells what was answered. It is killed at the latest when the test ends. */
function startAppender(path: string) {
  const child = fork(join(import.meta.dirname, 'appender.ts'), [path])
  const acked: Ack[] = []
  const waiting: { count: number; resolve: () => void }[] = []
  child.on('message', (ack: Ack) => {
    acked.push(ack)
    for (const { count, resolve } of waiting) if (acked.length >= count) resolve()
  })
  const ended = once(child, 'close')
  async function kill(): Promise<void> {
    child.kill('SIGKILL')
    await ended
  }
  return {
    acked,
    /** Resolves when so many have been answered. */
    async answers(count: number): Promise<void> {
      const enough = new Promise<void>((resolve) => waiting.push({ count, resolve }))
      await Promise.race([enough, ended.then(() => assert.fail('The appender ended by itself.'))])
    },
    kill,
    [Symbol.asyncDispose]: kill,
  }
}

test('[ST2] whatever was answered before a kill -9 is there afterwards, in its place', async () => {
  await using folder = await temporaryFolder()
  const path = join(folder.path, 'a.db')
  const acked: Ack[] = []
  for (const count of [300, 1, 2_000]) {
    await using appender = startAppender(path)
    await appender.answers(count)
    await appender.kill()
    acked.push(...appender.acked)
  }
  assert.ok(acked.length >= 2_301)

  await using store = await openSqliteStore(path)
  const logged = new Map<string, number>()
  let last = 0
  for (;;) {
    const events = await store.eventsAfter(1, last, 500)
    for (const event of events) {
      assert.equal(event.seq, ++last)
      if (event.type === 'message.created') logged.set(event.text, event.seq)
    }
    if (events.length === 0) break
  }
  for (const { seq, text } of acked) assert.equal(logged.get(text), seq, `acknowledged ${text}`)
})

test('[ST2] a commit returns when it has been fsynced: the log is written ahead and synchronous is full', async () => {
  await using folder = await temporaryFolder()
  const { database } = await openSqlite(join(folder.path, 'a.db'))
  const value = (name: string) => Object.values(database.prepare(`pragma ${name}`).get() ?? {})[0]
  const names = ['journal_mode', 'synchronous', 'locking_mode', 'foreign_keys', 'secure_delete']
  assert.deepEqual(names.map(value), ['wal', 2, 'exclusive', 1, 1])
  database.close()
})

test('[ST10] a second process is refused with one sentence, and welcome once the first has ended', async () => {
  await using folder = await temporaryFolder()
  const path = join(folder.path, 'a.db')
  await using appender = startAppender(path)
  await appender.answers(1)
  await assert.rejects(openSqliteStore(path, { lockWaitMs: 0 }), {
    name: 'StoreRefused',
    message: `The database ${path} is in use by another process: stop that one first.`,
  })
  const waiting = openSqliteStore(path, { lockWaitMs: 60_000 })
  await appender.kill()
  await using store = await waiting
  await store.check()
})

test('[ST10] a store that was closed answers nothing more, and lets the file go', async () => {
  await using folder = await temporaryFolder()
  const path = join(folder.path, 'a.db')
  const store = await openSqliteStore(path)
  const user = {
    name: 'ann',
    kind: 'user',
    email: null,
    passwordHash: null,
    at: '2026-01-01T00:00:00.000Z',
  } as const
  const last = store.users.create(user)
  await store[Symbol.asyncDispose]()
  assert.equal((await last).ok, true)
  await assert.rejects(store.check(), /closed/)
  await assert.rejects(store.users.get(1), /closed/)
  await using again = await openSqliteStore(path, { lockWaitMs: 0 })
  assert.equal((await again.users.get(1))?.name, 'ann')
})
