import { MemoryBroker } from '../src/broker/memory.ts'
import { describeBroker } from './contracts/describe-broker.ts'

describeBroker('in memory', () => Promise.resolve([new MemoryBroker()]))
