import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { RoomMember } from '@parlance/client/models'
import { groupMembers } from '../../src/rooms/group-members.ts'
import { isClosed } from '../../src/rooms/is-closed.ts'
import { nextOwners } from '../../src/rooms/next-owners.ts'
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

describe('conversations of two', () => {
  const direct = (id: number, lastMessageAt: string | null) =>
    ownRoom(id, { visibility: 'direct', lastMessageAt, createdAt: '2026-01-05T10:00:00.000Z' })

  it('stand by the newest: by their last message, or by when they were begun', () => {
    const all = [
      direct(1, '2026-01-03T10:00:00.000Z'),
      direct(2, null),
      direct(3, '2026-01-07T10:00:00.000Z'),
    ]
    const { directs } = sortRooms(all, ({ id }) => `${9 - id}`, 'en')
    assert.deepEqual(
      directs.map(({ id }) => id),
      [3, 2, 1],
    )
  })

  it('are closed until somebody writes again, for this account alone', () => {
    const before = direct(1, '2026-01-03T10:00:00.000Z')
    const closed = { '5/1': '2026-01-03T10:00:00.000Z', '5/2': '' }
    assert.equal(isClosed({ closed }, 5, before), true)
    assert.equal(isClosed({ closed }, 5, direct(1, '2026-01-03T10:00:01.000Z')), false)
    assert.equal(isClosed({ closed }, 6, before), false)
    assert.equal(isClosed({ closed }, 5, direct(2, null)), true)
    assert.equal(isClosed({ closed }, 5, direct(2, '2026-01-03T10:00:00.000Z')), false)
    assert.equal(isClosed({ closed }, 5, direct(3, null)), false)
  })
})

describe('nextOwners', () => {
  const member = (id: number, name: string, role: RoomMember['role'], kind: 'user' | 'guest' = 'user') =>
    ({ user: { id, name, kind }, role, mutedUntil: null, joinedAt: '2026-01-01T10:00:00.000Z' }) as const
  const me = member(1, 'ann', 'owner')
  const names = (found: ReturnType<typeof nextOwners>) => found.others.map(({ user }) => user.name)

  it('are the others, moderators first, where one is the only owner', () => {
    const all = [
      me,
      member(2, 'ben', 'member'),
      member(3, 'cid', 'moderator'),
      member(4, 'gus', 'member', 'guest'),
    ]
    const found = nextOwners(all, 1, '', 'en')
    assert.equal(found.isOnly, true)
    assert.deepEqual(names(found), ['cid', 'ben'])
    assert.deepEqual(names(nextOwners(all, 1, 'be', 'en')), ['ben'])
  })

  it('are not asked for where another owner stays, or nobody', () => {
    assert.equal(nextOwners([me, member(2, 'ben', 'owner')], 1, '', 'en').isOnly, false)
    assert.equal(nextOwners([me], 1, '', 'en').isOnly, false)
  })

  it('are guests where there is nobody else', () => {
    assert.deepEqual(names(nextOwners([me, member(4, 'gus', 'member', 'guest')], 1, '', 'en')), ['gus'])
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
