/** How a search is found in a text. */
export interface Match {
  /** 0 at the beginning, 1 at the beginning of a word, 2 inside of one, 3 scattered. */
  readonly rank: 0 | 1 | 2 | 3
  /** Which characters of the text were meant, by their code points. */
  readonly marks: ReadonlySet<number>
}

const everything: Match = { rank: 0, marks: new Set() }

/**
 * Finds a search in a text, in any case and without regard to accents: in one piece, or else its letters one after the
 * other, where each piece of them begins a word (`rr` finds `release-room`). An empty search is found everywhere.
 */
export function fuzzyMatch(search: string, text: string): Match | undefined {
  const wanted = [...search.trim()].map(fold)
  if (wanted.length === 0) return everything
  const letters = [...text].map(fold)
  return inOnePiece(wanted, letters) ?? scattered(wanted, letters)
}

function inOnePiece(wanted: readonly string[], letters: readonly string[]): Match | undefined {
  let inside: Match | undefined
  for (let at = 0; at + wanted.length <= letters.length; at += 1) {
    if (!wanted.every((letter, i) => letters[at + i] === letter)) continue
    const marks = new Set(wanted.map((_, i) => at + i))
    if (beginsWord(letters, at)) return { rank: at === 0 ? 0 : 1, marks }
    inside ??= { rank: 2, marks }
  }
  return inside
}

function scattered(wanted: readonly string[], letters: readonly string[]): Match | undefined {
  const marks = new Set<number>()
  let at = -1
  for (const letter of wanted.filter((letter) => !isBetween(letter))) {
    const next = at + 1
    if (at < 0 || letters[next] !== letter) {
      at = letters.findIndex((other, i) => i >= next && other === letter && beginsWord(letters, i))
    } else at = next
    if (at < 0) return undefined
    marks.add(at)
  }
  return marks.size === 0 ? undefined : { rank: 3, marks }
}

function beginsWord(letters: readonly string[], at: number): boolean {
  const { [at - 1]: before } = letters
  return before === undefined || isBetween(before)
}

function isBetween(letter: string): boolean {
  return /^[\s\p{P}]$/u.test(letter)
}

/** A letter in lower case without its accents. */
function fold(letter: string): string {
  return letter.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
}
