// The load: a process of its own. Takes a job as JSON on its standard input, prints the result as JSON and ends.
import { text } from 'node:stream/consumers'
import { type Job, run } from './jobs.ts'

const job: Job = JSON.parse(await text(process.stdin))
process.stdout.write(JSON.stringify(await run(job)), () => process.exit(0))
