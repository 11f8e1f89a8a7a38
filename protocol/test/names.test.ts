import assert from 'node:assert/strict'
import { test } from 'node:test'
import { displayName } from '@parlance/protocol/display-name'
import {
  emailKey,
  hasForbidden,
  hasVisible,
  isReservedName,
  looksLikeGuest,
  nameKey,
  normalizeEmail,
  normalizeName,
  passwordForm,
  withoutForbidden,
} from '@parlance/protocol/names'
import fc from 'fast-check'

test('[AC21] a name is kept in NFC, without spaces around it, and otherwise as it was written', () => {
  assert.equal(normalizeName(' \u3000sam\u00a0'), 'sam')
  assert.equal(normalizeName('ju\u0308RGEN'), 'jüRGEN')
  assert.equal(normalizeName('ＡＮＮ'), 'ＡＮＮ')
})

test('[AC21] spellings of one name have one key', () => {
  const same: readonly (readonly string[])[] = [
    ['jürgen', 'ju\u0308rgen', 'JÜRGEN', 'JU\u0308RGEN'],
    ['strauß', 'STRAUSS', 'STRAUẞ', 'strauſs'],
    ['ὀδυσσεύς', 'ὀδυσσεύσ', 'ὈΔΥΣΣΕΎΣ'],
    ['İbrahim', 'i\u0307brahim', 'I\u0307BRAHIM'],
    ['ＡＮＮ', 'ann', 'Ann', ' ann ', 'ａｎｎ'],
    [
      'ann',
      'ann\u034f',
      'a\u200bnn',
      'a\u00adnn',
      '\u2060ann',
      'ann\ufe0f',
      'an\u{e0061}n',
      'ann\u2800',
      'ann\u3164',
    ],
    ['ﬁnn', 'finn'],
    ['한글', '\u1112\u1161\u11ab\u1100\u1173\u11af'],
    ['ᾴ', 'α\u0345\u0301', 'α\u0345\u034f\u0301', 'ΆΙ'],
    ['ann lee', 'ann  lee', 'ann\u00a0lee', 'Ann\u3000Lee'],
    ['Ꮳ', 'ꮳ'],
    ['Å', 'Å', 'a\u030a'],
  ]
  for (const [first = '', ...others] of same) {
    for (const other of others) assert.equal(nameKey(other), nameKey(first), `${other} is ${first}`)
  }
})

test('[AC21] a name of ASCII alone has the key that it has among others', () => {
  // With a character that is left out it goes the long way.
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme-ascii' }), (text) =>
      assert.equal(nameKey(text), nameKey(`${text}\u034f`)),
    ),
  )
})

test('[AC21] names that are not the same have keys of their own', () => {
  const names = ['ibrahim', 'İbrahim', 'ıbrahim', 'zoe', 'Zoë', 'ann', 'anne', 'ann.lee', 'annlee', 'ann lee']
  assert.equal(new Set(names.map(nameKey)).size, names.length)
})

test('[AC21] a key is its own, and any form and case of a text has it', () => {
  const text = fc.string({
    unit: fc.oneof(fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }), tricky),
  })
  fc.assert(
    fc.property(text, (text) => {
      const key = nameKey(text)
      assert.equal(nameKey(key), key)
      for (const form of ['NFC', 'NFD', 'NFKC', 'NFKD'] as const) {
        assert.equal(nameKey(text.normalize(form)), key)
      }
      assert.equal(nameKey(text.toLowerCase()), key)
      // A dotless i has no upper case of its own; an iota below becomes a letter, and marks after it go with that.
      if (!/ı|\u0345/.test(text.normalize('NFD'))) assert.equal(nameKey(text.toUpperCase()), key)
      assert.equal(nameKey(` ${text}\u200b `), key)
    }),
  )
})

const tricky = fc.constantFrom(
  ...[
    'ß',
    'ẞ',
    'ς',
    'Σ',
    'İ',
    'i',
    '\u0307',
    'ſ',
    'ŉ',
    'ǰ',
    '\u0345',
    '\u0301',
    '\u034f',
    'ᾳ',
    'ﬃ',
    'Ａ',
    'ﾞ',
  ],
  ...['\u3164', '\u115f', '\uffa0', '\u200d', '\u00ad', '\u180e', '\u2800', '\u00a0', '\u{1d159}', '\u17b4'],
)

