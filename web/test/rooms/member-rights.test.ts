import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Role } from '@parlance/client/models'
import { memberRights, roomRights } from '../../src/rooms/member-rights.ts'
import { ownRoom } from './rooms.ts'

const member = (id: number, role: Role, kind: 'user' | 'guest' = 'user') => ({
  user: { id, name: 'ben', kind },
  role,
})
const allowed = (role: Role, other: ReturnType<typeof member>, fields = {}) =>
  memberRights(ownRoom(1, { role, ...fields }), 1, other)

describe('memberRights', () => {
  it('lets owners act on everyone, moderators on members, members on nobody', () => {
    assert.equal(allowed('owner', member(2, 'owner')).canBan, true)
    assert.equal(allowed('moderator', member(2, 'member')).canMute, true)
    assert.equal(allowed('moderator', member(2, 'moderator')).canRemove, false)
    assert.equal(allowed('member', member(2, 'member')).canRemove, false)
  })

  it('lets owners alone give roles: others than one has, none to guests', () => {
    assert.deepEqual(allowed('owner', member(2, 'moderator')).roles, ['member', 'owner'])
    assert.deepEqual(allowed('owner', member(2, 'member', 'guest')).roles, [])
    assert.deepEqual(allowed('moderator', member(2, 'member')).roles, [])
  })

  it('offers nothing on oneself, in direct conversations and in archived rooms', () => {
    assert.equal(allowed('owner', member(1, 'owner')).canBan, false)
    assert.deepEqual(allowed('owner', member(1, 'owner')).roles, [])
    assert.equal(allowed('owner', member(2, 'member'), { visibility: 'direct' }).canBan, false)
    assert.equal(allowed('owner', member(2, 'member'), { archived: true }).canBan, false)
  })
})

describe('roomRights', () => {
  it('lets owners change everything, moderators the topic, accounts bring others in', () => {
    const of = (role: Role, kind: 'user' | 'guest' = 'user', fields = {}) => {
      const rights = Object.entries(roomRights(ownRoom(1, { role, ...fields }), kind))
      return rights.filter(([, has]) => has).map(([right]) => right)
    }
    assert.deepEqual(of('owner'), ['canInvite', 'canEditTopic', 'canEdit', 'canArchive', 'canSeeBans'])
    assert.deepEqual(of('moderator'), ['canInvite', 'canEditTopic', 'canSeeBans'])
    assert.deepEqual(of('member'), ['canInvite'])
    assert.deepEqual(of('member', 'guest'), [])
    assert.deepEqual(of('owner', 'user', { archived: true }), [])
    assert.deepEqual(of('owner', 'user', { visibility: 'direct' }), [])
  })
})
