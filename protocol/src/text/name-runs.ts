import { protocolLimits } from '../limits.ts'
import { characterAt, characterBefore, isUnspaced } from './characters.ts'

const run = new RegExp(`[\\p{L}\\p{N}][\\p{L}\\p{M}\\p{N}._-]{0,${2 * protocolLimits.nameLength - 1}}`, 'uy')
const inWord = /[\p{L}\p{M}\p{N}]/u

/**
 * The names that an `@` may mention, the longest first; undefined where it mentions nobody: inside of a word, in a path, a
 * package (`@a/pkg`) or the name of an account elsewhere (`@a@b.example`). `from` is where what is before it ends, `last`
 * where the mention before it ended.
 */
export function mentionAt(
  text: string,
  at: number,
  from: number,
  last: number,
): [string, ...string[]] | undefined {
  const before = characterBefore(text, from)
  if (isPartOfWord(before)) return undefined
  // `_@ann_` is emphasis, `under_@ann` is a word.
  if (before === '_' && /[\p{L}\p{N}_]/u.test(characterBefore(text, from - 1))) return undefined
  if (before === '/' && last !== from - 1) return undefined
  run.lastIndex = at + 1
  const letters = run.exec(text)?.[0].replace(/[._-]+$/, '') ?? ''
  elsewhere.lastIndex = at + 1 + letters.length
  const [longest, ...others] = namesIn(letters)
  return longest === undefined || elsewhere.test(text) ? undefined : [longest, ...others]
}

/** Behind a name: it is one of a package, or of an account elsewhere. */
const elsewhere = /\/[\p{L}\p{N}_.-]|@[\p{L}\p{N}-]{1,63}\.[\p{L}\p{N}]/uy

/**
 * The names that a run of letters may begin with, the longest first: all of it, and what ends before a `.`, `-` or `_`, or
 * beside a letter of a script without spaces. `ann.lee` may be `ann.lee` or `ann`; `bob你好` three.
 */
function namesIn(letters: string): string[] {
  const names: string[] = []
  for (let end = letters.length; end > 0; end -= characterBefore(letters, end).length) {
    const last = characterBefore(letters, end)
    const next = characterAt(letters, end)
    if (inWord.test(last) && endsBetween(last, next)) names.push(letters.slice(0, end))
  }
  return names
}

function isPartOfWord(character: string): boolean {
  return inWord.test(character) && !isUnspaced(character)
}

/** Whether a name may end between two characters. */
function endsBetween(last: string, next: string): boolean {
  if (next === '' || !inWord.test(next)) return true
  return !/\p{M}/u.test(next) && (isUnspaced(last) || isUnspaced(next))
}

const whole = /^[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}._-]*[\p{L}\p{M}\p{N}])?$/u

/** Whether `@` and this name mention it, all of it. */
export function isMentionable(name: string): boolean {
  return name.length <= 2 * protocolLimits.nameLength && whole.test(name)
}
