/** An emoji by its names. */
export interface NamedEmoji {
  readonly emoji: string
  /** Its name in the person's language. */
  readonly label: string
  /** What chats call it: `rocket`, `+1`; in English whatever the language is. */
  readonly shortcodes: readonly string[]
  /** Words that have to do with it. */
  readonly tags: readonly string[]
}

/** No emoji is found by it. */
const unfound = 7

/**
 * The emoji that a word may mean, over all categories, the best first: called so, then whose name begins so, has a word
 * that begins so, has it inside; then the same by the words that have to do with it. Of equals the one used last is first.
 */
export function rankEmoji<E extends NamedEmoji>(
  query: string,
  all: readonly E[],
  recent: readonly string[] = [],
): E[] {
  const wanted = plain(query)
  if (wanted === '') return []
  const usedAt = (emoji: string) => {
    const at = recent.indexOf(emoji)
    return at < 0 ? recent.length : at
  }
  return all
    .map((one) => ({ one, rank: rankOf(one, wanted) }))
    .filter(({ rank }) => rank < unfound)
    .sort((a, b) => a.rank - b.rank || usedAt(a.one.emoji) - usedAt(b.one.emoji))
    .map(({ one }) => one)
}

function rankOf({ label, shortcodes, tags }: NamedEmoji, wanted: string): number {
  const names = [label, ...shortcodes].map(plain)
  if (names.includes(wanted)) return 0
  if (names.some((name) => name.startsWith(wanted))) return 1
  if (names.some((name) => name.split(' ').some((word) => word.startsWith(wanted)))) return 2
  if (names.some((name) => name.includes(wanted))) return 3
  const words = tags.map(plain)
  if (words.includes(wanted)) return 4
  if (words.some((word) => word.startsWith(wanted))) return 5
  return words.some((word) => word.includes(wanted)) ? 6 : unfound
}

/** Without case, accents, and what joins words. */
function plain(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/ß/g, 'ss')
    .toLowerCase()
    .replace(/[\s_:,’'-]+(?=.)/gu, ' ')
    .trim()
}