test('[AC22] words by which the server speaks are reserved in every spelling', () => {
  for (const name of [
    'system',
    'ſystem',
    'gueſt',
    'sYstem',
    'ＳＥＲＶＥＲ',
    'gu\u034fest',
    ' Deleted  User ',
    'sys\u200btem',
  ]) {
    assert.equal(isReservedName(name), true, name)
  }
  for (const name of ['systems', 'guests', 'ann']) assert.equal(isReservedName(name), false, name)
})

test('[AC22] what shows nothing is seen to show nothing', () => {
  const nothing = [
    ...[
      '',
      ' ',
      '\u3164',
      '\u115f',
      '\u1160',
      '\uffa0',
      '\u200b',
      '\u2800',
      '\u00ad',
      '\u180e',
      '\u034f',
      '\u2060',
    ],
    ...[
      '\u0301',
      '\u0301\u0302',
      '\ufe0f',
      '\u{e0041}',
      '\u{1d159}',
      '\ufeff',
      '\u17b4',
      '\u2800 \u3164',
      '\ufff9',
    ],
  ]
  for (const text of nothing) assert.equal(hasVisible(text), false, JSON.stringify(text))
  for (const text of ['a', '.', '👍', '👩‍👩‍👧', '한', '\u3164a', '´', '7'])
    assert.equal(hasVisible(text), true, text)
})

test('[AC22] what ends a line, turns the text or is no character is in no name', () => {
  const never = [
    ...['\u0000', '\u0007', '\n', '\u007f', '\u0085', '\u2028', '\u2029'],
    ...['\u202a', '\u202e', '\u2066', '\u2069', '\ufff9', '\ufffb', '\ufffc'],
    ...['\ufdd0', '\uffff', '\u{10ffff}', '\ue000', '\u{f0000}', '\u{378}', '\ud800'],
  ]
  for (const one of never) {
    assert.equal(hasForbidden(`a${one}b`), true, JSON.stringify(one))
    assert.equal(withoutForbidden(`a${one}b`), 'ab')
  }
  // The last is reserved by Unicode for an emoji to come.
  for (const name of [
    'Zoë',
    '葛\u{e0100}',
    'می\u200cخواهم',
    '👩‍👩‍👧',
    '🏴󠁧󠁢󠁥󠁮󠁧󠁿',
    'a b',
    'عمر\u200f',
    '\u{1f1ad}',
  ]) {
    assert.equal(hasForbidden(name), false, name)
    assert.equal(withoutForbidden(name), name)
  }
})

test('[AC20] e-mail addresses keep their spelling and are compared without case', () => {
  assert.equal(normalizeEmail(' Ann.X@EXAMPLE.Com '), 'Ann.X@example.com')
  assert.equal(normalizeEmail('Hammad'), 'Hammad')
  const keys = ['Ann.x@Example.com', 'ann.x@example.com', 'ann.x@EXAMPLE.COM'].map(emailKey)
  assert.equal(new Set(keys).size, 1)
  assert.equal(emailKey('vic@example.com'), nameKey('VIC@example.com'))
})

test('[AC21] a password is hashed in NFC, with every space as the plain one, and otherwise as it is', () => {
  assert.equal(passwordForm('pa\u0308sswo\u0308rd'), 'pässwörd')
  assert.equal(passwordForm('correct\u00a0horse\u3000battery'), 'correct horse battery')
  assert.equal(passwordForm(' Ａa\u200d '), ' Ａa\u200d ')
})

test('[AC23] a guest stands as a guest, and no account may be called as one stands', () => {
  assert.equal(displayName({ name: 'ann', kind: 'guest' }), 'ann (guest)')
  assert.equal(displayName({ name: 'ann', kind: 'guest' }, 'Gast'), 'ann (Gast)')
  assert.equal(displayName({ name: 'ann', kind: 'user' }), 'ann')
  for (const name of ['ann (guest)', 'ann (GUEST)', 'ann (Gast) ', 'ann（guest）'])
    assert.equal(looksLikeGuest(name), true)
  assert.equal(looksLikeGuest('ann (guests)'), false)
})
