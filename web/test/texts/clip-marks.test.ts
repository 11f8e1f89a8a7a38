import assert from 'node:assert/strict'
import { test } from 'node:test'
import { clipMarks } from '../../src/texts/clip-marks.ts'

test('so many marks stay upon a letter, and no more; writings that need some keep them all', () => {
  const pile = '\u0300\u0301\u0302\u0303'
  assert.equal(clipMarks(`Z${pile}${pile}${pile}alg${pile}\u0489o`), `Z${pile}alg${pile}o`)
  for (const text of ['Zoë', 'Zoe\u0308', 'Nguyễn', 'क्ष्म्य', 'שָׁלוֹם', 'ที่นี่', '👩‍👩‍👧'])
    assert.equal(clipMarks(text), text)
})
