import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Block, Inline } from '../../src/message/markdown/nodes.ts'
import { parseMarkdown } from '../../src/message/markdown/parse-markdown.ts'

/** Everything inline in a text, flat. */
function inlines(text: string): readonly Inline[] {
  const flat = (children: readonly Inline[]): Inline[] =>
    children.flatMap((child) => ('children' in child ? [child, ...flat(child.children)] : [child]))
  const inBlock = (block: Block): Inline[] => {
    switch (block.kind) {
      case 'paragraph':
      case 'heading':
        return flat(block.children)
      case 'quote':
        return block.blocks.flatMap(inBlock)
      case 'list':
        return block.items.flatMap(({ blocks }) => blocks.flatMap(inBlock))
      case 'table':
        return [...block.header, ...block.rows.flat()].flatMap(({ children }) => flat(children))
      case 'code':
      case 'rule':
        return []
    }
  }
  return parseMarkdown(text).flatMap(inBlock)
}

function links(text: string) {
  return inlines(text).filter((inline) => inline.kind === 'link')
}

function depth(blocks: readonly Block[]): number {
  const inner = blocks.map((block) => {
    if (block.kind === 'quote') return 1 + depth(block.blocks)
    if (block.kind === 'list') return 1 + Math.max(0, ...block.items.map((item) => depth(item.blocks)))
    return 0
  })
  return Math.max(0, ...inner)
}

const text = (value: string) => ({ kind: 'text', text: value }) as const

test('text keeps its lines and its paragraphs', () => {
  assert.deepEqual(parseMarkdown('one\ntwo\n\nthree'), [
    { kind: 'paragraph', children: [text('one'), { kind: 'break' }, text('two')] },
    { kind: 'paragraph', children: [text('three')] },
  ])
})

test('emphasis, code and strikes', () => {
  assert.deepEqual(
    inlines('**b** *i* ~~s~~ `c & <d>`').filter(({ kind }) => kind !== 'text'),
    [
      { kind: 'strong', children: [text('b')] },
      { kind: 'em', children: [text('i')] },
      { kind: 'del', children: [text('s')] },
      { kind: 'code', text: 'c & <d>' },
    ],
  )
})

test('a code block has its language, and an open one goes to the end', () => {
  assert.deepEqual(parseMarkdown('```ts title\nlet a\n```'), [
    { kind: 'code', language: 'ts', text: 'let a' },
  ])
  assert.deepEqual(parseMarkdown('```\n<b>'), [{ kind: 'code', language: '', text: '<b>' }])
})

test('lists have tasks, numbers and lists in them', () => {
  const [tasks, numbers] = parseMarkdown('- [x] done\n- [ ] open\n  - in it\n\n3. three')
  assert.ok(tasks?.kind === 'list' && numbers?.kind === 'list')
  assert.deepEqual(
    tasks.items.map(({ checked }) => checked),
    [true, false],
  )
  assert.equal(tasks.items[1]?.blocks.at(-1)?.kind, 'list')
  assert.deepEqual([tasks.start, numbers.start], [null, 3])
})

test('what happens by accident elsewhere is text', () => {
  for (const [typed, shown] of [
    ['&amp; &lt;', '&amp; &lt;'],
    ['    four spaces', '    four spaces'],
    ['[a]: https://a.example', '[a]: '],
    ['``` words', '``` words'],
    ['a_b_c', 'a_b_c'],
  ] as const) {
    assert.deepEqual(inlines(typed)[0], text(shown))
  }
  assert.equal(parseMarkdown('a title?\n---')[0]?.kind, 'paragraph')
})

test('HTML is text, whole', () => {
  for (const html of [
    '<img src=x onerror=alert(1)>',
    '<script>alert(1)</script>',
    '<a href="javascript:alert(1)">a</a>',
    '<!-- hidden -->',
    '<svg/onload=alert(1)>',
    'a <b>c</b>',
  ]) {
    assert.deepEqual(parseMarkdown(html), [{ kind: 'paragraph', children: [text(html)] }])
  }
})

test('a link that runs or hides something is text', () => {
  for (const href of [
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'javascript&#58;alert(1)',
    '&#106;avascript:alert(1)',
    'javascript&colon;alert(1)',
    'java\tscript:alert(1)',
    '\u0001javascript:alert(1)',
    'jav\u200bascript:alert(1)',
    '%6Aavascript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:x',
    'file:///etc/passwd',
    'blob:https://a.example/1',
    'intent://a#Intent;end',
    '//a.example',
    '/settings',
    '#',
    '',
  ]) {
    for (const written of [`[a](${href})`, `[a](<${href}>)`, `![a](${href})`, `<${href}>`]) {
      assert.deepEqual(links(written), [], written)
    }
  }
})

