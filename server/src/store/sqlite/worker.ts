import { parentPort, workerData } from 'node:worker_threads'
import type { MigrationNote } from '../migrations/all.ts'
import { StoreRefused } from '../refused.ts'
import { type OpenSqlite, openSqlite } from './open.ts'
import { type Call, runTurn, type Turn } from './turn.ts'

export interface WorkerData {
  readonly path: string
  readonly lockWaitMs: number
  readonly restored: boolean
}

/** What the worker says: first how the opening went, then one turn's answers at a time. */
export type Said =
  | { readonly type: 'open'; readonly epoch: string; readonly notes: readonly Parameters<MigrationNote>[] }
  | { readonly type: 'refused'; readonly message: string }
  | ({ readonly type: 'turn' } & Turn)

/** Ends the worker, after everything that was asked before. */
export type Closing = 'close'

const say = (said: Said) => parentPort?.postMessage(said)

async function serve(open: OpenSqlite, notes: readonly Parameters<MigrationNote>[]): Promise<void> {
  let arrived: Call[] = []
  let running = false
  let closing = false

  async function run(): Promise<void> {
    while (arrived.length > 0) {
      const calls = arrived
      arrived = []
      say({ type: 'turn', ...(await runTurn(open, calls)) })
    }
    running = false
    if (closing) {
      open.database.close()
      parentPort?.close()
    }
  }

  parentPort?.on('message', (message: Call | Closing) => {
    if (message === 'close') closing = true
    else arrived.push(message)
    if (running) return
    running = true
    // Not at once: all messages that have arrived by now are delivered first, and share the turn.
    setImmediate(run)
  })
  say({ type: 'open', epoch: open.epoch, notes })
}

async function start({ path, ...options }: WorkerData): Promise<void> {
  try {
    const notes: Parameters<MigrationNote>[] = []
    await serve(await openSqlite(path, { ...options, onNote: (...note) => notes.push(note) }), notes)
  } catch (error) {
    if (!(error instanceof StoreRefused)) throw error
    say({ type: 'refused', message: error.message })
  }
}

await start(workerData)
