import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { RoomMember } from '@parlance/client/models'
import { groupMembers } from '../../src/rooms/group-members.ts'
import { sortRooms } from '../../src/rooms/sort-rooms.ts'
import { waitingIn } from '../../src/rooms/waiting.ts'
import { ownRoom } from './rooms.ts'

describe('sortRooms', () => {
  it('makes the sections of the list, each by name as the language sorts', () => {
    const named = ['Zoo', 'team 10', 'Äpfel', 'team 9', 'apple'].map((name, i) => ownRoom(i + 1, { name }))
    const direct = ownRoom(8, { visibility: 'direct' })
    const old = ownRoom(9, { archived: true })
    const { rooms, directs, archived } = sortRooms([old, direct, ...named], ({ name }) => name, 'de')
    assert.deepEqual(
      rooms.map(({ name }) => name),
      ['Äpfel', 'apple', 'team 9', 'team 10', 'Zoo'],
    )
    assert.deepEqual(directs, [direct])
    assert.deepEqual(archived, [old])
  })
})

describe('groupMembers', () => {
  const members = (['Zoë', 'ann', 'Ben'] as const).map((name, i) => ({
    user: { id: i + 1, name, kind: 'user' as const },
    role: 'member' as const,
    mutedUntil: null,
    joinedAt: '2026-01-01T10:00:00.000Z',
  }))
  const names = (group: readonly RoomMember[]) => group.map(({ user }) => user.name)

  it('puts who is online first, each by name', () => {
    const { online, others } = groupMembers(members, new Set([1]), '', 'en')
    assert.deepEqual([names(online), names(others)], [['Zoë'], ['ann', 'Ben']])
  })

  it('keeps those together of whom nobody knows, and finds a part of a name', () => {
    const { online, others } = groupMembers(members, undefined, ' EN', 'en')
    assert.deepEqual([names(online), names(others)], [[], ['Ben']])
  })
})

describe('waitingIn', () => {
  const quiet = { levels: { 1: 'none' } } as const
  const open = { levels: {} }

  it('lets unread rooms stand out, mentions and direct messages loudly', () => {
    assert.deepEqual(waitingIn(open, ownRoom(1, { unread: 1 })), {
      isUnread: true,
      isLoud: false,
      isQuiet: false,
    })
    assert.equal(waitingIn(open, ownRoom(1, { unread: 1, mentions: 1 })).isLoud, true)
    assert.equal(waitingIn(open, ownRoom(1, { unread: 1, visibility: 'direct' })).isLoud, true)
    assert.equal(waitingIn(open, ownRoom(1, { visibility: 'direct' })).isLoud, false)
  })

  it('keeps a quiet room quiet, but for mentions', () => {
    assert.deepEqual(waitingIn(quiet, ownRoom(1, { unread: 1 })), {
      isUnread: false,
      isLoud: false,
      isQuiet: true,
    })
    assert.deepEqual(waitingIn(quiet, ownRoom(1, { unread: 1, mentions: 1 })), {
      isUnread: true,
      isLoud: true,
      isQuiet: true,
    })
  })
})
