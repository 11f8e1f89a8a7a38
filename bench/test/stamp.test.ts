import assert from 'node:assert/strict'
import { test } from 'node:test'
import { stampHole, stampIn, stampLength, stampText } from '../load/stamp.ts'

test('a stamp is found again inside a frame', () => {
  const text = stampText(1_234, 987_654_321)
  assert.equal(text.length, stampLength)
  assert.equal(text.length, stampHole.length)
  const bytes = Buffer.from(`{"type":"new_message","text":"${text}aaa","id":7}`)
  assert.deepEqual(stampIn(bytes, 0, bytes.length), { publisher: 1_234, sentMicros: 987_654_321 })
})

test('a text without a stamp has none', () => {
  const bytes = Buffer.from('{"type":"welcome"}')
  assert.equal(stampIn(bytes, 0, bytes.length), undefined)
  const cut = Buffer.from(stampHole.slice(0, -1))
  assert.equal(stampIn(cut, 0, cut.length), undefined)
})
