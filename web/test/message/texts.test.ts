import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { isEmojiOnly } from '../../src/message/markdown/emoji-only.ts'
import { folded } from '../../src/message/markdown/fold.ts'

test('a long text is folded to its begin, a short one is not', () => {
  assert.equal(folded('short'), undefined)
  assert.equal(folded('x'.repeat(1_600)), undefined)
  assert.equal(folded('line\n'.repeat(40))?.split('\n').length, 14)
  assert.ok((folded('word '.repeat(400))?.length ?? 0) <= 1_100)
  fc.assert(
    fc.property(fc.constantFrom('👍', 'a ', '👍 x\n', 'long', '\n'), fc.nat(900), (piece, offset) => {
      const text = '.'.repeat(offset) + piece.repeat(1_700)
      const begin = folded(text)
      if (begin === undefined) return
      assert.ok(text.startsWith(begin) && begin.length < text.length)
      assert.ok(begin.isWellFormed())
    }),
  )
})

test('a few emoji alone are shown large', () => {
  for (const text of ['👍', ' 🎉 🎉 ', '👩‍👩‍👧‍👦🇩🇪', '❤️']) assert.equal(isEmojiOnly(text), true, text)
  for (const text of ['', '1', '#', 'ok 👍', '👍'.repeat(7), '©'])
    assert.equal(isEmojiOnly(text), false, text)
})
