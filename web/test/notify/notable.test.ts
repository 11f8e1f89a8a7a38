import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { OwnRoom } from '@parlance/client/models'
import { countOf, isNotable } from '../../src/notify/notable.ts'
import type { Preferences } from '../../src/preferences.ts'

const now = Date.parse('2026-11-21T12:00:00Z')
const me = 1

const room: OwnRoom = {
  id: 5,
  name: 'tea',
  topic: '',
  visibility: 'public',
  archived: false,
  creator: 2,
  createdAt: '2026-11-21T00:00:00.000Z',
  members: 2,
  head: 9,
  role: 'member',
  mutedUntil: null,
  lastMessageAt: null,
  read: 3,
  unread: 6,
  mentions: 2,
}
const preferences: Preferences = {
  theme: 'system',
  language: 'system',
  notifications: true,
  isOffered: true,
  quietUntilMs: 0,
  sound: false,
  level: 'mentions',
  levels: {},
  closed: {},
}
const message = {
  actor: { id: 2, name: 'ben', kind: 'user' as const },
  at: '2026-11-21T11:59:59.000Z',
  text: 'Hello @ann',
  mentions: [me],
}
const situation = { me, room, preferences, nowMs: now }

describe('a message', () => {
  it('is told when it mentions one, or the room is told wholly', () => {
    assert.ok(isNotable(message, situation))
    const plain = { ...message, mentions: [] }
    assert.ok(!isNotable(plain, situation))
    assert.ok(isNotable(plain, { ...situation, room: { ...room, visibility: 'direct' } }))
    assert.ok(isNotable(plain, { ...situation, preferences: { ...preferences, level: 'all' } }))
    assert.ok(isNotable(plain, { ...situation, preferences: { ...preferences, levels: { 5: 'all' } } }))
  })

  it('is not told when it is one’s own, deleted or old, the room is silent, or one is not to be disturbed', () => {
    assert.ok(!isNotable({ ...message, actor: { ...message.actor, id: me } }, situation))
    assert.ok(!isNotable({ ...message, text: '' }, situation))
    assert.ok(!isNotable({ ...message, at: '2026-11-21T11:00:00.000Z' }, situation))
    assert.ok(!isNotable(message, { ...situation, preferences: { ...preferences, levels: { 5: 'none' } } }))
    assert.ok(!isNotable(message, { ...situation, preferences: { ...preferences, quietUntilMs: now + 1 } }))
  })
})

describe('the number in the title', () => {
  it('counts what one wants to be told of', () => {
    const direct: OwnRoom = { ...room, id: 6, visibility: 'direct', unread: 3, mentions: 0 }
    assert.equal(countOf([room, direct], preferences), 2 + 3)
    assert.equal(countOf([room, direct], { ...preferences, level: 'all' }), 6 + 3)
    assert.equal(countOf([room, direct], { ...preferences, levels: { 5: 'none', 6: 'none' } }), 0)
  })
})
