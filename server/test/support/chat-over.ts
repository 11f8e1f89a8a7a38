import { defaultLimits } from '@parlance/protocol/limits'
import { pino } from 'pino'
import { MemoryBroker } from '../../src/broker/memory.ts'
import type { Chat } from '../../src/chat/chat.ts'
import { Passwords } from '../../src/chat/passwords.ts'
import { Rates } from '../../src/chat/rates.ts'
import { Standings } from '../../src/chat/standings.ts'
import { Tokens } from '../../src/chat/tokens.ts'
import { type Clock, systemClock } from '../../src/ports/clock.ts'
import type { Store } from '../../src/ports/store.ts'
import { MemoryPresence } from '../../src/presence/memory.ts'
import { makeMetrics } from '../../src/telemetry/metrics.ts'

const dayMs = 86_400_000

/** The use-cases over a store, without doors: for what needs a clock of its own. */
export function chatOver(store: Store, clock: Clock = systemClock): Chat {
  return {
    store,
    broker: new MemoryBroker(),
    presence: new MemoryPresence(clock),
    clock,
    limits: defaultLimits,
    rates: new Rates(clock),
    standings: new Standings(store.rooms, clock),
    tokens: new Tokens('0'.repeat(64), 'HS256', 1_800_000, clock),
    passwords: new Passwords(),
    metrics: makeMetrics(),
    log: pino({ level: 'silent' }),
    sessionLifeMs: 30 * dayMs,
    guestStayMs: dayMs,
  }
}
