import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Reactor, User } from '@parlance/client/models'
import { whoReacted } from '../../src/message/who-reacted.ts'
import { de } from '../../src/texts/de.ts'
import { en } from '../../src/texts/en.ts'

const self = 1
const people: readonly User[] = [
  { id: 2, name: 'ann', kind: 'user' },
  { id: self, name: 'me', kind: 'user' },
  { id: 3, name: 'ben', kind: 'guest' },
  { id: 4, name: 'Deleted user', kind: 'deleted' },
  { id: 5, name: 'eve', kind: 'user' },
]

function told(ids: readonly number[], count = ids.length): readonly string[] {
  const reactors = ids.flatMap((id, at): Reactor[] => {
    const user = people.find((one) => one.id === id)
    return user === undefined ? [] : [{ user, seq: at + 1 }]
  })
  const reaction = { emoji: '🎉', count, me: ids.includes(self) }
  return [whoReacted(en, reaction, reactors, self), whoReacted(de, reaction, reactors, self)]
}

test('[MS7] who reacted is one sentence: oneself first, three of them by name, the others counted', () => {
  assert.deepEqual(told([2]), ['ann reacted with 🎉', 'ann hat mit 🎉 reagiert'])
  assert.deepEqual(told([self]), ['You reacted with 🎉', 'Du hast mit 🎉 reagiert'])
  assert.deepEqual(told([2, self]), ['You and ann reacted with 🎉', 'Du und ann haben mit 🎉 reagiert'])
  assert.deepEqual(told([2, 3, 4]), [
    'ann, ben (guest) and Deleted account reacted with 🎉',
    'ann, ben (Gast) und Gelöschtes Konto haben mit 🎉 reagiert',
  ])
  assert.deepEqual(told([2, 3, 4, 5], 6), [
    'ann, ben (guest), Deleted account and 3 others reacted with 🎉',
    'ann, ben (Gast), Gelöschtes Konto und 3 weitere haben mit 🎉 reagiert',
  ])
  assert.deepEqual(told([2, 3, self, 4], 4), [
    'You, ann, ben (guest) and 1 other reacted with 🎉',
    'Du, ann, ben (Gast) und 1 weitere Person haben mit 🎉 reagiert',
  ])
})

test('[MS7] where the answer has nobody, or is older than the number, they are counted', () => {
  assert.deepEqual(told([], 2), ['2 others reacted with 🎉', '2 weitere haben mit 🎉 reagiert'])
  assert.deepEqual(told([2, 3], 1)[0], 'ann and ben (guest) reacted with 🎉')
})
