import { type CharacterClass, characterAt, characterBefore, classOf } from './characters.ts'

/** What stands beside a run of marks. */
export interface Flanks {
  readonly canOpen: boolean
  readonly canClose: boolean
  /** Between two letters: then what it wraps has no spaces. */
  readonly isInWord: boolean
}

/**
 * Whether a run of marks can begin or end emphasis, by what stands on both sides of it. Stricter than CommonMark where
 * people type these characters for themselves: in names, paths, patterns, products and faces (docs/MARKDOWN.md). `from`
 * is where what is before it ends: before the backslash, where there is one.
 */
export function flanksOf(text: string, from: number, start: number, end: number): Flanks {
  const isUnderscore = text.charAt(start) === '_'
  const before = classOf(characterBefore(text, from))
  const next = characterAt(text, end)
  const after = classOf(next)
  if (before === 'mark' && after === 'mark') return { canOpen: false, canClose: false, isInWord: false }
  if (end - start === 2 && isSpacedLetter(characterBefore(text, from)) && isSpacedLetter(next))
    return { canOpen: true, canClose: true, isInWord: true }
  const beyond = classOf(characterAt(text, end + next.length))
  return {
    canOpen: begins(after, next) && mayPrecede(before, after, characterBefore(text, from), isUnderscore),
    canClose: ends(before) && mayFollow(after, before, beyond, isUnderscore),
    isInWord: false,
  }
}

/** Whether it is a letter, and no digit: `2**3**4` is a power. */
function isSpacedLetter(character: string): boolean {
  return /\p{L}/u.test(character) && classOf(character) === 'word'
}

/** Whether a text in marks can begin so. */
function begins(first: CharacterClass, character: string): boolean {
  return !['edge', 'space', 'closing', 'accent'].includes(first) && character !== ',' && character !== ';'
}

function ends(last: CharacterClass): boolean {
  return !['edge', 'space', 'opening', 'accent'].includes(last)
}

/** Whether marks can open behind this. */
function mayPrecede(
  before: CharacterClass,
  inner: CharacterClass,
  character: string,
  isUnderscore: boolean,
): boolean {
  switch (before) {
    case 'stop':
      return character === ':' && isLetter(inner)
    case 'closing':
      return false
    default:
      return mayStandBeside(before, inner, isUnderscore)
  }
}

/** Whether marks can close before this; `beyond` is what comes behind it. */
function mayFollow(
  after: CharacterClass,
  inner: CharacterClass,
  beyond: CharacterClass,
  isUnderscore: boolean,
): boolean {
  switch (after) {
    case 'stop':
      return !isLetter(beyond) && beyond !== 'slash'
    case 'opening':
    case 'closing':
    case 'point':
      return true
    default:
      return mayStandBeside(after, inner, isUnderscore)
  }
}

function mayStandBeside(outer: CharacterClass, inner: CharacterClass, isUnderscore: boolean): boolean {
  switch (outer) {
    case 'edge':
    case 'space':
    case 'opening':
    case 'closing':
    case 'quote':
    case 'mark':
    case 'symbol':
    case 'unspaced point':
      return true
    case 'unspaced letter':
      return !isUnderscore
    case 'word':
      return !isUnderscore && inner.startsWith('unspaced')
    case 'point':
    case 'other':
      return isLetter(inner) || inner === 'quote'
    case 'stop':
    case 'slash':
    case 'accent':
      return false
  }
}

function isLetter(one: CharacterClass): boolean {
  return one === 'word' || one === 'unspaced letter'
}
