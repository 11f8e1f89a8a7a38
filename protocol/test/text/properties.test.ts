import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseText } from '@parlance/protocol/text/parse-text'
import { plainText } from '@parlance/protocol/text/plain-text'
import { unturned } from '@parlance/protocol/text/unturned'
import { work } from '@parlance/protocol/text/work'
import fc from 'fast-check'
import type { Block, Inline } from '../../src/text/nodes.ts'

const shown = (text: string) => plainText(parseText(text))

const marks = [
  '*',
  '**',
  '_',
  '~~',
  '`',
  '```',
  '[',
  ']',
  '](',
  ')',
  '\\',
  '#',
  '>',
  '-',
  '|',
  '1.',
  '@',
  '~',
  '+',
]
const more = [
  'https://a.example/',
  'www.a.example',
  'a@b.example',
  'mailto:',
  '[a](https://b.example)',
  '|-|-|',
  '- [x] ',
]
const words = [
  'a',
  'Bo',
  '7',
  '中文',
  '。',
  '「',
  'é',
  '👍',
  '.',
  ',',
  ':',
  '!',
  '(',
  '"',
  "'",
  '/',
  '&amp;',
  '<b>',
  '^',
  '=',
  '…',
]
const blanks = [' ', '  ', '\n', '\n\n', '\t', '    ', '\u00a0', '\u200b']
const texts = (...pieces: readonly string[]) =>
  fc.array(fc.constantFrom(...pieces), { maxLength: 50 }).map((found) => found.join(''))

test('[MK2] a text without marks is shown as it was typed, to the last space', () => {
  const unmarked = fc.oneof(
    texts(...words, ...blanks),
    fc.string({ unit: 'grapheme', maxLength: 60 }),
    fc.string({ unit: 'binary', maxLength: 60 }).map((text) => text.toWellFormed()),
    texts(
      ...words,
      ...blanks,
      '5 > 3',
      '#1',
      '#tea',
      '->',
      '=>',
      '>_<',
      '~',
      '2*3*4',
      'a_b',
      '\\',
      'C:\\temp',
      '-',
      '*',
      '---',
    ),
  )
  fc.assert(
    fc.property(unmarked, (text) => {
      // What the lines begin with, and pairs, are marks: another test's.
      fc.pre(
        !/^ {0,3}(?:#{1,6}|>|[-*]|\d{1,9}[.)])[ \t]|`|\]\(|\*[^*]*\*|_[^_]*_|~~|[|]|\\[*_@[\]~#>-]|^\s*\d{1,9}\\[.)]/m.test(
          text,
        ),
      )
      fc.pre(!/\r/.test(text))
      assert.equal(shown(text), unturned(text))
    }),
    { numRuns: 3_000 },
  )
})

test('[MK2] lines may end as on any system', () => {
  assert.equal(shown('a\r\nb\rc\n\r\nd'), 'a\nb\nc\n\nd')
})

