import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { User } from '@parlance/client/models'
import { copiedLine } from '../../src/timeline/copied-messages.ts'

const words = { guest: 'guest', deletedUser: 'Deleted account' }
const line = (author: User, text: string) => copiedLine({ author, text }, '08:47', words)

test('a message among others is copied with who wrote it and when, as it was typed', () => {
  assert.equal(line({ id: 2, name: 'ben', kind: 'user' }, '**tea**?\nNow'), '[08:47] ben: **tea**?\nNow')
  assert.equal(line({ id: 3, name: 'ann', kind: 'guest' }, 'hi'), '[08:47] ann (guest): hi')
  assert.equal(line({ id: 4, name: 'deleted', kind: 'deleted' }, 'bye'), '[08:47] Deleted account: bye')
})
