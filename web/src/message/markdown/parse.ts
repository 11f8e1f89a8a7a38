import { type Block, parseText } from '@parlance/client/text'

/** So many texts keep what they mean: what scrolls by comes back. */
const maxKept = 400
const kept = new Map<string, readonly Block[]>()

/** What a text means. The same text gives the same blocks as long as they are kept. */
export function parse(text: string): readonly Block[] {
  const found = kept.get(text) ?? parseText(text)
  // The one used last goes last.
  kept.delete(text)
  kept.set(text, found)
  if (kept.size > maxKept) {
    const [oldest] = kept.keys()
    if (oldest !== undefined) kept.delete(oldest)
  }
  return found
}
