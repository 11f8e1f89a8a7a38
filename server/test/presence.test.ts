import { MemoryPresence } from '../src/presence/memory.ts'
import { describePresence } from './contracts/describe-presence.ts'

const leaseMs = 30_000

describePresence('in memory', () => {
  let now = 0
  const clock = { now: () => now, timestamp: () => new Date(now).toISOString() }
  return Promise.resolve({
    nodes: [new MemoryPresence(clock, leaseMs)],
    pass(time) {
      now += time === 'a lease' ? leaseMs : leaseMs - 1
      return Promise.resolve()
    },
  })
})
