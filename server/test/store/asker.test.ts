import assert from 'node:assert/strict'
import { EventEmitter } from 'node:events'
import { test } from 'node:test'
import { attach } from '../../src/store/sqlite/asker.ts'

/** A worker that does nothing by itself. */
class Thread extends EventEmitter {
  readonly posted: unknown[] = []
  postMessage(message: unknown): void {
    this.posted.push(message)
  }
}

function attached() {
  const thread = new Thread()
  const exited = Promise.withResolvers<void>()
  const asker = attach(thread, exited.promise, 'an epoch')
  const failures: string[] = []
  asker.onFailure((error) => failures.push(error.message))
  return { thread, asker, failures, end: exited.resolve }
}

test('[ST8] when a turn is lost every write is unknown, nothing more is acked, and it is told once', async () => {
  const { thread, asker, failures } = attached()
  const writes = [asker.append('[]'), asker.ask('sessions.end')(1, 's')]
  const read = asker.ask('users.get')(1)
  thread.emit('message', { type: 'turn', answers: [], lost: 'disk I/O error' })
  for (const write of writes) await assert.rejects(write, /disk I\/O error/)
  await assert.rejects(asker.append('[]'), /disk I\/O error/)
  await assert.rejects(asker.check(), /disk I\/O error/)
  assert.equal(thread.posted.length, 3)
  thread.emit('message', { type: 'turn', answers: [{ id: 3, value: undefined }] })
  assert.equal(await read, undefined)
  thread.emit('message', { type: 'turn', answers: [], lost: 'again' })
  assert.deepEqual(failures, ['The database failed: disk I/O error'])
})

test('[ST8] when the worker dies everything that was asked is unknown', async () => {
  const { thread, asker, failures } = attached()
  const asked = [asker.append('[]'), asker.ask('users.get')(1)]
  thread.emit('error', new Error('out of memory'))
  thread.emit('exit')
  for (const answer of asked) await assert.rejects(answer, /out of memory/)
  await assert.rejects(asker.ask('users.get')(1), /out of memory/)
  await assert.rejects(asker.check(), /out of memory/)
  assert.deepEqual(failures, ['out of memory'])
})

test('[ST8] a worker that ends on its own has failed; one that was closed has not', async () => {
  const first = attached()
  first.thread.emit('exit')
  assert.deepEqual(first.failures, ['The database worker has ended.'])
  const second = attached()
  const closed = second.asker.close()
  assert.deepEqual(second.thread.posted, ['close'])
  second.thread.emit('exit')
  second.end()
  await closed
  assert.deepEqual(second.failures, [])
  await assert.rejects(second.asker.append('[]'), /closed/)
})
