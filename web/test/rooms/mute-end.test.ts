import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { inputTomorrow, muteMs, muteRange } from '../../src/rooms/mute-end.ts'

const nowMs = new Date(2026, 10, 20, 14, 2).getTime()

describe('the end of a muting', () => {
  it('is read in the local time zone, and is not told as a minute before', () => {
    assert.equal(muteMs('2026-11-20T15:32', nowMs), 90 * 60_000 + 1_000)
  })

  it('lies ahead, at most a year', () => {
    for (const value of ['2026-11-20T14:02', '2027-11-20T14:03', ''])
      assert.equal(muteMs(value, nowMs), undefined, value)
    const { min, max } = muteRange(nowMs)
    assert.deepEqual([muteMs(min, nowMs), muteMs(max, nowMs)], [61_000, 365 * 86_400_000])
  })

  it('is at this time tomorrow, unless another one is chosen', () => {
    assert.equal(inputTomorrow(nowMs), '2026-11-21T14:02')
  })
})
