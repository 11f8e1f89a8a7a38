import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bestFirst, findIn, nameParts, partKey } from '@parlance/protocol/name-parts'
import { searchKey } from '@parlance/protocol/search-key'
import fc from 'fast-check'

/** The rank, and the text with what was meant in brackets. */
function found(search: string, text: string): string | undefined {
  const match = findIn(search, text)
  if (match === undefined) return undefined
  const letters = [...text]
  const { rank, from, to } = match
  return `${rank} ${letters.slice(0, from).join('')}[${letters.slice(from, to).join('')}]${letters.slice(to).join('')}`
}

test('[AC30] a name is found as it is remembered', () => {
  for (const [search, name] of [
    ['müller', 'lukas.müller'],
    ['muller', 'lukas.müller'],
    ['alerts', 'ops-alerts'],
    ['zoe', 'Zoë'],
    ['grusse', 'Grüße'],
    ['GRÜSSE', 'Grüße'],
    ['grüẞe', 'GRÜSSE'],
    ['strasse', 'Straße'],
    ['straße', 'STRASSE'],
    ['istanbul', 'İstanbul'],
    ['ISTANBUL', 'ıstanbul'],
    ['tea', 'ｔｅａ'],
    ['ｔｅａ', 'green tea'],
    ['елка', 'Ёлка'],
    ['ИОД', 'йод'],
    ['грунт', 'ґрунт'],
    ['dang nguyen', 'Đặng Nguyễn'],
    ['οδος', 'ΟΔΌΣ'],
    ['ΟΔΟΣ', 'οδός'],
    ['ρωμη', 'Ῥώμη'],
    ['lukasz', 'Łukasz'],
    ['soren', 'Søren'],
    ['aerø', 'Ærø'],
    ['thor', 'Þór'],
    ['fish', 'ﬁsh'],
    ['system', 'ſystem'],
    ["o'brien", 'O’Brien'],
    ['x-ray', 'x–ray'],
    ['京', '東京支社'],
    ['支社', '東京支社'],
    ['かな', 'カナ'],
    ['ｶﾞﾗｽ', 'ガラス'],
    ['한국', '대한민국 한국어'],
    ['하', '한국'],
    ['على', 'علي'],
    ['كتب', 'كِتَـب'],
    ['שלום', 'שָׁלוֹם'],
    ['ann', 'an\u200bn'],
    ['family', '👨‍👩‍👧 Family'],
    ['♥', '♥️ hearts'],
    ['  tea  time', 'tea  time'],
  ] as const)
    assert.notEqual(findIn(search, name), undefined, `${search} in ${name}`)
})

test('[AC19] the whole name is better than its beginning, than a word’s beginning, than the inside', () => {
  assert.equal(found('ops', 'ops'), '0 [ops]')
  assert.equal(found('OPS', 'ops-alerts'), '1 [ops]-alerts')
  assert.equal(found('alerts', 'ops-alerts'), '2 ops-[alerts]')
  assert.equal(found('lerts', 'ops-alerts'), '3 ops-a[lerts]')
  assert.equal(found('ea', 'sea ear'), '2 sea [ea]r')
  for (const name of ['a.b', 'a_b', 'a b', 'a(b', 'a☕b', 'aB', '1b', 'a…b', 'a\u0301.b'])
    assert.ok((findIn('b', name)?.rank ?? 9) <= 2, name)
  for (const name of ['ab', 'AB', 'a\u0301b', 'a\u200bb', 'жb'])
    assert.equal(findIn('b', name)?.rank, 3, name)
  assert.equal(findIn('2', 'room2go')?.rank, 2)
  assert.equal(findIn('京', '東京')?.rank, 2)
  assert.equal(found('zoe', 'Zoë'), '0 [Zoë]')
})

test('[AC30] what is marked is what was meant, though the key is longer or shorter than the name', () => {
  assert.equal(found('strass', 'Hauptstraße 1'), '3 Haupt[straß]e 1')
  assert.equal(found('se', 'Straße'), '3 Stra[ße]')
  assert.equal(found('e', 'Straße'), '3 Straß[e]')
  assert.equal(found('zoe', 'Zoe\u0308 x'), '1 [Zoe\u0308] x')
  assert.equal(found('o', 'Zo\u0308\u0301e'), '3 Z[o\u0308\u0301]e')
  assert.equal(found('tea', '🫖 tea'), '2 🫖 [tea]')
  assert.equal(found('국', '한국'), '3 한[국]')
  assert.equal(found('fi', 'ﬁsh'), '1 [ﬁ]sh')
})

