/** What has no sign of its own in a search: accents and other marks, what is invisible, the Arabic stretching stroke. */
const unsigned = /[\p{M}\p{Default_Ignorable_Code_Point}\u0640\u2800]/gu

/** ASCII without what has a stand-in: most names, and quick. */
const plain = /^[ -_a-~]*$/

/** Letters that Unicode does not take apart, and signs that keyboards write in several ways. In upper case. */
const standIns: Readonly<Record<string, string>> = {
  Ⱥ: 'A',
  Æ: 'AE',
  Ƀ: 'B',
  Ȼ: 'C',
  Đ: 'D',
  Ð: 'D',
  Ɖ: 'D',
  Ɇ: 'E',
  Ǥ: 'G',
  Ħ: 'H',
  Ɨ: 'I',
  Ɉ: 'J',
  Ł: 'L',
  Ŋ: 'N',
  Ø: 'O',
  Œ: 'OE',
  Ɍ: 'R',
  Ŧ: 'T',
  Ⱦ: 'T',
  Þ: 'TH',
  Ʉ: 'U',
  Ɏ: 'Y',
  Ƶ: 'Z',
  Ґ: 'Г',
  ى: 'ي',
  ی: 'ي',
  ک: 'ك',
  ة: 'ه',
  '‘': "'",
  '’': "'",
  ʼ: "'",
  '`': "'",
}

/**
 * How good a match is that begins at a character: 1 at the beginning of the name, 2 at the beginning of a word in it, 3
 * inside.
 */
export type PartRank = 1 | 2 | 3

/** One character of a search key. */
export interface KeyLetter {
  readonly letter: string
  /** Which code point of the text it is made of, counted from 0. */
  readonly from: number
  /** How good a match is that begins here; undefined where none does: within a Korean syllable. */
  readonly rank: PartRank | undefined
}

/**
 * The form in which names are searched (SPEC AC30), which is looser than the one that tells them apart: without case,
 * accents and what is invisible, wide as narrow, `ß` as `SS`, `ø` as `O`, `й` as `И`, katakana as hiragana. Spaces
 * around it are gone. Empty where nothing is left that could be searched.
 */
export function searchKey(text: string): string {
  if (plain.test(text)) return text.toUpperCase().trim()
  return Array.from(text, fold).join('').trim()
}

/** The characters of a text's search key. Its spaces stay. */
export function keyLetters(text: string): readonly KeyLetter[] {
  const letters: KeyLetter[] = []
  let before: Sort | undefined
  for (const [from, codePoint] of [...text].entries()) {
    const folded = fold(codePoint)
    if (folded === '') continue
    const sort = sortOf(codePoint)
    let rank: PartRank | undefined = before === undefined ? 1 : beginsWord(before, sort) ? 2 : 3
    for (const letter of folded) {
      letters.push({ letter, from, rank: rank ?? (isWithinSyllable(letter) ? undefined : 3) })
      rank = undefined
    }
    before = sort
  }
  return letters
}

/** One code point in the form of the key: none, one or several characters. */
function fold(codePoint: string): string {
  if (plain.test(codePoint)) return codePoint.toUpperCase()
  const bare = codePoint.normalize('NFKD').replace(unsigned, '').toLowerCase().toUpperCase()
  return Array.from(bare.normalize('NFKD').replace(unsigned, ''), standIn).join('')
}

function standIn(letter: string): string {
  if (/^\s$/.test(letter)) return ' '
  if (/^\p{Pd}$/u.test(letter)) return '-'
  // Katakana lies 0x60 behind hiragana.
  if (letter >= 'ァ' && letter <= 'ヶ') return String.fromCodePoint((letter.codePointAt(0) ?? 0) - 0x60)
  return standIns[letter] ?? letter
}

type Sort = 'sign' | 'digit' | 'lower' | 'upper' | 'han' | 'letter'

function sortOf(codePoint: string): Sort {
  if (codePoint >= 'a' && codePoint <= 'z') return 'lower'
  if (codePoint >= 'A' && codePoint <= 'Z') return 'upper'
  if (/^[^\p{L}\p{N}]$/u.test(codePoint)) return 'sign'
  if (/^\p{N}$/u.test(codePoint)) return 'digit'
  if (/^\p{Script=Han}$/u.test(codePoint)) return 'han'
  if (/^\p{Ll}$/u.test(codePoint)) return 'lower'
  return /^\p{Lu}$/u.test(codePoint) ? 'upper' : 'letter'
}

/** After what is no letter and no digit, `camelCase`, between letters and digits, and with each Chinese character. */
function beginsWord(before: Sort, sort: Sort): boolean {
  if (sort === 'sign') return false
  if (before === 'sign' || sort === 'han') return true
  return (before === 'lower' && sort === 'upper') || (before === 'digit') !== (sort === 'digit')
}

/** A vowel or an ending of a Korean syllable: nobody begins to type there. */
function isWithinSyllable(letter: string): boolean {
  return letter >= '\u1160' && letter <= '\u11ff'
}
