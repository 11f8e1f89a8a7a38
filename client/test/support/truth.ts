import assert from 'node:assert/strict'
import type { Message } from '@parlance/protocol/models'
import type { Client } from '../../src/client.ts'
import type { Room } from '../../src/room.ts'
import { until } from './until.ts'

/** Everything in a room as one who comes anew reads it. */
async function freshly(client: Client, id: number) {
  const messages: Message[] = []
  for (let more = true; more; ) {
    const after = messages.at(-1)?.seq ?? 0
    const page = await client.request({ type: 'message.history', room: id, after, limit: 200 })
    messages.push(...page.messages)
    more = page.more
  }
  const { members } = await client.request({ type: 'room.members', room: id, limit: 200 })
  const summary = await client.request({ type: 'room.get', room: id })
  return {
    messages,
    members: members.map(({ online: _, ...member }) => member),
    summary,
  }
}

/** Sees that what a client shows of a room is what the server has, once nothing changes any more. */
export async function assertTrue(client: Client, room: Room): Promise<void> {
  const fresh = await freshly(client, room.id)
  await until(() => room.getSnapshot().summary.head === fresh.summary.head, `room ${room.id} at its head`)
  while (room.getSnapshot().timeline.hasOlder) await room.loadOlder(200)
  await room.loadMembers()
  await until(
    () => room.getSnapshot().pending.every(({ state }) => state.kind === 'failed'),
    'nothing on its way',
  )
  for (const { nonce } of room.getSnapshot().pending) room.discard(nonce)
  await until(() => isEqual(room.getSnapshot().summary, fresh.summary), 'the summary is the server’s').catch(
    () => {},
  )
  const { timeline, members, summary } = room.getSnapshot()
  assert.deepEqual([...timeline.messages], fresh.messages, 'messages')
  assert.deepEqual(
    [...(members?.values() ?? [])].sort((a, b) => (a.user.id ?? 0) - (b.user.id ?? 0)),
    fresh.members,
    'members',
  )
  assert.deepEqual(summary, fresh.summary, 'summary')
}

function isEqual(a: unknown, b: unknown): boolean {
  try {
    assert.deepEqual(a, b)
    return true
  } catch {
    return false
  }
}
