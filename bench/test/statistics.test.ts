import assert from 'node:assert/strict'
import { test } from 'node:test'
import { median, percentile, spread } from '../report/statistics.ts'

test('the median is the middle, or between the two middle ones', () => {
  assert.equal(median([3, 1, 2]), 2)
  assert.equal(median([4, 1, 2, 3]), 2.5)
  assert.ok(Number.isNaN(median([])))
})

test('percentiles lie between the closest ranks', () => {
  const values = Array.from({ length: 101 }, (_, index) => 100 - index)
  assert.equal(percentile(values, 0), 0)
  assert.equal(percentile(values, 99), 99)
  assert.equal(percentile(values, 100), 100)
  assert.equal(percentile([1, 2], 75), 1.75)
})

test('the spread is told in per cent of the median', () => {
  assert.equal(spread([9, 10, 11]), 20)
  assert.equal(spread([0, 0]), 0)
})
