import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { MigrationNote } from '../migrations/all.ts'
import { isWrite, type OperationArgs, type OperationName, type OperationResult } from '../operations.ts'
import { StoreRefused } from '../refused.ts'
import type { Answer, Call, Turn } from './turn.ts'
import type { Closing, Said, WorkerData } from './worker.ts'

export interface AskerOptions {
  /** How long to wait for another process that still holds the file, in milliseconds; 2,000 when not given. */
  readonly lockWaitMs?: number
  /** The file was restored from a backup: it gets a new epoch (SPEC RE4). */
  readonly restored?: boolean
  /** Hears of accounts that a migration changes. */
  readonly onNote?: MigrationNote
}

/** The main thread's side of the database worker. */
export interface Asker {
  readonly epoch: string
  /** Makes the function that asks for an operation. */
  ask<K extends OperationName>(name: K): (...args: OperationArgs<K>) => Promise<OperationResult<K>>
  /** Drafts as JSON; gives their outcomes as JSON. */
  append(drafts: string): Promise<string>
  check(): Promise<void>
  onFailure(listener: (error: Error) => void): void
  /** Ends the worker after all that was asked before. */
  close(): Promise<void>
}

interface Pending {
  readonly writes: boolean
  readonly resolve: (value: unknown) => void
  readonly reject: (error: Error) => void
}

/** Rows live for a turn: a small nursery holds them, where V8's own would grow to 48 MB and stay that large. */
const resourceLimits = { maxYoungGenerationSizeMb: 12 }

/** Starts the worker and waits until the database is open. Rejects with `StoreRefused` where it cannot be. */
export async function startAsker(path: string, options: AskerOptions): Promise<Asker> {
  const { lockWaitMs = 2_000, restored = false } = options
  const workerData: WorkerData = { path, lockWaitMs, restored }
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData, resourceLimits })
  const exited = new Promise<void>((resolve) => worker.once('exit', () => resolve()))
  const [said] = (await once(worker, 'message')) as [Said]
  if (said.type === 'open') {
    for (const note of said.notes) options.onNote?.(...note)
    return attach(worker, exited, said.epoch)
  }
  await exited
  throw said.type === 'refused'
    ? new StoreRefused(said.message)
    : new Error('The database worker did not open.')
}

/** The worker as the asker needs it. */
export interface Thread {
  postMessage(message: Pick<Call, 'id' | 'name'> | Closing): void
  on(event: 'message', listener: (said: Said) => void): void
  on(event: 'error', listener: (error: Error) => void): void
  on(event: 'exit', listener: () => void): void
}

/** The asker over a worker whose database is open; `exited` resolves when it has ended. */
export function attach(worker: Thread, exited: Promise<void>, epoch: string): Asker {
  const pending = new Map<number, Pending>()
  const listeners: ((error: Error) => void)[] = []
  let lastId = 0
  let lost: Error | undefined
  let gone: Error | undefined

  function post<R>(writes: boolean, callOf: (id: number) => Pick<Call, 'id' | 'name'>): Promise<R> {
    const refused = gone ?? (writes ? lost : undefined)
    if (refused !== undefined) return Promise.reject(refused)
    lastId += 1
    const id = lastId
    const { promise, resolve, reject } = Promise.withResolvers<R>()
    pending.set(id, { writes, resolve: resolve as Pending['resolve'], reject })
    worker.postMessage(callOf(id))
    return promise
  }

  function receive(turn: Turn): void {
    for (const answer of turn.answers) settle(answer)
    if (turn.lost !== undefined) fail(new Error(`The database failed: ${turn.lost}`), false)
  }

  function settle(answer: Answer): void {
    const asked = pending.get(answer.id)
    pending.delete(answer.id)
    if ('error' in answer) asked?.reject(new Error(answer.error))
    else asked?.resolve(answer.value)
  }

  /** From here on no write is acked; those on the way are unknown (SPEC ST8). */
  function fail(error: Error, alsoReads: boolean): void {
    const isFirst = lost === undefined
    lost ??= error
    if (alsoReads) gone ??= error
    for (const [id, asked] of pending) {
      if (!asked.writes && !alsoReads) continue
      pending.delete(id)
      asked.reject(error)
    }
    if (isFirst) for (const listener of listeners) listener(error)
  }

  let closing = false
  worker.on('message', (said: Said) => {
    if (said.type === 'turn') receive(said)
  })
  worker.on('error', (error: Error) => fail(error, true))
  worker.on('exit', () => {
    if (closing) gone = new Error('The store is closed.')
    else fail(new Error('The database worker has ended.'), true)
  })

  function askFor<K extends OperationName>(name: K) {
    return (...args: OperationArgs<K>): Promise<OperationResult<K>> =>
      post(isWrite(name), (id) => ({ id, name, args }))
  }

  return {
    epoch,
    ask: askFor,
    append: (drafts) => post(true, (id) => ({ id, name: 'append', args: [drafts] }) satisfies Call),
    async check() {
      if (lost !== undefined) throw lost
      await post(false, (id) => ({ id, name: 'users.get', args: [0] }))
    },
    onFailure(listener) {
      listeners.push(listener)
    },
    async close() {
      closing = true
      const message: Closing = 'close'
      if (gone === undefined) worker.postMessage(message)
      await exited
    },
  }
}