test('[AC30] a search in which nothing can be searched finds nothing', () => {
  for (const nothing of ['', ' ', '\u3000', '\u0308', '\u200b\u034f', '\u3164', '\ufe0f']) {
    assert.equal(searchKey(nothing), '')
    assert.equal(findIn(nothing, 'a name'), undefined)
    assert.deepEqual(bestFirst(nothing, ['a name'], String), [])
  }
})

test('[AC30] the key of a character is that of its cases and normal forms, and is its own', () => {
  // Capital letters write the subscript iota as a letter; without marks it is none. Here marks are not minded.
  const iota = /\u0345/
  for (let code = 1; code < 0x1_10000; code += code < 0x3_0000 ? 1 : 101) {
    if (code >= 0xd800 && code <= 0xdfff) continue
    const character = String.fromCodePoint(code)
    if (iota.test(character.normalize('NFD'))) continue
    const key = searchKey(character)
    const forms = {
      upper: character.toUpperCase(),
      lower: character.toLowerCase(),
      nfd: character.normalize('NFD'),
      nfkc: character.normalize('NFKC'),
      key,
    }
    for (const [form, text] of Object.entries(forms))
      if (searchKey(text) !== key) assert.equal(searchKey(text), key, `${form} of U+${code.toString(16)}`)
  }
})

/** Names of the kinds of letters that people have. */
const letter = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...'abcXYZ019 .-_&(') },
  { weight: 3, arbitrary: fc.constantFrom(...'äößéñçøłđİıſﬁйёґΌςộẞ’한국京都カﾅगी') },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }) },
)
const name = fc.string({ unit: letter, minLength: 1, maxLength: 20 })
const spelling = fc.constantFrom<((text: string) => string)[]>(
  (text) => text,
  (text) => text.toUpperCase(),
  (text) => text.toLowerCase(),
  (text) => text.normalize('NFC'),
  (text) => text.normalize('NFD'),
  (text) => text.normalize('NFKC'),
  (text) => text.normalize('NFD').replace(/\p{M}/gu, ''),
)

test('[AC30] every part of a name finds it, in any case and form, with its marks or without', () => {
  const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })
  fc.assert(
    fc.property(name, fc.nat(), fc.nat(), spelling, (text, a, b, spell) => {
      fc.pre(!text.normalize('NFD').includes('\u0345'))
      const pieces = Array.from(graphemes.segment(text), ({ segment }) => segment)
      const from = a % pieces.length
      const search = spell(pieces.slice(from, from + 1 + (b % (pieces.length - from))).join(''))
      fc.pre(searchKey(search) !== '')
      assert.notEqual(findIn(search, text), undefined, JSON.stringify([search, text]))
    }),
    { numRuns: 3_000 },
  )
})

test('[AC32] the parts of a name find it just where looking through it does', () => {
  fc.assert(
    fc.property(name, name, (text, search) => {
      const wanted = [...search].slice(0, 2).join('')
      const key = partKey(wanted)
      const ranks = nameParts(text).flatMap(({ part, rank }) => (part.startsWith(key) ? [rank] : []))
      const rank = key === '' || ranks.length === 0 ? undefined : Math.min(...ranks)
      const found = findIn(wanted, text)
      assert.equal(found && Math.max(found.rank, 1), rank)
    }),
    { numRuns: 1_000 },
  )
})

test('[AC30] the longest name has few and short parts', () => {
  for (const letter of ['a', 'ß', '\ufdfa', '한', 'ab']) {
    const parts = nameParts(letter.repeat(64))
    assert.ok(parts.length <= 192, `${parts.length}`)
    assert.ok(parts.every(({ part }) => [...part].length <= 64))
    assert.equal(new Set(parts.map(({ part }) => part)).size, parts.length)
    assert.notEqual(findIn(letter.repeat(64), letter.repeat(64)), undefined)
  }
})
