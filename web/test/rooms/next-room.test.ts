import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { nextRoom } from '../../src/rooms/next-room.ts'
import { ownRoom } from './rooms.ts'

const rooms = [ownRoom(1), ownRoom(2, { unread: 3 }), ownRoom(3), ownRoom(4, { unread: 1 })]
const isUnread = ({ unread }: { unread: number }) => unread > 0

describe('nextRoom', () => {
  it('goes up and down the list and round its ends', () => {
    assert.equal(nextRoom(rooms, 2, 1)?.id, 3)
    assert.equal(nextRoom(rooms, 2, -1)?.id, 1)
    assert.equal(nextRoom(rooms, 4, 1)?.id, 1)
    assert.equal(nextRoom(rooms, 1, -1)?.id, 4)
  })

  it('begins at an end where no room of the list is open', () => {
    assert.equal(nextRoom(rooms, undefined, 1)?.id, 1)
    assert.equal(nextRoom(rooms, 99, -1)?.id, 4)
  })

  it('passes over those that are not wanted', () => {
    assert.equal(nextRoom(rooms, 2, 1, isUnread)?.id, 4)
    assert.equal(nextRoom(rooms, 1, -1, isUnread)?.id, 4)
    assert.equal(nextRoom(rooms, 4, 1, isUnread)?.id, 2)
  })

  it('stays where there is no other', () => {
    assert.equal(nextRoom([], undefined, 1), undefined)
    assert.equal(nextRoom(rooms.slice(0, 1), 1, 1), undefined)
    assert.equal(nextRoom(rooms.slice(0, 2), 2, 1, isUnread), undefined)
  })
})