/** Whatever is no mark in some place. */
const notMarks = /[\s*_~`[\]()\\#>|\-\d.:x•+]/g

test('[MK3] of a text with marks every other character is shown, in its order', () => {
  fc.assert(
    fc.property(texts(...marks, ...words, ...blanks, '中*', '**文'), (text) => {
      assert.equal(shown(text).replace(notMarks, ''), text.replace(notMarks, ''))
    }),
    { numRuns: 3_000 },
  )
})

test('[MK3] nothing makes it fail, and its words stand in it as often as they were typed', () => {
  fc.assert(
    fc.property(texts(...marks, ...more, ...blanks, 'word'), (text) => {
      const count = (one: string) => one.split('word').length
      assert.ok(JSON.stringify(parseText(text)).split('word').length >= count(text))
    }),
    { numRuns: 3_000 },
  )
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => void parseText(text)))
})

test('[MK4] every link leads to what is shown, or to an address of the web or of mail', () => {
  const check = (inlines: readonly Inline[], text: string): void => {
    for (const inline of inlines) {
      if (inline.kind === 'link') {
        assert.match(inline.href, /^(?:https?:\/\/|mailto:)/i)
        const target = inline.href.replace(/^(?:http:\/\/(?=www\.)|mailto:)/i, '')
        assert.ok(text.includes(target), `${inline.href} of ${text}`)
        assert.ok(inline.children.every(({ kind }) => kind !== 'link' && kind !== 'mention'))
      } else if ('children' in inline) check(inline.children, text)
    }
  }
  const danger = [
    'javascript:',
    'data:',
    '//',
    '&#58;',
    '%6A',
    '\u0001',
    'file:///',
    '<',
    '"',
    '%',
    '://',
    '@',
    '[::1]',
  ]
  fc.assert(
    fc.property(texts(...marks, ...more, ...danger, 'a', '.', '/'), (text) => {
      for (const block of parseText(text)) if ('children' in block) check(block.children, text)
    }),
    { numRuns: 3_000 },
  )
})

function depthOf(nodes: readonly (Block | Inline)[]): number {
  let depth = 0
  for (const node of nodes) {
    const inner =
      'children' in node
        ? node.children
        : 'blocks' in node
          ? node.blocks
          : node.kind === 'list'
            ? node.items.flatMap(({ blocks }) => blocks)
            : []
    depth = Math.max(depth, 1 + depthOf(inner))
  }
  return depth
}

const nasty = [
  ...[
    '*',
    '**',
    '_',
    '~~',
    '`',
    '[',
    ']',
    '>',
    '> ',
    '\\',
    '\\*',
    '|',
    '#',
    '@',
    '＠',
    ':',
    '://',
    'www.',
    '\n',
    ' ',
    '\t',
  ],
  ...[
    '*a ',
    '**a ',
    ' a*',
    '*a* ',
    '_a ',
    '~~a ',
    '`a``b',
    '[a](',
    '[a](https://x(',
    '](https://x',
    '[[a](https://x.y) ',
  ],
  ...[
    '- ',
    '- a\n',
    '1. a\n',
    '> - ',
    '  - a\n',
    '```\n',
    '~~~\n',
    '``` a b\n',
    '|a|\n|-|-|\n',
    '| |\n|-|\n',
    '|||||||||||\n|-|-|-|-|-|-|-|-|-|-|\n|\n|\n|\n',
    '```a\n',
    '|a|b|\n|-|-|\n',
    '|',
    'a|\n-|\n',
  ],
  ...[
    'https://',
    'https://a%',
    'https://x)',
    'https://a.b/*',
    'http://a.b.c.',
    'www.a',
    'a@b.',
    'a@b.cd',
    '@a',
    '@中',
    '@a.',
    '中@文',
  ],
  ...[
    '***a',
    'a***',
    '*a _b ',
    'b_ a* ',
    '*a [',
    '\\`',
    '\\[a](https://x.y)',
    '\\@a ',
    '-\n',
    '- a\n\n',
    '---|',
    '*a **b ~~c _d ',
  ],
  ...['a\n\n', '#\n', '>\n', '> a\n>\n', '中**。**', 'a\u202e', '(', 'https://a(', '1', '\\\n'],
]

test('[MK5] 16,000 characters of anything take work in proportion, and nest no deeper than they may', () => {
  const steps = (text: string) => {
    const before = work.steps
    assert.ok(depthOf(parseText(text)) <= 40, JSON.stringify(text.slice(0, 20)))
    return work.steps - before
  }
  for (const piece of nasty) {
    for (const begin of ['', '*a ', '> ', '- ', '[a', 'https://']) {
      const whole = (length: number) => begin + piece.repeat(Math.ceil(length / piece.length))
      const [half, all] = [steps(whole(8_000)), steps(whole(16_000))]
      assert.ok(all <= 2.2 * half + 200, `${half} steps become ${all}: ${JSON.stringify(begin + piece)}`)
      assert.ok(all <= 20 * 16_000, `${all} steps: ${JSON.stringify(begin + piece)}`)
    }
  }
})

test('[MK5] emphasis, quotes and lists nest twelve deep; what is deeper is text', () => {
  const quote = `${'> '.repeat(20)}a`
  assert.equal(depthOf(parseText(quote)), 14)
  assert.equal(shown(quote), `${'> '.repeat(8)}a`)
  const stars = `${'*a '.repeat(20)}${'b* '.repeat(20)}`
  assert.equal(depthOf(parseText(stars)), 14)
})
