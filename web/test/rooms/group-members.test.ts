import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { RoomMember } from '@parlance/client/models'
import { groupMembers } from '../../src/rooms/group-members.ts'

function member(id: number, name: string): RoomMember {
  return {
    user: { id, name, kind: 'user' },
    role: 'member',
    mutedUntil: null,
    joinedAt: '2026-01-01T00:00:00.000Z',
  }
}

const members = ['lukas.müller', 'Zoë', 'Möller', 'ann', 'muller'].map((name, i) => member(i + 1, name))

function names(part: string, online?: readonly number[]): readonly string[] {
  const groups = groupMembers(members, online && new Set(online), part, 'de')
  return [...groups.online, ...groups.others].map(({ user }) => user.name)
}

test('[AC19] members are found by any part of their name, the best first in their group', () => {
  assert.deepEqual(names('muller'), ['muller', 'lukas.müller'])
  assert.deepEqual(names('MÜLLER', [1]), ['lukas.müller', 'muller'])
  assert.deepEqual(names('zoe'), ['Zoë'])
  assert.deepEqual(names('oll'), ['Möller'])
  assert.deepEqual(names('xyz'), [])
})

test('without a part they stand by name, who is online first', () => {
  for (const part of ['', ' ', '\u0308'])
    assert.deepEqual(names(part, [2]), ['Zoë', 'ann', 'lukas.müller', 'Möller', 'muller'])
})
