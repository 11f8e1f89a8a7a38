import type { Inline } from './nodes.ts'

/** A mention as the server reads it: `@` at the begin of a word, then a name. */
const mention = /(?<![\p{L}\p{M}\p{N}._-])@([\p{L}\p{N}](?:[\p{L}\p{M}\p{N}._-]{0,62}[\p{L}\p{M}\p{N}])?)/gu

/** A text, with each `@name` in it on its own. */
export function withMentions(text: string): Inline[] {
  const found: Inline[] = []
  let end = 0
  for (const match of text.matchAll(mention)) {
    if (match.index > end) found.push({ kind: 'text', text: text.slice(end, match.index) })
    found.push({ kind: 'mention', name: match[1] ?? '' })
    end = match.index + match[0].length
  }
  if (end < text.length) found.push({ kind: 'text', text: text.slice(end) })
  return found
}

/** The form in which names are compared. */
export function sameName(a: string, b: string): boolean {
  return a.normalize('NFC').toLowerCase() === b.normalize('NFC').toLowerCase()
}

/** Whether a mention of this name can be written. */
export function isMentionable(name: string): boolean {
  const [only, ...rest] = withMentions(`@${name}`)
  return rest.length === 0 && only?.kind === 'mention' && only.name === name
}
