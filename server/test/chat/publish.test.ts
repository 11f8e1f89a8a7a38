import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pino } from 'pino'
import type { Chat, Known } from '../../src/chat/chat.ts'
import { sendMessage } from '../../src/chat/messages.ts'
import { Rates } from '../../src/chat/rates.ts'
import { Standings } from '../../src/chat/standings.ts'
import type { Publication } from '../../src/ports/broker.ts'
import { systemClock } from '../../src/ports/clock.ts'
import { openSqliteStore } from '../../src/store/sqlite.ts'
import { makeMetrics } from '../../src/telemetry/metrics.ts'

const at = '2026-01-01T00:00:00.000Z'
const noLimits = { messagesPerSecond: 0, messagesPerSecondPerRoom: 0 }

test('[BR4] nothing is published before its commit, and nothing at all where the commit fails', async () => {
  await using store = await openSqliteStore(':memory:')
  const made = await store.users.create({ name: 'ann', kind: 'user', email: null, passwordHash: null, at })
  assert.ok(made.ok)
  const room = await store.append({
    type: 'room.create',
    actor: made.user,
    at,
    name: 'tea',
    topic: '',
    visibility: 'public',
    members: [{ user: made.user.id, role: 'owner' }],
    uniqueName: true,
    directKey: null,
  })
  assert.ok(room.ok)
  const log: string[] = []
  let outcome: 'commits' | 'fails' = 'commits'
  const chat = {
    store: {
      ...store,
      append: async (draft: Parameters<typeof store.append>[0]) => {
        log.push('append')
        if (outcome === 'fails') throw new Error('the disk is gone')
        const appended = await store.append(draft)
        log.push('committed')
        return appended
      },
    },
    broker: { publish: (_topic: string, { kind }: Publication) => void log.push(`published ${kind}`) },
    clock: systemClock,
    limits: noLimits,
    rates: new Rates(systemClock),
    standings: new Standings(store.rooms, systemClock),
    metrics: makeMetrics(),
    log: pino({ level: 'silent' }),
  } as unknown as Chat
  const ann: Known = { kind: 'user', id: made.user.id, name: 'ann', session: 's', address: 'here' }
  assert.equal((await sendMessage(chat, ann, { room: room.room, text: 'x' })).ok, true)
  assert.deepEqual(log.splice(0), ['append', 'committed', 'published events'])
  outcome = 'fails'
  await assert.rejects(sendMessage(chat, ann, { room: room.room, text: 'y' }))
  assert.deepEqual(log, ['append'])
})
