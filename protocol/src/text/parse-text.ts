import { blocksOf } from './blocks.ts'
import type { Block } from './nodes.ts'
import { linesOf } from './source.ts'

/**
 * What a text means, by the rules of docs/MARKDOWN.md. What somebody typed is in it, all of it, or it is markup that they
 * meant. Never fails, takes time in proportion to the text, and nests no deeper than a dozen of each.
 */
export function parseText(text: string): readonly Block[] {
  return blocksOf(linesOf(text))
}
