import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { MessageList } from '@parlance/client/message-list'
import fc from 'fast-check'
import { isSameDay } from '../../src/timeline/days.ts'
import { firstUnread, lastSeen, nearest, pendingGrouped, shapeOf } from '../../src/timeline/rows.ts'
import { message, messages } from './messages.ts'

const minuteMs = 60_000
const noonMs = new Date(2026, 10, 20, 12).getTime()

/** Times from noon on with these gaps. */
function afterEachOther(gapsMs: readonly number[]): number[] {
  return gapsMs.map((_, index) => gapsMs.slice(0, index + 1).reduce((sum, gapMs) => sum + gapMs, noonMs))
}

describe('the rows of a timeline', () => {
  it('group what one author writes within five minutes from the first', () => {
    const list = messages([
      { atMs: noonMs },
      { atMs: noonMs + 2 * minuteMs },
      { atMs: noonMs + 4 * minuteMs },
      { atMs: noonMs + 5 * minuteMs },
      { atMs: noonMs + 7 * minuteMs },
      { atMs: noonMs + 12 * minuteMs },
      { atMs: noonMs + 13 * minuteMs, author: 2 },
    ])
    const grouped = list.slice(0).map((_, index) => shapeOf(list, index, -1).isGrouped)
    assert.deepEqual(grouped, [false, true, true, false, true, false, false])
  })

  it('end a group after ten messages', () => {
    const list = messages(Array.from({ length: 23 }, (_, n) => ({ atMs: noonMs + n * 1_000 })))
    const heads = list.slice(0).flatMap((_, index) => (shapeOf(list, index, -1).isGrouped ? [] : [index]))
    assert.deepEqual(heads, [0, 10, 20])
    const afterNew = list.slice(0).flatMap((_, index) => (shapeOf(list, index, 4).isGrouped ? [] : [index]))
    assert.deepEqual(afterNew, [0, 4, 14])
  })

  it('on their way are grouped as they are once they have landed', () => {
    const steps = fc.array(
      fc.record({
        gapMs: fc.integer({ min: 0, max: 3 * minuteMs }),
        author: fc.constantFrom(1, 1, 1, 1, 1, 1, 1, 2),
        replyTo: fc.constantFrom(undefined, undefined, undefined, undefined, undefined, 1),
      }),
      { maxLength: 40 },
    )
    const own = fc.array(
      fc.record({ gapMs: fc.integer({ min: 0, max: 3 * minuteMs }), replyTo: fc.constantFrom(undefined, 1) }),
      { minLength: 1, maxLength: 15 },
    )
    fc.assert(
      fc.property(steps, own, fc.nat(40), (landed, onTheirWay, newest) => {
        const times = afterEachOther([...landed, ...onTheirWay].map(({ gapMs }) => gapMs))
        const all = [...landed, ...onTheirWay.map((one) => ({ ...one, author: 1 }))]
        const list = messages(
          all.map(({ author, replyTo }, index) => ({
            ...{ atMs: times[index]!, author },
            ...(replyTo !== undefined && { replyTo }),
          })),
        )
        const firstNew = newest < landed.length ? newest : -1
        const here = MessageList.of(list.slice(0, landed.length))
        assert.deepEqual(
          pendingGrouped(here, list.slice(landed.length), 1, firstNew),
          onTheirWay.map((_, n) => shapeOf(list, landed.length + n, firstNew).isGrouped),
        )
      }),
    )
  })

  it('begin a group at an answer, at a new day and at the first new message', () => {
    const midnightMs = new Date(2026, 10, 21).getTime()
    const list = messages([
      { atMs: midnightMs - 2 * minuteMs },
      { atMs: midnightMs - minuteMs, replyTo: 1 },
      { atMs: midnightMs + minuteMs },
      { atMs: midnightMs + 2 * minuteMs },
    ])
    const shapes = [0, 1, 2, 3].map((index) => shapeOf(list, index, 3))
    assert.deepEqual(
      shapes.map(({ isGrouped }) => isGrouped),
      [false, false, false, false],
    )
    assert.deepEqual(
      shapes.map(({ beginsDay }) => beginsDay),
      [true, false, true, false],
    )
    assert.deepEqual(
      shapes.map(({ isFirstNew }) => isFirstNew),
      [false, false, false, true],
    )
  })

  it('tell two who claim the same name from each other by nothing, and two names apart', () => {
    const guest = (name: string) => ({ id: null, name, kind: 'guest' as const })
    const list = MessageList.of([
      { ...message({ seq: 1, atMs: noonMs }), author: guest('tea') },
      { ...message({ seq: 2, atMs: noonMs }), author: guest('tea') },
      { ...message({ seq: 3, atMs: noonMs }), author: guest('cake') },
    ])
    assert.deepEqual(
      [1, 2].map((index) => shapeOf(list, index, -1).isGrouped),
      [true, false],
    )
  })

  it('have one day line for each day, wherever the pages were cut', () => {
    const gaps = fc.array(fc.integer({ min: 0, max: 40 * 60 }), { minLength: 1, maxLength: 60 })
    fc.assert(
      fc.property(gaps, fc.nat(), (minutes, cut) => {
        const times = afterEachOther(minutes.map((gap) => gap * minuteMs)).map((atMs) => ({ atMs }))
        const list = messages(times)
        const days = new Set(times.map((time) => new Date(time.atMs).toDateString()))
        const lines = times.filter((_, index) => shapeOf(list, index, -1).beginsDay)
        assert.equal(lines.length, days.size)
        // A page more at the top changes nothing below its seam but the first message.
        const from = cut % times.length
        const part = MessageList.of(list.slice(from))
        for (let index = 1; index < part.length; index += 1)
          assert.deepEqual(shapeOf(part, index, -1), shapeOf(list, from + index, -1))
      }),
    )
  })

  it('keep their names where they are when older messages come before them', () => {
    const gaps = fc.array(fc.integer({ min: 0, max: 90 }), { minLength: 1, maxLength: 60 })
    fc.assert(
      fc.property(gaps, fc.nat(), (seconds, cut) => {
        const times = afterEachOther(seconds.map((gap) => gap * 1_000)).map((atMs) => ({ atMs }))
        const list = messages(times)
        const from = cut % times.length
        const part = MessageList.of(list.slice(from))
        const before = part.slice(0).map((_, index) => shapeOf(part, index, -1).isGrouped)
        assert.deepEqual(
          part.slice(0).map((_, index) => shapeOf(list, from + index, -1).isGrouped),
          before,
        )
      }),
    )
  })

  it('of a long talk of one author are not counted from its begin for each', () => {
    let read = 0
    const one = message({ seq: 1, atMs: noonMs })
    const list = MessageList.of(
      Array.from({ length: 20_000 }, (_, index) => ({
        ...one,
        seq: index + 1,
        get at() {
          read += 1
          return one.at
        },
      })),
    )
    for (let index = list.length - 200; index < list.length; index += 1) shapeOf(list, index, -1)
    assert.ok(read < 10 * list.length, `${read} times were read`)
  })

  it('never group over a day, an author, five minutes or ten messages', () => {
    const steps = fc.array(
      fc.record({
        gapMs: fc.integer({ min: 0, max: 20 * minuteMs }),
        author: fc.integer({ min: 1, max: 2 }),
      }),
      { minLength: 2, maxLength: 40 },
    )
    fc.assert(
      fc.property(steps, (given) => {
        const times = afterEachOther(given.map(({ gapMs }) => gapMs))
        const list = messages(given.map(({ author }, index) => ({ atMs: times[index]!, author })))
        let [head, lastHead] = [0, 0]
        for (let index = 1; index < list.length; index += 1) {
          const [before, after] = [list.at(index - 1)!, list.at(index)!]
          const isClose = Date.parse(after.at) - Date.parse(before.at) < 5 * minuteMs
          const belongs = before.author.id === after.author.id && isClose && isSameDay(before.at, after.at)
          const { isGrouped } = shapeOf(list, index, -1)
          if (!isGrouped) head = index
          const isWithin = Date.parse(after.at) - Date.parse(list.at(head)!.at) < 5 * minuteMs
          assert.ok(!isGrouped || (belongs && isWithin && index - head < 10))
          // And no group ends for another reason.
          const previous = list.at(lastHead)!
          const wasFull =
            index - lastHead >= 10 || Date.parse(after.at) - Date.parse(previous.at) >= 5 * minuteMs
          assert.equal(isGrouped, belongs && !wasFull)
          lastHead = head
        }
      }),
    )
  })
})

