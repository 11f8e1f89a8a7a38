import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { parseMarkdown } from '../../src/message/markdown/parse-markdown.ts'
import { plainBlocks } from '../../src/message/markdown/plain-blocks.ts'

test('what most people write most of the time needs no parser', () => {
  for (const text of [
    'Sounds good to me.',
    'On it (half past three) -> then home!',
    'one\ntwo',
    '@ann: 👍 50 %',
  ])
    assert.notEqual(plainBlocks(text), undefined, text)
})

test('a text with a mark is left to the parser', () => {
  const marked = ['*a*', '`a`', '# a', '> a', '- a', '1. a', 'a\n---', 'a\n\nb', '[a](b)', 'a|b', '&amp;']
  for (const text of [
    ...marked,
    'http://a.example',
    'WWW.a.example',
    'a@b.example',
    '~a~',
    '<b>',
    ' a',
    'a ',
    '',
  ])
    assert.equal(plainBlocks(text), undefined, text)
})

test('a text without a mark means what the parser says', () => {
  const piece = fc.constantFrom(
    ...[
      'a',
      'B',
      '7',
      '.',
      ')',
      '(',
      ' ',
      '\n',
      '-',
      '+',
      '=',
      '#',
      '>',
      '@',
      '@ann',
      ':',
      '/',
      '!',
      '"',
      '^',
    ],
    ...['$', '%', '{', '}', ';', ',', '?', '—', 'é', '👍', 'www', 'http', '10', 'x', '\u202e', '\u200b'],
  )
  const text = fc.oneof(
    fc.array(piece, { minLength: 1, maxLength: 24 }).map((pieces) => pieces.join('')),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 24 }),
  )
  fc.assert(
    fc.property(text, (text) => {
      const plain = plainBlocks(text)
      if (plain !== undefined) assert.deepEqual(plain, parseMarkdown(text))
    }),
    // A table of one column needs no bar.
    { numRuns: 3_000, examples: [['a\n:-']] },
  )
})