test('every link there can be is of the web or of mail', () => {
  const piece = fc.constantFrom(
    ...[
      '[',
      ']',
      '(',
      ')',
      '<',
      '>',
      '!',
      'javascript:',
      'https://a.example',
      'data:',
      '`',
      '*',
      '\\',
      '&#58;',
      ' ',
    ],
    ...['www.b.example', '\n', '\t', 'x', '@ann', '|', '-', '\u200b', '\u202e', '"'],
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
      for (const link of links(pieces.join(''))) {
        assert.ok(link.kind === 'link')
        assert.match(link.href, /^(https?:\/\/|mailto:)/)
        assert.ok(link.children.every(({ kind }) => kind !== 'link' && kind !== 'mention'))
      }
    }),
  )
})

test('bare addresses are links, and pictures are', () => {
  const hrefs = (value: string) => links(value).map((link) => link.kind === 'link' && link.href)
  assert.deepEqual(hrefs('see https://a.example/b?c=1, www.b.example and ann@c.example.'), [
    'https://a.example/b?c=1',
    'http://www.b.example/',
    'mailto:ann@c.example',
  ])
  assert.deepEqual(hrefs('![a picture](https://a.example/a.png)'), ['https://a.example/a.png'])
})

test('a link that pretends to lead elsewhere tells where it leads', () => {
  const hosts = (value: string) => links(value).map((link) => link.kind === 'link' && link.host)
  assert.deepEqual(hosts('[bank.example](https://evil.example)'), ['evil.example'])
  assert.deepEqual(hosts('[https://bank.example/log-in](https://evil.example)'), ['evil.example'])
  assert.deepEqual(hosts('[bank.\u200bexample](https://evil.example)'), ['evil.example'])
  assert.deepEqual(hosts('https://bank.example@evil.example'), ['evil.example'])
  assert.deepEqual(hosts('https://b\u0430nk.example'), ['xn--bnk-6cd.example'])
  assert.deepEqual(hosts('[bank@bank.example](mailto:evil@evil.example)'), ['evil@evil.example'])
  assert.deepEqual(hosts('[our bank](https://bank.example/a)'), [null])
  assert.deepEqual(hosts('[bank.example](https://www.bank.example/a)'), [null])
  assert.deepEqual(hosts('https://bank.example?to=other.example'), [null])
})

test('mentions are what the server takes for one', () => {
  const names = (value: string) =>
    inlines(value).flatMap((inline) => (inline.kind === 'mention' ? [inline.name] : []))
  assert.deepEqual(names('@ann, (@bob.b) *@Ödön-2*: @x.'), ['ann', 'bob.b', 'Ödön-2', 'x'])
  assert.deepEqual(names('a@b @ @. `@code` [@link](https://a.example) \\@@'), [])
})

test('characters that turn the direction are left out', () => {
  assert.deepEqual(inlines('a\u202eb\u2067c `d\u202e`'), [text('abc '), { kind: 'code', text: 'd' }])
})

const nasty: readonly string[] = [
  ...['>', '> ', '[', '[](', '*', '*a ', '_a', '**a*', '- ', '1. ', '`', '`a``b', '<', '<a ', '![', '[a](b'],
  ...[
    '~~a~',
    '\\',
    '|',
    '<!--',
    'www.',
    'http://a.b.c.',
    'a@b.',
    'a.b_',
    '&',
    '\n',
    ' ',
    '```\n',
    '*a_b',
    '> - ',
  ],
  ...[
    '***a',
    'a**b',
    'a_',
    '#',
    'a\n=',
    '*a **b ',
    '@a',
    '&#x',
    '|a|b|\n|-|-|\n',
    '[a]: b\n',
    '\t',
    '- [ ] ',
    '~a',
  ],
]

test('16,000 characters of anything have a bounded depth', () => {
  for (const piece of nasty) {
    const blocks = parseMarkdown(piece.repeat(16_000).slice(0, 16_000))
    assert.ok(depth(blocks) <= 12, JSON.stringify(piece))
  }
})

test('a text that takes too much work is shown as it was written', () => {
  const costly = 'x _a_ '.repeat(2_600)
  assert.deepEqual(parseMarkdown(costly), [{ kind: 'paragraph', children: [text(costly)] }])
  assert.equal(inlines(costly.slice(0, 6_000))[1]?.kind, 'em')
})

test('any mix of Markdown gives something, and loses no word', () => {
  const piece = fc.constantFrom(
    ...[
      'word',
      '*',
      '_',
      '**',
      '~~',
      '`',
      '\n',
      '\n\n',
      '> ',
      '- ',
      '1. ',
      '# ',
      '|',
      '---',
      '  ',
      '[',
      '](',
      ')',
    ],
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
      const typed = pieces.join('')
      const words = typed.split('word').length - 1
      assert.equal(JSON.stringify(parseMarkdown(typed)).split('word').length - 1 >= words, true)
    }),
  )
})
