import assert from 'node:assert/strict'
import { test } from 'node:test'
import { quietEnds } from '../../src/settings/quiet-ends.ts'

test('quiet lasts as long as its name says; until tomorrow is until eight in the morning', () => {
  const now = new Date(2026, 10, 30, 23, 45)
  const ends = Object.fromEntries(quietEnds.map(({ name, end }) => [name, end(now)]))
  assert.deepEqual(ends, {
    quietHalfHour: new Date(2026, 11, 1, 0, 15),
    quietHour: new Date(2026, 11, 1, 0, 45),
    quietTomorrow: new Date(2026, 11, 1, 8, 0),
  })
})
