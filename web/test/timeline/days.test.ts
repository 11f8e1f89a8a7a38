import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { datesOf, dayOf, inputDay, isSameDay, nextDay } from '../../src/timeline/days.ts'

const now = new Date(2026, 10, 21, 9)
const at = (...parts: [number, number, number, number?, number?]) => new Date(...parts).toISOString()

describe('days', () => {
  it('are those of the person’s calendar', () => {
    assert.ok(isSameDay(at(2026, 10, 21, 0, 0), at(2026, 10, 21, 23, 59)))
    assert.ok(!isSameDay(at(2026, 10, 20, 23, 59), at(2026, 10, 21, 0, 0)))
    assert.ok(!isSameDay(at(2025, 10, 21), at(2026, 10, 21)))
  })

  it('have a next one that begins at midnight', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date(2000, 0, 1), max: new Date(2050, 0, 1), noInvalidDate: true }),
        (date) => {
          const next = nextDay(date)
          assert.ok(next > date && !isSameDay(next, date))
          assert.ok(isSameDay(new Date(next.getTime() - 1), date))
        },
      ),
    )
  })

  it('are written by a date field and read again', () => {
    assert.equal(inputDay(new Date(2026, 0, 5, 13)), '2026-01-05')
    assert.deepEqual(dayOf('2026-01-05'), new Date(2026, 0, 5))
    assert.equal(dayOf(''), undefined)
  })

  it('are named by how near they are', () => {
    const dates = datesOf('en', ['en-GB'])
    assert.equal(dates.day(at(2026, 10, 21, 1), now), 'Today')
    assert.equal(dates.day(at(2026, 10, 20, 23), now), 'Yesterday')
    assert.match(dates.day(at(2026, 10, 13), now), /^Friday,? 13 November$/)
    assert.match(dates.day(at(2025, 10, 13), now), /^Thursday,? 13 November 2025$/)
  })

  it('speak German, and the region of the browser', () => {
    const dates = datesOf('de', ['en-US'])
    assert.equal(dates.day(at(2026, 10, 20), now), 'Gestern')
    assert.equal(dates.day(at(2026, 10, 13), now), 'Freitag, 13. November')
    assert.equal(dates.time(at(2026, 10, 21, 14, 2)), '14:02')
    assert.match(datesOf('en', ['en-US']).time(at(2026, 10, 21, 14, 2)), /2:02\sPM/)
  })

  it('say since when: the time alone today', () => {
    const dates = datesOf('en', ['en-GB'])
    assert.equal(dates.since(at(2026, 10, 21, 8, 5), now), '8:05')
    assert.match(dates.since(at(2026, 10, 20, 8, 5), now), /20 Nov 2026.*0?8:05/)
  })
})
