import assert from 'node:assert/strict'
import { test } from 'node:test'
import { nameKey } from '@parlance/protocol/names'
import {
  maxMentionNames,
  maxMentions,
  mentionKeys,
  resolveMentions,
} from '@parlance/protocol/text/candidates'
import { mentionCandidates, mentionSpans } from '@parlance/protocol/text/mentions'
import { isMentionable } from '@parlance/protocol/text/name-runs'
import fc from 'fast-check'

const members = new Map(
  ['ann', 'ann.lee', 'bob', 'Ödön', '李明', '민수', 'straße', 'x'].map(
    (name) => [nameKey(name), name] as const,
  ),
)
const mentioned = (text: string) =>
  resolveMentions(mentionCandidates(text), (key) => members.get(key)).map(({ user }) => user)

test('[MK7] nobody is mentioned in code, addresses, links, words, paths, packages and behind a backslash', () => {
  for (const text of [
    '`@ann`',
    '``@ann`',
    '```\n@ann\n```',
    '- ```\n  @ann\n  ```',
    'https://a.example/@ann',
    'www.a.example/@ann?@bob',
    '[@ann](https://a.example)',
    '[**@ann**](https://a.example)',
    'mail@ann',
    'mail@bob.example',
    'x@ann.lee',
    'mailto:x@ann.example',
    'under_@ann',
    'é@ann',
    '7@ann',
    '@ann/pkg',
    '@ann/.bin',
    'node_modules/@ann',
    '@ann@b.example',
    '@ann.lee@b.example',
    '\\@ann',
    '(\\@ann)',
    'C:\\@ann\\b',
    '\\\\@ann',
    '@ annie',
    '@annie',
    '@-ann',
    '@@',
    '',
  ])
    assert.deepEqual(text === '``@ann`' ? [] : mentioned(text), [], text)
})

test('[MK8] a mention is found beside any point, beside scripts without spaces, in any case and form', () => {
  for (const [text, ...names] of [
    ['@ann', 'ann'],
    ['@ANN @Bob', 'ann', 'bob'],
    ['@O\u0308DO\u0308N', 'Ödön'],
    ['@STRASSE', 'straße'],
    ['＠bob', 'bob'],
    ['@ｂｏｂ', 'bob'],
    ['你好@bob你好', 'bob'],
    ['你好＠bob，你好', 'bob'],
    ['@李明你好', '李明'],
    ['안녕@민수야', '민수'],
    ["@bob's @ann’s", 'bob', 'ann'],
    ['@bob… @ann...', 'bob', 'ann'],
    ['@bob，@ann。', 'bob', 'ann'],
    ['@bob. @ann: (@x) [@bob] "@ann"', 'bob', 'ann', 'x', 'bob', 'ann'],
    ['@bob! @ann? @x; @bob, @ann—@x', 'bob', 'ann', 'x', 'bob', 'ann', 'x'],
    ['@bob/@ann', 'bob', 'ann'],
    ['@bob- @ann_ @x.', 'bob', 'ann', 'x'],
    ['...@bob', 'bob'],
    ['-@bob', 'bob'],
    ['**@bob** *@ann* ~~@x~~ _@bob_', 'bob', 'ann', 'x', 'bob'],
    ['# @bob', 'bob'],
    ['> @bob\n\n- @ann\n\n|@x|\n|-|\n|@bob|', 'bob', 'ann', 'x', 'bob'],
    ['👍@bob👍', 'bob'],
    ['`code` @bob `code`', 'bob'],
    ['[a]@bob(b)', 'bob'],
    ['``@ann`', 'ann'],
  ] as const)
    assert.deepEqual(mentioned(text), names, text)
})

test('[MK9] the longest name that is a member’s wins', () => {
  assert.deepEqual(mentioned('@ann.lee @ann.leeward @ann.x @ann-lee @ann.lee.x'), [
    'ann.lee',
    'ann',
    'ann',
    'ann',
    'ann.lee',
  ])
  assert.deepEqual(mentionCandidates('hi @ann.lee.'), [{ at: 3, names: ['ann.lee', 'ann'] }])
})

test('[MK9] a mention stands where it says, whatever is around it', () => {
  const piece = fc.constantFrom(
    ...[
      '@ann',
      '＠bob',
      ' ',
      '\n',
      '\n\n',
      '> ',
      '- ',
      '1. ',
      '**',
      '*',
      '`',
      '# ',
      '|',
      '|-|-|\n',
      '\\',
      '中',
      'a',
      '\r\n',
      '- [ ] ',
      '    ',
      '\\- ',
      '\u202e',
    ],
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      const text = pieces.join('')
      let last = -1
      for (const { from, to, name } of resolveMentions(mentionCandidates(text), (key) => members.get(key))) {
        assert.ok(from > last)
        assert.match(text.slice(from, to), /^[@＠](?:ann|bob)$/)
        assert.equal(text.slice(from + 1, to), name)
        last = from
      }
    }),
    { numRuns: 2_000 },
  )
})

test('[MK10] so many mentions of a text count, and so many names are looked up', () => {
  const wall = Array.from({ length: 60 }, (_, i) => `@n${i}`).join(' ')
  assert.equal(mentionCandidates(wall).length, maxMentions)
  const names = Array.from({ length: 50 }, (_, i) => `@${String.fromCodePoint(0x4e00 + i).repeat(20)}`).join(
    ' ',
  )
  assert.equal(mentionKeys(mentionCandidates(names)).length, maxMentionNames)
  assert.equal(mentionCandidates(`@${'李'.repeat(200)}`)[0]?.names.length, 128)
})

test('[MK11] of a message they are told by id: a name that is somebody else’s by now is nobody’s', () => {
  const names = new Map([
    [1, 'ann'],
    [2, 'ann.lee'],
  ])
  const spans = (text: string, mentions: readonly number[]) =>
    mentionSpans({ text, mentions }, (id) => names.get(id)).map(({ from, to, user }) => [from, to, user])
  assert.deepEqual(spans('hi @ann.lee', [2]), [[3, 11, 2]])
  assert.deepEqual(spans('hi @ann.lee', [1]), [[3, 7, 1]])
  assert.deepEqual(spans('hi @ann', [7]), [])
  assert.deepEqual(spans('hi @ann', []), [])
})

test('[MK8] what can be mentioned by its whole name', () => {
  for (const name of ['ann', 'a.b-c_d', 'Ödön', '李明', 'x'.repeat(64)]) {
    assert.equal(isMentionable(name), true, name)
    assert.equal(mentionCandidates(`@${name} `)[0]?.names[0], name)
  }
  for (const name of ['ann bee', 'ann.', '', '.ann', "o'neil", 'a/b', '@a'])
    assert.equal(isMentionable(name), false, name)
})
