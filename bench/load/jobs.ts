import { type HistoryJob, type HistoryResult, history } from './history.ts'
import { type IdleJob, type IdleResult, idle } from './idle.ts'
import { type JitterJob, type JitterResult, jitter } from './jitter.ts'
import { type PaceJob, type PaceResult, pace } from './pace.ts'
import { type PumpJob, type PumpResult, pump } from './pump.ts'
import { type ReconnectJob, type ReconnectResult, reconnect } from './reconnect.ts'

interface Results {
  readonly pump: PumpResult
  readonly pace: PaceResult
  readonly idle: IdleResult
  readonly reconnect: ReconnectResult
  readonly jitter: JitterResult
  readonly history: HistoryResult
}

/** What the load can do. */
export type Job = PumpJob | PaceJob | IdleJob | ReconnectJob | JitterJob | HistoryJob
export type ResultOf<J extends Job> = Results[J['kind']]

export function run(job: Job): Promise<Results[keyof Results]> {
  switch (job.kind) {
    case 'pump':
      return pump(job)
    case 'pace':
      return pace(job)
    case 'idle':
      return idle(job)
    case 'reconnect':
      return reconnect(job)
    case 'jitter':
      return jitter(job)
    case 'history':
      return history(job)
  }
}
