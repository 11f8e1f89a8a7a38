import { nameKey } from '@parlance/client/names'
import { type Candidate, isUnspaced } from '@parlance/client/text'

/**
 * The name at each of these candidates, where the names of those who are mentioned are not known: together no more names
 * than there are people; undefined where that cannot be.
 */
export function guessNames(candidates: readonly Candidate[], people: number): readonly string[] | undefined {
  let likely = candidates.map(({ names }) => likelyNames(names))
  while (new Set(likely.map(guessOf)).size > people) {
    const shared = longestShared(likely)
    if (shared === undefined) return undefined
    likely = likely.map((names) => from(names, (name) => nameKey(name) === shared))
  }
  return likely.map(([name = '']) => name)
}

/**
 * The names that are meant most likely, the longest first. In `bob你好` that is `bob`: a name in letters that words of
 * another script follow without a space ends before these. No part of `ann.lee` is as likely as all of it.
 */
function likelyNames(names: readonly string[]): readonly string[] {
  const [letters = ''] = names
  const end = spacedEnd(letters)
  return from(names, ({ length }) => length <= end).filter(
    ({ length }, at) => at === 0 || !isPoint(letters.charAt(length)),
  )
}

/** Where a script with spaces first turns into one without; else the end. */
function spacedEnd(letters: string): number {
  let at = 0
  let isSpaced = false
  for (const character of letters) {
    const isNext = isUnspaced(character)
    if (isSpaced && isNext) return at
    isSpaced = !isNext && !isPoint(character)
    at += character.length
  }
  return at
}

/** The longest name that different guesses may be alike; one letter alone is none. */
function longestShared(likely: readonly (readonly string[])[]): string | undefined {
  const guesses = new Map<string, Set<string>>()
  for (const names of likely)
    for (const key of names.map(nameKey)) {
      if ([...key].length === 1) continue
      guesses.set(key, (guesses.get(key) ?? new Set()).add(guessOf(names)))
    }
  return [...guesses.keys()]
    .filter((key) => (guesses.get(key)?.size ?? 0) > 1)
    .sort((a, b) => b.length - a.length)[0]
}

function guessOf([name = '']: readonly string[]): string {
  return nameKey(name)
}

/** From the first of these names that does; all, where none does. */
function from(names: readonly string[], does: (name: string) => boolean): readonly string[] {
  return names.slice(Math.max(0, names.findIndex(does)))
}

function isPoint(character: string): boolean {
  return character !== '' && '._-'.includes(character)
}
