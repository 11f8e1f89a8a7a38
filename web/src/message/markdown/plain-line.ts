import { type Block, plainText } from '@parlance/client/text'
import { markdownOf, useMarkdown } from './markdown.ts'

/** Enough for a line on any screen. */
const maxLength = 200
/** Of a text, so much is looked at. */
const maxRead = 4 * maxLength

/** What a message says in one line, without its marks: for quotes and lists. */
export function usePlainLine(text: string): string {
  return lineOf(useMarkdown(text.slice(0, maxRead)))
}

/** The same for what is no part of the page: notifications. */
export async function plainLine(text: string): Promise<string> {
  return lineOf(await markdownOf(text.slice(0, maxRead)))
}

/** Blocks in one line. */
export function lineOf(blocks: readonly Block[]): string {
  const words = plainText(blocks.map(withoutLanguage)).replace(/\s+/g, ' ').trim()
  return words.length <= maxLength ? words : `${words.slice(0, maxLength).replace(/[\ud800-\udbff]$/, '')}…`
}

function withoutLanguage(block: Block): Block {
  return block.kind === 'code' ? { ...block, info: '' } : block
}
