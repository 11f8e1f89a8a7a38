import { keyLetters, type PartRank, searchKey } from './search-key.ts'

/** An end of a name, by the beginning of which the name is found. */
export interface NamePart {
  readonly part: string
  readonly rank: PartRank
}

/** How a search is found in a text. */
export interface Found {
  /** 0: it is the whole text. */
  readonly rank: 0 | PartRank
  /** Which code points of the text are meant: from this one on, and as far as the one at `to`, without it. */
  readonly from: number
  readonly to: number
}

/** Characters of a key's part that are compared: a name has no more, but where one code point becomes several. */
const partLength = 64
/** Characters of a key that are looked at: 64 Korean syllables are not longer. */
const keyLength = 192

/** Every end of a name by whose beginning it is found, each once: what an index holds. */
export function nameParts(name: string): readonly NamePart[] {
  const letters = keyLetters(name).slice(0, keyLength)
  const best = new Map<string, PartRank>()
  for (const [at, { rank }] of letters.entries()) {
    if (rank === undefined) continue
    const end = letters.slice(at, at + partLength)
    const part = end.map(({ letter }) => letter).join('')
    const known = best.get(part)
    if (known === undefined || rank < known) best.set(part, rank)
  }
  return Array.from(best, ([part, rank]) => ({ part, rank }))
}

/** The key of a search as parts of names are compared with it. Empty: it finds nothing. */
export function partKey(search: string): string {
  return [...searchKey(search)].slice(0, partLength).join('')
}

/** Finds a search in a text at its best place. A search without a key is found nowhere. */
export function findIn(search: string, text: string): Found | undefined {
  const key = partKey(search)
  if (key === '' || !searchKey(text).includes(key)) return undefined
  const wanted = [...key]
  const letters = keyLetters(text)
  let best: (Found & { readonly rank: PartRank }) | undefined
  for (const [at, { from, rank }] of letters.entries()) {
    if (rank === undefined || (best !== undefined && best.rank <= rank)) continue
    if (!wanted.every((letter, i) => letters[at + i]?.letter === letter)) continue
    const last = letters[at + wanted.length - 1]?.from ?? from
    // Marks that follow belong to it.
    const next = letters.slice(at + wanted.length).find((letter) => letter.from > last)
    best = { rank, from, to: next?.from ?? [...text].length }
  }
  if (best?.rank === 1 && searchKey(search) === searchKey(text)) return { ...best, rank: 0 }
  return best
}

/** What a search finds among these, the best first, then by what follows it in the name, as a server sorts them. */
export function bestFirst<T>(search: string, all: readonly T[], nameOf: (one: T) => string): readonly T[] {
  const key = partKey(search)
  if (key === '') return []
  const found = all.flatMap((one) => {
    const [best] = nameParts(nameOf(one))
      .filter(({ part }) => part.startsWith(key))
      .sort(compareParts)
    return best === undefined ? [] : [{ one, best }]
  })
  return found.sort((a, b) => compareParts(a.best, b.best)).map(({ one }) => one)
}

function compareParts(a: NamePart, b: NamePart): number {
  return a.rank - b.rank || (a.part < b.part ? -1 : a.part > b.part ? 1 : 0)
}
