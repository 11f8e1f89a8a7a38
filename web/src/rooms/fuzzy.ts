import { findIn, keyLetters, searchKey } from '@parlance/client/search'

/** How a search is found in a text. */
export interface Match {
  /** 0: it is the whole text; 1 at the beginning, 2 at the beginning of a word, 3 inside of one, 4 scattered. */
  readonly rank: 0 | 1 | 2 | 3 | 4
  /** Which characters of the text were meant, by their code points. */
  readonly marks: ReadonlySet<number>
}

const everything: Match = { rank: 1, marks: new Set() }

/**
 * Finds a search in a text as the server does (SPEC AC19), or else its letters one after the other, where each piece of
 * them begins a word (`rr` finds `release-room`). A search without a key is found everywhere.
 */
export function fuzzyMatch(search: string, text: string): Match | undefined {
  const wanted = searchKey(search)
  if (wanted === '') return everything
  const found = findIn(search, text)
  if (found === undefined) return scattered(wanted, text)
  const { rank, from, to } = found
  return { rank, marks: new Set(Array.from({ length: to - from }, (_, i) => from + i)) }
}

function scattered(wanted: string, text: string): Match | undefined {
  const letters = keyLetters(text)
  const marks = new Set<number>()
  let at = -1
  for (const letter of wanted) {
    if (isBetween(letter)) continue
    const next = at + 1
    if (at < 0 || letters[next]?.letter !== letter) {
      at = letters.findIndex((other, i) => i >= next && other.letter === letter && isBegin(other.rank))
    } else at = next
    const { [at]: found } = letters
    if (found === undefined) return undefined
    marks.add(found.from)
  }
  return marks.size === 0 ? undefined : { rank: 4, marks }
}

function isBegin(rank: number | undefined): boolean {
  return rank === 1 || rank === 2
}

function isBetween(letter: string): boolean {
  return /^[^\p{L}\p{N}]$/u.test(letter)
}
