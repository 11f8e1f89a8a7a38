import { type PumpJob, type PumpResult, pump } from './pump.ts'

/** What the load can do. */
export type Job = PumpJob
export type ResultOf<J extends Job> = J extends PumpJob ? PumpResult : never

export function run(job: Job): Promise<PumpResult> {
  switch (job.kind) {
    case 'pump':
      return pump(job)
  }
}
