import assert from 'node:assert/strict'
import { test } from 'node:test'
import { durableChat } from '../durable-chat.ts'

test('[RE8] [RE9] three clients, two rooms, 1,000 messages, cuts and two kills: nothing lost, doubled or reordered', async () => {
  const { sent, cuts, kills } = await durableChat()
  assert.ok(sent >= 1_000)
  assert.ok(cuts > 0)
  assert.equal(kills, 2)
})
