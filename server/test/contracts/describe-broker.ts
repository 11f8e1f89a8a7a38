import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Broker, Publication, Topic } from '../../src/ports/broker.ts'

/** Brokers that reach each other, one per node. */
export type MakeBrokers = () => Promise<readonly Broker[]>

/** What a node heard, and a promise of the last of it. */
async function listen(broker: Broker, topics: readonly Topic[], last: string) {
  const heard: string[] = []
  const all = Promise.withResolvers<readonly string[]>()
  for (const topic of topics) {
    await broker.subscribe(topic, (publication) => {
      const said = `${topic} ${numberOf(publication)}`
      heard.push(said)
      if (said === last) all.resolve(heard)
    })
  }
  return { all: all.promise }
}

function numbered(user: number): Publication {
  return { kind: 'signal', signal: { type: 'read.marked', room: 1, user, read: 1 } }
}

function numberOf(publication: Publication): number | undefined {
  if (publication.kind !== 'signal' || publication.signal.type !== 'read.marked') return undefined
  return publication.signal.user
}

async function open(make: MakeBrokers) {
  const brokers = await make()
  const [publisher] = brokers
  assert.ok(publisher)
  return {
    brokers,
    publisher,
    /** Subscribes every node; gives what each heard up to this. */
    hear(topics: readonly Topic[], last: string) {
      return Promise.all(brokers.map((broker) => listen(broker, topics, last)))
    },
    async [Symbol.asyncDispose]() {
      for (const broker of brokers) await broker[Symbol.asyncDispose]()
    },
  }
}

/** The suite of the port `Broker`: run for every adapter. */
export function describeBroker(name: string, make: MakeBrokers): void {
  describe(`Broker, ${name}`, () => {
    test('[BR1] a publication reaches every node that listens, its own included, once', async () => {
      await using nodes = await open(make)
      // Subscribed twice is subscribed, for the last listener alone.
      for (const broker of nodes.brokers)
        await broker.subscribe('room:1', () => assert.fail('It is replaced.'))
      const heard = await nodes.hear(['room:1', 'user:1'], 'user:1 2')
      nodes.publisher.publish('room:1', numbered(1))
      nodes.publisher.publish('user:1', numbered(2))
      for (const { all } of heard) assert.deepEqual((await all).toSorted(), ['room:1 1', 'user:1 2'])
    })

    test('[BR1] what arrives is what was published, and nobody is called back inside publish', async () => {
      await using nodes = await open(make)
      const arrived = Promise.withResolvers<Publication>()
      let inside = true
      await nodes.publisher.subscribe('room:1', (publication) => {
        assert.equal(inside, false)
        arrived.resolve(publication)
      })
      const actor = { id: 1, name: 'ann', kind: 'user' } as const
      const event = { type: 'room.archived', room: 1, seq: 5, at: '2026-01-01T00:00:00.000Z', actor } as const
      nodes.publisher.publish('room:1', { kind: 'events', events: [event] })
      inside = false
      assert.deepEqual(await arrived.promise, { kind: 'events', events: [event] })
      await nodes.publisher.check()
    })

    test('[BR2] publications of one node on one topic arrive in order', async () => {
      await using nodes = await open(make)
      const heard = await nodes.hear(['room:1'], 'room:1 500')
      const numbers = Array.from({ length: 500 }, (_, n) => n + 1)
      for (const number of numbers) nodes.publisher.publish('room:1', numbered(number))
      for (const { all } of heard)
        assert.deepEqual(
          await all,
          numbers.map((number) => `room:1 ${number}`),
        )
    })

    test('[BR2] what a listener publishes comes after what it is hearing', async () => {
      await using nodes = await open(make)
      const heard: number[] = []
      const all = Promise.withResolvers<void>()
      await nodes.publisher.subscribe('room:1', (publication) => {
        const number = numberOf(publication) ?? 0
        if (number < 10) nodes.publisher.publish('room:1', numbered(number + 10))
        heard.push(number)
        if (heard.length === 4) all.resolve()
      })
      nodes.publisher.publish('room:1', numbered(1))
      nodes.publisher.publish('room:1', numbered(2))
      await all.promise
      assert.deepEqual(heard, [1, 2, 11, 12])
    })

    test('[BR3] nothing arrives for a topic that is not subscribed, or not any more', async () => {
      await using nodes = await open(make)
      const heard = await nodes.hear(['room:1', 'room:2'], 'room:1 4')
      for (const broker of nodes.brokers) await broker.unsubscribe('room:2')
      nodes.publisher.publish('room:2', numbered(1))
      nodes.publisher.publish('room:3', numbered(2))
      nodes.publisher.publish('user:1', numbered(3))
      nodes.publisher.publish('room:1', numbered(4))
      for (const { all } of heard) assert.deepEqual(await all, ['room:1 4'])
    })
  })
}
