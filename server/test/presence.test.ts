import { MemoryPresence } from '../src/presence/memory.ts'
import { describePresence } from './contracts/describe-presence.ts'
import { ManualClock } from './support/manual-clock.ts'

const leaseMs = 30_000

describePresence('in memory', () => {
  const clock = new ManualClock()
  return Promise.resolve({
    nodes: [new MemoryPresence(clock, leaseMs)],
    pass(time) {
      // What the clock on the wall does meanwhile changes nothing.
      clock.step(time === 'a lease' ? -3_600_000 : 40_000)
      clock.pass(time === 'a lease' ? leaseMs : leaseMs - 1)
      return Promise.resolve()
    },
  })
})
