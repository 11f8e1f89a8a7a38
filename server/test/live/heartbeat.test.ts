import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Batch } from '../../src/live/batch.ts'
import type { Connection } from '../../src/live/connection.ts'
import { Heartbeat } from '../../src/live/heartbeat.ts'
import { testConnection } from '../support/test-connection.ts'

/** A wheel whose time the test turns by hand. */
function wheel() {
  const time = { nowMs: 0 }
  const clock = { now: () => time.nowMs, timestamp: () => '' }
  const connections = new Set<Connection>()
  const heartbeat = new Heartbeat(connections, clock)
  const come = () => {
    const one = testConnection(new Batch())
    connections.add(one.connection)
    return one
  }
  return {
    heartbeat,
    come,
    at(nowMs: number) {
      time.nowMs = nowMs
      heartbeat.round()
    },
    [Symbol.dispose]: () => heartbeat[Symbol.dispose](),
  }
}

const codes = ({ closes }: ReturnType<typeof testConnection>) => closes.map(({ code }) => code)

test('[CO4] who is silent for 25 s is asked once, and closed with 4012 after 10 s more', () => {
  using wheels = wheel()
  const silent = wheels.come()
  wheels.at(24_999)
  assert.equal(silent.state.pings, 0)
  wheels.at(25_000)
  wheels.at(26_000)
  assert.equal(silent.state.pings, 1)
  wheels.at(34_999)
  assert.deepEqual(codes(silent), [])
  wheels.at(35_000)
  wheels.at(36_000)
  assert.deepEqual(codes(silent), [4012])
  assert.equal(silent.state.pings, 1)
})

test('[CO4] who answers is asked again 25 s later; who speaks is not asked at all', () => {
  using wheels = wheel()
  const answering = wheels.come()
  const speaking = wheels.come()
  for (let second = 1; second <= 120; second += 1) {
    if (second % 20 === 0) speaking.connection.heardAt = wheels.heartbeat.now
    wheels.at(second * 1_000)
    if (answering.connection.asked) answering.connection.heardAt = wheels.heartbeat.now
  }
  assert.equal(answering.state.pings, 4)
  assert.equal(speaking.state.pings, 0)
  assert.deepEqual([...codes(answering), ...codes(speaking)], [])
})

test('[CO6] a queue that holds bytes for 10 s without draining any closes its connection as slow', () => {
  using wheels = wheel()
  const stuck = wheels.come()
  const draining = wheels.come()
  for (let second = 0; second <= 12; second += 1) {
    stuck.state.queuedBytes = 100
    draining.state.queuedBytes = 1_000 - second
    for (const { connection } of [stuck, draining]) connection.heardAt = wheels.heartbeat.now
    wheels.at(second * 1_000)
    if (second < 10) assert.deepEqual(codes(stuck), [], `after ${second} s`)
  }
  assert.deepEqual(codes(stuck), [4008])
  assert.deepEqual(codes(draining), [])
})
