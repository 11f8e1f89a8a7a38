import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Edges, edgesAt } from '../../src/timeline/edges.ts'
import { messages } from './messages.ts'

const dayMs = 86_400_000
const noonMs = new Date(2026, 10, 20, 12).getTime()
const list = messages(Array.from({ length: 30 }, (_, index) => ({ atMs: noonMs + index * (dayMs / 10) })))
const fresh: Edges = { isEndSeen: true, isLineAbove: false, isLineSeen: false }
const middle = { first: 10, last: 14, isAtEnd: false, above: 2, below: 3 }
const end = { first: 25, last: 29, isAtEnd: true, above: 5, below: 0 }

describe('what stands over the list', () => {
  it('is the way back to the end, and the day, while newer messages are out of sight', () => {
    const seen = edgesAt(fresh, middle, list, false, 'none')
    assert.equal(seen.isEndSeen, false)
    assert.equal(seen.day, list.at(10)?.at)
    assert.deepEqual(edgesAt(seen, end, list, false, 'none'), { ...fresh, day: undefined })
    assert.equal(edgesAt(fresh, end, list, true, 'none').isEndSeen, false)
  })

  it('is the line while what is new begins above, and remembers that it was seen', () => {
    assert.equal(edgesAt(fresh, middle, list, false, 'before').isLineAbove, true)
    assert.equal(edgesAt(fresh, middle, list, false, 9).isLineAbove, true)
    const seen = edgesAt(fresh, middle, list, false, 12)
    assert.deepEqual([seen.isLineAbove, seen.isLineSeen], [false, true])
    const below = edgesAt(seen, end, list, false, 12)
    assert.deepEqual([below.isLineAbove, below.isLineSeen], [true, true])
  })

  it('stays the same object while one scrolls within a day', () => {
    const seen = edgesAt(fresh, middle, list, false, 'none')
    assert.equal(edgesAt(seen, { ...middle, first: 11, last: 15 }, list, false, 'none'), seen)
  })
})
