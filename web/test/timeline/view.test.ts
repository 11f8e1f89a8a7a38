import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { MessageList } from '@parlance/client/message-list'
import type { TimelineSnapshot } from '@parlance/client/room'
import { covers, firstView, nextView } from '../../src/timeline/view.ts'
import { messages } from './messages.ts'

function timeline(seqs: readonly number[], more: Partial<TimelineSnapshot> = {}): TimelineSnapshot {
  return {
    messages: messages(seqs.map((seq) => ({ seq }))),
    isLoaded: true,
    isLoading: false,
    error: null,
    hasOlder: true,
    hasNewer: false,
    resets: 0,
    ...more,
  }
}

describe('the view of a timeline', () => {
  const view = firstView(timeline([10, 11, 12]))

  it('goes on as messages come at its end', () => {
    const { generation, isShift } = nextView(view, timeline([10, 11, 12, 13]))
    assert.deepEqual({ generation, isShift }, { generation: 0, isShift: false })
  })

  it('keeps its place from the end as older ones come', () => {
    const older = nextView(view, timeline([8, 9, 10, 11, 12]))
    assert.deepEqual([older.generation, older.isShift], [0, true])
    const newer = nextView(older, timeline([8, 9, 10, 11, 12, 13]))
    assert.deepEqual([newer.generation, newer.isShift], [0, false])
  })

  it('takes what came at both ends in two steps', () => {
    const both = nextView(view, timeline([8, 9, 10, 11, 12, 13]))
    assert.deepEqual([both.generation, both.isShift, both.withheld], [0, true, 1])
  })

  it('is a new list where other messages take the place of all', () => {
    assert.equal(nextView(view, timeline([100, 101], { hasNewer: true })).generation, 1)
    assert.equal(nextView(view, timeline([11, 12])).generation, 1)
  })

  it('is a new list once the first page is here, and goes on from an empty room', () => {
    const waiting = firstView({ ...timeline([]), messages: MessageList.empty, isLoaded: false })
    assert.equal(nextView(waiting, timeline([1])).generation, 1)
    assert.equal(nextView(firstView(timeline([])), timeline([1])).generation, 0)
  })

  it('stays the same list where only something else of it changes', () => {
    const { messages } = view.timeline
    const next = nextView(view, { ...view.timeline, messages, isLoading: true })
    assert.deepEqual([next.generation, next.timeline.isLoading], [0, true])
  })
})

describe('a timeline covers a seq', () => {
  it('between its ends, and beyond an end that is the last', () => {
    const middle = timeline([10, 20], { hasNewer: true })
    assert.deepEqual(
      [9, 10, 15, 20, 21].map((seq) => covers(middle, seq)),
      [false, true, true, true, false],
    )
    const all = timeline([10, 20], { hasOlder: false })
    assert.ok(covers(all, 1))
    assert.ok(covers(all, Number.POSITIVE_INFINITY))
    assert.ok(!covers(middle, Number.POSITIVE_INFINITY))
  })

  it('not before its page is here, and all of an empty room', () => {
    assert.ok(!covers(timeline([], { isLoaded: false }), 1))
    assert.ok(covers(timeline([], { hasOlder: false }), 1))
  })
})
