// Loaded into the process of every test file: what is open after its last test fails the file, else it would hang.
import { after } from 'node:test'
import { isMainThread } from 'node:worker_threads'

/** Long enough for what closes by itself. */
const GRACE_MS = 5_000

/** Workers and forked servers load this too, and are no tests. */
const isTest = isMainThread && process.argv[1]?.endsWith('.test.ts')

if (isTest) {
  after(() => {
    setTimeout(() => {
      const open = new Set(process.getActiveResourcesInfo())
      console.error(`Open after the last test of ${process.argv[1]}: ${[...open].join(', ')}.`)
      process.exit(1)
    }, GRACE_MS).unref()
  })
}
