import { type IdleJob, type IdleResult, idle } from './idle.ts'
import { type PumpJob, type PumpResult, pump } from './pump.ts'

/** What the load can do. */
export type Job = PumpJob | IdleJob
export type ResultOf<J extends Job> = J extends PumpJob ? PumpResult : J extends IdleJob ? IdleResult : never

export function run(job: Job): Promise<ResultOf<Job>> {
  switch (job.kind) {
    case 'pump':
      return pump(job)
    case 'idle':
      return idle(job)
  }
}
