import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { indexAfterKey } from '../../src/timeline/roving.ts'

const seen = { first: 40, last: 50 }

describe('the roving focus', () => {
  it('moves by one, by a page, and to the ends', () => {
    const from45 = (key: string) => indexAfterKey(key, 45, 100, seen)
    assert.equal(from45('ArrowUp'), 44)
    assert.equal(from45('ArrowDown'), 46)
    assert.equal(from45('PageUp'), 35)
    assert.equal(from45('PageDown'), 55)
    assert.equal(from45('Home'), 0)
    assert.equal(from45('End'), 99)
  })

  it('begins at the last one that is seen', () => {
    assert.equal(indexAfterKey('ArrowUp', -1, 100, seen), 50)
    assert.equal(indexAfterKey('ArrowDown', -1, 100, seen), 50)
  })

  it('stays within the list', () => {
    assert.equal(indexAfterKey('ArrowUp', 0, 100, seen), 0)
    assert.equal(indexAfterKey('PageDown', 98, 100, seen), 99)
    assert.equal(indexAfterKey('ArrowUp', -1, 0, { first: -1, last: -1 }), undefined)
  })

  it('leaves other keys alone', () => {
    assert.equal(indexAfterKey('a', 3, 100, seen), undefined)
    assert.equal(indexAfterKey('toString', 3, 100, seen), undefined)
  })
})
