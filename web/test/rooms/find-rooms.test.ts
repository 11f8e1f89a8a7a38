import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { findRooms } from '../../src/rooms/find-rooms.ts'
import { ownRoom } from './rooms.ts'

const rooms = [
  ownRoom(1, { name: 'Tea time' }),
  ownRoom(2, { name: 'Green tea' }),
  ownRoom(3, { name: 'Team' }),
  ownRoom(4, { name: 'Steam' }),
  ownRoom(5, { name: 'Teatro', archived: true }),
]

function ids(search: string, recent: readonly number[] = [], current?: number): readonly number[] {
  const found = findRooms(rooms, search, { nameOf: ({ name }) => name, recent, current, language: 'en' })
  return found.map(({ room }) => room.id)
}

describe('findRooms', () => {
  it('puts better matches first, then recent rooms, then names; archived ones last', () => {
    assert.deepEqual(ids('tea'), [1, 3, 5, 2, 4])
    assert.deepEqual(ids('tea', [4, 3]), [3, 1, 5, 2, 4])
    assert.deepEqual(ids('tea', [5]), [1, 3, 5, 2, 4])
  })

  it('offers without a search the other rooms, the last one first', () => {
    assert.deepEqual(ids('', [3, 2], 3), [2, 4, 1, 5])
    assert.deepEqual(ids('team', [], 3), [3, 4])
  })
})
