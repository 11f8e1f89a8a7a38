import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Batch } from '../../src/live/batch.ts'
import type { Connection } from '../../src/live/connection.ts'
import { Heartbeat } from '../../src/live/heartbeat.ts'
import { ManualClock } from '../support/manual-clock.ts'
import { testConnection } from '../support/test-connection.ts'

/** A wheel whose time the test turns by hand. */
function wheel() {
  const clock = new ManualClock()
  const connections = new Set<Connection>()
  const heartbeat = new Heartbeat(connections, clock)
  const come = () => {
    const one = testConnection(new Batch(), undefined, clock.monotonicMs())
    connections.add(one.connection)
    return one
  }
  return {
    clock,
    heartbeat,
    come,
    /** A second goes by, and a round is made. */
    turn(seconds = 1) {
      for (let second = 0; second < seconds; second += 1) {
        clock.pass(1_000)
        heartbeat.round()
      }
    },
    [Symbol.dispose]: () => heartbeat[Symbol.dispose](),
  }
}

type Come = ReturnType<typeof testConnection>

const codes = ({ closes }: Come) => closes.map(({ code }) => code)

/** What it was asked is answered, or something else comes. */
function hear({ connection }: Come, { heartbeat }: { readonly heartbeat: Heartbeat }): void {
  connection.heardAt = heartbeat.now
}

test('[CO4] who is silent for 25 s is asked once, and closed with 4012 after 10 s more', () => {
  using wheels = wheel()
  const silent = wheels.come()
  wheels.turn(24)
  assert.equal(silent.state.pings, 0)
  wheels.turn(2)
  assert.equal(silent.state.pings, 1)
  wheels.turn(8)
  assert.deepEqual(codes(silent), [])
  wheels.turn(2)
  assert.deepEqual(codes(silent), [4012])
  assert.equal(silent.state.pings, 1)
})

test('[CO4] who answers is asked again 25 s later; who speaks is not asked at all', () => {
  using wheels = wheel()
  const answering = wheels.come()
  const speaking = wheels.come()
  for (let second = 1; second <= 120; second += 1) {
    if (second % 20 === 0) hear(speaking, wheels)
    wheels.turn()
    if (answering.connection.askedAt === wheels.heartbeat.now) hear(answering, wheels)
  }
  assert.equal(answering.state.pings, 4)
  assert.equal(speaking.state.pings, 0)
  assert.deepEqual([...codes(answering), ...codes(speaking)], [])
})

test('[CO4] whom the server itself does not read, since it is served, is not silent', () => {
  using wheels = wheel()
  const served = wheels.come()
  served.connection.pause()
  wheels.turn(60)
  assert.deepEqual([served.state.pings, codes(served)], [0, []])
  served.connection.resume()
  wheels.turn(36)
  assert.deepEqual([served.state.pings, codes(served)], [1, [4012]])
})

test('[CO6] a queue that holds bytes for 10 s without draining any closes its connection as slow', () => {
  using wheels = wheel()
  const stuck = wheels.come()
  const draining = wheels.come()
  for (let second = 1; second <= 12; second += 1) {
    stuck.state.queuedBytes = 100
    draining.state.queuedBytes = 1_000 - second
    for (const one of [stuck, draining]) hear(one, wheels)
    wheels.turn()
    if (second < 10) assert.deepEqual(codes(stuck), [], `after ${second} s`)
  }
  assert.deepEqual(codes(stuck), [4008])
  assert.deepEqual(codes(draining), [])
})

for (const stepMs of [40_000, 86_400_000, -3_600_000]) {
  test(`[CO12] a wall that is set by ${stepMs / 1_000} s neither closes the healthy nor keeps the stopped`, () => {
    using wheels = wheel()
    const healthy = wheels.come()
    const stopped = wheels.come()
    const full = wheels.come()
    full.state.queuedBytes = 100
    wheels.turn(5)
    wheels.clock.step(stepMs)
    for (let second = 6; second <= 36; second += 1) {
      hear(full, wheels)
      wheels.turn()
      if (healthy.connection.askedAt === wheels.heartbeat.now) hear(healthy, wheels)
      if (second === 9) assert.deepEqual(codes(full), [])
      if (second === 34) assert.deepEqual(codes(stopped), [])
    }
    assert.deepEqual([codes(healthy), codes(stopped), codes(full)], [[], [4012], [4008]])
    assert.deepEqual([healthy.state.pings, stopped.state.pings], [1, 1])
  })
}

test('[CO13] after a pause of 40 s the silent are asked, and have their 10 s from there', () => {
  using wheels = wheel()
  const quiet = wheels.come()
  const stopped = wheels.come()
  wheels.turn(5)
  wheels.clock.pause(40_000)
  wheels.heartbeat.round()
  assert.deepEqual([quiet.state.pings, stopped.state.pings], [1, 1])
  wheels.turn(9)
  assert.deepEqual([codes(quiet), codes(stopped)], [[], []])
  hear(quiet, wheels)
  wheels.turn()
  assert.deepEqual([codes(quiet), codes(stopped)], [[], [4012]])
})

test('[CO13] who was asked before the pause has 10 s after it, and so has a queue to drain', () => {
  using wheels = wheel()
  const asked = wheels.come()
  const full = wheels.come()
  wheels.turn(25)
  full.state.queuedBytes = 100
  wheels.turn(3)
  assert.equal(asked.state.pings, 1)
  wheels.clock.pause(40_000)
  hear(full, wheels)
  wheels.heartbeat.round()
  wheels.turn(9)
  assert.deepEqual([codes(asked), codes(full)], [[], []])
  hear(full, wheels)
  wheels.turn()
  assert.deepEqual([codes(asked), codes(full)], [[4012], [4008]])
})
