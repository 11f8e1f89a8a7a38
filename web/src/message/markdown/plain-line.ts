import { markdownOf, useMarkdown } from './markdown.ts'
import type { Block, Inline } from './nodes.ts'

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
  const words = blocks.map(ofBlock).join(' ').replace(/\s+/g, ' ').trim()
  return words.length <= maxLength ? words : `${words.slice(0, maxLength).replace(/[\ud800-\udbff]$/, '')}…`
}

function ofBlock(block: Block): string {
  switch (block.kind) {
    case 'paragraph':
    case 'heading':
      return ofInlines(block.children)
    case 'code':
      return block.text
    case 'quote':
      return block.blocks.map(ofBlock).join(' ')
    case 'list':
      return block.items.map(({ blocks }) => blocks.map(ofBlock).join(' ')).join(' · ')
    case 'table':
      return [block.header, ...block.rows]
        .map((row) => row.map(({ children }) => ofInlines(children)).join(' '))
        .join(' · ')
    case 'rule':
      return ''
  }
}

function ofInlines(inlines: readonly Inline[]): string {
  return inlines.map(ofInline).join('')
}

function ofInline(inline: Inline): string {
  switch (inline.kind) {
    case 'text':
    case 'code':
      return inline.text
    case 'mention':
      return `@${inline.name}`
    case 'break':
      return ' '
    case 'strong':
    case 'em':
    case 'del':
    case 'link':
      return ofInlines(inline.children)
  }
}