describe('the first unread message', () => {
  const list = messages([{ seq: 3 }, { seq: 5, author: 9 }, { seq: 8 }, { seq: 9 }])

  it('is the first one of others after what was read', () => {
    assert.equal(firstUnread(list, 0, 9), 0)
    assert.equal(firstUnread(list, 3, 9), 2)
    assert.equal(firstUnread(list, 8, 9), 3)
  })

  it('is none where all is read, or only one’s own is left', () => {
    assert.equal(firstUnread(list, 9, 9), -1)
    assert.equal(firstUnread(list, 8, 1), -1)
    assert.equal(firstUnread(MessageList.empty, 0, 1), -1)
  })
})

describe('the last message that was seen', () => {
  const list = messages([{ seq: 1, author: 9 }, { seq: 2, author: 9 }, { seq: 3 }, { seq: 4, author: 9 }])

  it('is one’s own newest that the other one has read', () => {
    assert.equal(lastSeen(list, 3, 9), list.at(1)?.id)
    assert.equal(lastSeen(list, 4, 9), list.at(3)?.id)
    assert.equal(lastSeen(list, 0, 9), undefined)
  })
})

describe('the nearest message to a seq', () => {
  it('is itself where it is there, and never farther than another one', () => {
    const seqs = fc.uniqueArray(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 30 })
    fc.assert(
      fc.property(seqs, fc.integer({ min: 0, max: 220 }), (given, wanted) => {
        const sorted = given.toSorted((a, b) => a - b)
        const found = sorted[nearest(messages(sorted.map((seq) => ({ seq }))), wanted)]!
        for (const seq of sorted) assert.ok(Math.abs(found - wanted) <= Math.abs(seq - wanted))
      }),
    )
  })

  it('is none in an empty list', () => {
    assert.equal(nearest(MessageList.empty, 7), -1)
  })
})
