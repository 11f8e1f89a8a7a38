import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { MemoryBroker } from '../../src/broker/memory.ts'
import { Batch } from '../../src/live/batch.ts'
import { NamedRooms } from '../../src/live/named.ts'
import type { Line } from '../../src/ports/notice.ts'
import { testConnection } from '../support/test-connection.ts'

/** A broker whose subscriptions are answered when the test says so. */
class SlowBroker extends MemoryBroker {
  readonly #subscription = Promise.withResolvers<void>()

  override async subscribe(...subscription: Parameters<MemoryBroker['subscribe']>): Promise<void> {
    await this.#subscription.promise
    await super.subscribe(...subscription)
  }

  answer(): void {
    this.#subscription.resolve()
  }

  fail(): void {
    this.#subscription.reject(new Error('no broker'))
  }
}

function roomsOn(broker: MemoryBroker) {
  const batch = new Batch()
  return { batch, rooms: new NamedRooms(batch, broker) }
}

/** The broker hands over what was said; the turn goes on. */
const heard = () => Promise.resolve()
const turn = () => new Promise((resolve) => setImmediate(resolve))

function said(text: string): Line {
  return { type: 'line.said', author: null, text, at: '2026-01-01T00:00:00.000Z' }
}

const textOf = (frame: string) => JSON.parse(frame).text

describe('named rooms', () => {
  it('[BR1] what is said before the broker listens waits, in its order, and is heard by its speaker too', async () => {
    const broker = new SlowBroker()
    const { batch, rooms } = roomsOn(broker)
    const { connection, texts } = testConnection(batch)
    assert.equal(rooms.join('tea', connection), 1)
    for (const text of ['1', '2']) rooms.say('tea', said(text))
    await turn()
    assert.deepEqual(texts, [])
    broker.answer()
    await turn()
    rooms.say('tea', said('3'))
    await turn()
    await turn()
    assert.deepEqual(texts.map(textOf), ['1', '2', '3'])
  })

  it('[BR1] where the broker cannot listen, the clients are closed to try anew, and the room is gone', async () => {
    const broker = new SlowBroker()
    const { batch, rooms } = roomsOn(broker)
    const { connection, closes } = testConnection(batch)
    rooms.join('tea', connection)
    broker.fail()
    await turn()
    const { code, reason } = connection.endings.stateLost
    assert.deepEqual(closes, [{ code, reason }])
    assert.equal(rooms.size, 0)
    assert.equal(rooms.leave('tea', connection), undefined)
  })

  it('[§1 relay] who joins hears nothing from before, who leaves nothing from after', async () => {
    const { batch, rooms } = roomsOn(new MemoryBroker())
    const one = testConnection(batch)
    const two = testConnection(batch)
    rooms.join('tea', one.connection)
    await turn()
    rooms.say('tea', said('before'))
    await heard()
    assert.equal(rooms.join('tea', two.connection), 2)
    rooms.say('tea', said('both'))
    await heard()
    assert.equal(rooms.leave('tea', one.connection), 1)
    rooms.say('tea', said('after'))
    await turn()
    assert.deepEqual(one.texts.map(textOf), ['before', 'both'])
    assert.deepEqual(two.texts.map(textOf), ['both', 'after'])
    assert.equal(rooms.leave('tea', one.connection), undefined)
    assert.equal(rooms.leave('tea', two.connection), 0)
    assert.equal(rooms.size, 0)
  })

  it('[000 Done] the room is gone before its clients are', async () => {
    const { batch, rooms } = roomsOn(new MemoryBroker())
    const one = testConnection(batch)
    rooms.join('tea', one.connection)
    await turn()
    rooms.say('tea', { type: 'line.ended' })
    await heard()
    assert.deepEqual(one.closes, [{ code: 1000, reason: '' }])
    assert.equal(rooms.leave('tea', one.connection), undefined)
    const two = testConnection(batch)
    assert.equal(rooms.join('tea', two.connection), 1)
  })
})
