import { nameKey } from '../names.ts'
import type { Block, Inline, MentionNode } from './nodes.ts'

/** Places of one text at which somebody may be mentioned; further ones are text. */
export const maxMentions = 50
/** Names that are looked up for one text: all that its mentions may begin with, counted at each. */
export const maxMentionNames = 400

/** An `@` that may mention somebody. */
export interface Candidate {
  /** Where it stands in the text, in UTF-16 units. */
  readonly at: number
  /** The names that it may mean, the longest first. */
  readonly names: readonly string[]
}

/** A mention in a text. */
export interface MentionSpan<Id> {
  /** From its `@` to the end of the name, in UTF-16 units. */
  readonly from: number
  readonly to: number
  /** As it was typed. */
  readonly name: string
  readonly user: Id
}

/** What blocks may mention, in the order of the text, as far as it counts (SPEC MK10). */
export function candidatesIn(blocks: readonly Block[]): readonly Candidate[] {
  const candidates: Candidate[] = []
  let left = maxMentionNames
  for (const { at, names } of blocks.flatMap(inBlock).slice(0, maxMentions)) {
    if (left <= 0) break
    candidates.push({ at, names: names.slice(0, left) })
    left -= names.length
  }
  return candidates
}

/** What candidates may mean, as keys of names (`nameKey`): to look up, all at once. */
export function mentionKeys(candidates: readonly Candidate[]): readonly string[] {
  return [...new Set(candidates.flatMap(({ names }) => names.map(nameKey)))]
}

/** The mentions among candidates: of each the longest name that is somebody's, by its key (SPEC MK9). */
export function resolveMentions<Id>(
  candidates: readonly Candidate[],
  byKey: (key: string) => Id | undefined,
): readonly MentionSpan<Id>[] {
  return candidates.flatMap(({ at, names }) => {
    for (const name of names) {
      const user = byKey(nameKey(name))
      if (user !== undefined) return [{ from: at, to: at + 1 + name.length, name, user }]
    }
    return []
  })
}

function inBlock(block: Block): MentionNode[] {
  switch (block.kind) {
    case 'paragraph':
    case 'heading':
      return inInlines(block.children)
    case 'quote':
      return block.blocks.flatMap(inBlock)
    case 'list':
      return block.items.flatMap(({ blocks }) => blocks.flatMap(inBlock))
    case 'table':
      return [block.header, ...block.rows].flat().flatMap(({ children }) => inInlines(children))
    case 'code':
      return []
  }
}

function inInlines(inlines: readonly Inline[]): MentionNode[] {
  return inlines.flatMap((inline) => {
    if (inline.kind === 'mention') return [inline]
    return 'children' in inline ? inInlines(inline.children) : []
  })
}
