import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Batch } from '../../src/live/batch.ts'
import { Heartbeat } from '../../src/live/heartbeat.ts'
import { testConnection } from '../support/test-connection.ts'

function clockAt(startMs: number) {
  let nowMs = startMs
  return {
    now: () => nowMs,
    timestamp: () => new Date(nowMs).toISOString(),
    pass(ms: number) {
      nowMs += ms
    },
  }
}

test('[CO4] after 25 s of silence a client is asked once; without an answer within 10 s it is closed', () => {
  const clock = clockAt(0)
  const { connection, closes, state } = testConnection(new Batch())
  using heartbeat = new Heartbeat(new Set([connection]), clock)
  clock.pass(24_999)
  heartbeat.round()
  assert.equal(state.pings, 0)
  clock.pass(1)
  heartbeat.round()
  clock.pass(5_000)
  heartbeat.round()
  assert.deepEqual([state.pings, closes], [1, []])
  clock.pass(5_000)
  heartbeat.round()
  assert.deepEqual(closes, [{ code: 4012, reason: 'no heartbeat' }])
})

test('[CO4] whoever answers is asked again after the next silence', () => {
  const clock = clockAt(0)
  const { connection, closes, state } = testConnection(new Batch())
  using heartbeat = new Heartbeat(new Set([connection]), clock)
  for (let time = 1; time <= 4; time += 1) {
    clock.pass(25_000)
    heartbeat.round()
    assert.equal(state.pings, time)
    clock.pass(2_000)
    heartbeat.round()
    connection.heardAt = clock.now()
    heartbeat.round()
  }
  assert.deepEqual(closes, [])
})

test('[CO6] one who holds bytes for 10 s without taking any is closed as slow; one who takes some is not', () => {
  const clock = clockAt(0)
  const batch = new Batch()
  const [stuck, slow] = [testConnection(batch), testConnection(batch)]
  using heartbeat = new Heartbeat(new Set([stuck.connection, slow.connection]), clock)
  stuck.state.queuedBytes = 1_000
  for (let second = 0; second < 11; second += 1) {
    slow.state.queuedBytes = 1_000_000 - second
    clock.pass(1_000)
    heartbeat.round()
  }
  assert.deepEqual(stuck.closes, [{ code: 4008, reason: 'too slow' }])
  assert.deepEqual(slow.closes, [])
})
