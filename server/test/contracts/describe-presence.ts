import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { UserId } from '@parlance/protocol/models'
import type { Presence } from '../../src/ports/presence.ts'

export interface PresenceNodes {
  /** Presences that see each other, one per node. */
  readonly nodes: readonly Presence[]
  /** Lets nearly a whole lease, or more than one, go by. */
  pass(time: 'almost a lease' | 'a lease'): Promise<void>
}

/** The suite of the port `Presence`: run for every adapter. */
export function describePresence(name: string, make: () => Promise<PresenceNodes>): void {
  async function open() {
    const made = await make()
    const [first] = made.nodes
    const last = made.nodes.at(-1)
    assert.ok(first && last)
    return {
      ...made,
      first,
      last,
      /** Who is online of 1, 2 and 3; every node says the same. */
      async online(): Promise<readonly UserId[]> {
        const sets = await Promise.all(made.nodes.map((node) => node.online([1, 2, 3])))
        const [one, ...others] = sets.map((set) => [...set].sort())
        for (const other of others) assert.deepEqual(other, one)
        return one ?? []
      },
      async [Symbol.asyncDispose]() {
        for (const node of made.nodes) await node[Symbol.asyncDispose]()
      },
    }
  }

  describe(`Presence, ${name}`, () => {
    test('[PR1] a user is online while a lease stands, on every node', async () => {
      await using presence = await open()
      assert.deepEqual(await presence.online(), [])
      await presence.first.renew([1, 2])
      assert.deepEqual(await presence.online(), [1, 2])
      assert.deepEqual(await presence.first.online([]), new Set())
      assert.deepEqual(await presence.first.online([2, 4]), new Set([2]))
    })

    test('[PR2] a lease that is not renewed ends by itself, a renewed one stands on', async () => {
      await using presence = await open()
      await presence.first.renew([1, 2])
      await presence.pass('almost a lease')
      assert.deepEqual(await presence.online(), [1, 2])
      await presence.first.renew([2, 3])
      await presence.pass('almost a lease')
      assert.deepEqual(await presence.online(), [2, 3])
      await presence.pass('a lease')
      assert.deepEqual(await presence.online(), [])
    })

    test('[PR3] leaving ends this node’s lease at once, and no other', async () => {
      await using presence = await open()
      await presence.first.renew([1, 2])
      await presence.last.renew([1, 2])
      await presence.first.leave(1)
      await presence.first.leave(3)
      assert.deepEqual(await presence.online(), presence.nodes.length > 1 ? [1, 2] : [2])
      await presence.last.leave(1)
      assert.deepEqual(await presence.online(), [2])
    })
  })
}
