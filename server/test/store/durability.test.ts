import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { test } from 'node:test'
import { openSqlite } from '../../src/store/sqlite/open.ts'
import { openSqliteStore } from '../../src/store/sqlite.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

/** Starts a process that appends without end and prints what was answered. */
function startAppender(path: string): ChildProcess & { lines: AsyncIterator<string> } {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'appender.ts'), path], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  return Object.assign(child, { lines: createInterface({ input: child.stdout })[Symbol.asyncIterator]() })
}

async function read(lines: AsyncIterator<string>, count: number): Promise<string[]> {
  const read: string[] = []
  while (read.length < count) {
    const { value, done } = await lines.next()
    if (done === true) break
    read.push(value)
  }
  return read
}

test('[ST2] whatever was answered before a kill -9 is there afterwards, in its place', async () => {
  await using folder = await temporaryFolder()
  const path = join(folder.path, 'a.db')
  const acked: string[] = []
  for (const count of [300, 1, 2_000]) {
    const child = startAppender(path)
    acked.push(...(await read(child.lines, count)))
    child.kill('SIGKILL')
    acked.push(...(await read(child.lines, Number.POSITIVE_INFINITY)))
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
  for (const line of acked) {
    const [seq, text = ''] = line.split(' ')
    assert.equal(logged.get(text), Number(seq), `acknowledged ${line}`)
  }
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
  const child = startAppender(path)
  await read(child.lines, 1)
  await assert.rejects(openSqliteStore(path, { lockWaitMs: 0 }), {
    name: 'StoreRefused',
    message: `The database ${path} is in use by another process: stop that one first.`,
  })
  const waiting = openSqliteStore(path, { lockWaitMs: 60_000 })
  child.kill('SIGKILL')
  await once(child, 'exit')
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
