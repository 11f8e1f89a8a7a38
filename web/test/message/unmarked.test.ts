import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseText, unturned } from '@parlance/client/text'
import fc from 'fast-check'
import { mayHaveMark } from '../../src/message/markdown/unmarked.ts'

test('what most people write most of the time needs no parser', () => {
  for (const text of [
    'Sounds good to me.',
    'On it (half past three) -> then home!',
    'one\ntwo\n\nthree',
    'yes: 👍 50 %',
  ])
    assert.equal(mayHaveMark(text), false, text)
})

test('a text with a mark is left to the parser', () => {
  const marked = ['*a*', '`a`', '# a', '> a', '- a', '1. a', '2) a', '[a](b)', 'a|b', '~~a~~', '@a', '＠a']
  for (const text of [...marked, 'http://a.example', 'WWW.a.example', 'a@b.example', 'a\n  > b', 'a\r\nb'])
    assert.equal(mayHaveMark(text), true, text)
})

test('a text without a mark means what the parser says', () => {
  const piece = fc.constantFrom(
    ...['a', 'B', '7', '.', ')', '(', ' ', '\n', '-', '+', '=', '#', '>', ':', '/', '!', '"', '^', '$', '%'],
    ...[
      '{',
      '}',
      ';',
      ',',
      '?',
      '—',
      'é',
      '👍',
      'www',
      'http',
      '10',
      'x',
      '\u202e',
      '\u200b',
      '\t',
      '&amp;',
      '<b>',
      '    ',
    ],
  )
  const text = fc.oneof(
    fc.array(piece, { maxLength: 24 }).map((pieces) => pieces.join('')),
    fc.string({ unit: 'grapheme', maxLength: 24 }),
  )
  fc.assert(
    fc.property(text, (text) => {
      if (mayHaveMark(text)) return
      const shown = unturned(text)
      const written = [{ kind: 'paragraph', children: [{ kind: 'text', text: shown }] }]
      assert.deepEqual(parseText(text), shown === '' ? [] : written)
    }),
    { numRuns: 3_000 },
  )
})
