import assert from 'node:assert/strict'
import { EventEmitter } from 'node:events'
import { test } from 'node:test'
import type { Socket } from 'engine.io'
import { waitForPongs } from '../../src/doors/engine-patience.ts'
import { ManualClock } from '../support/manual-clock.ts'

/** A session that has just been sent a ping, as engine.io notes it. */
function pinged() {
  const clock = new ManualClock()
  const closes: boolean[] = []
  const session = Object.assign(new EventEmitter(), { close: (now: boolean) => void closes.push(now) })
  waitForPongs(session as unknown as Socket, clock, 20_000)
  const ping: () => void = Reflect.get(session, 'resetPingTimeout')
  ping()
  return { clock, closes, ping, hear: (type: string) => session.emit('packet', { type }), session }
}

test('[CO13] a Socket.IO session has its time to answer, whatever the wall does, and once more where it speaks', () => {
  const { clock, closes, ping, hear } = pinged()
  clock.step(3_600_000)
  clock.pass(19_999)
  hear('pong')
  clock.pass(60_000)
  assert.deepEqual(closes, [])
  ping()
  clock.pass(10_000)
  hear('message')
  clock.pass(10_000)
  hear('message')
  assert.deepEqual(closes, [])
  clock.pass(10_000)
  assert.deepEqual(closes, [true])
})

test('[CO13] a Socket.IO session that has closed is not closed again', () => {
  const { clock, closes, session } = pinged()
  session.emit('close')
  clock.pass(60_000)
  assert.deepEqual(closes, [])
})
