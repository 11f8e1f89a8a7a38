import type { Block, Inline } from './nodes.ts'

/** What blocks say, without their marks: what was typed, where there were none. */
export function plainText(blocks: readonly Block[]): string {
  return blocks.map(ofBlock).join('\n')
}

function ofBlock(block: Block): string {
  switch (block.kind) {
    case 'paragraph':
    case 'heading':
      return ofInlines(block.children)
    case 'code':
      return block.info === '' ? block.text : `${block.info}\n${block.text}`
    case 'quote':
      return plainText(block.blocks)
    case 'list':
      return block.items
        .map(({ marker, checked, blocks }) => {
          const box = checked === null ? '' : checked ? '[x] ' : '[ ] '
          return `${block.isOrdered ? marker : '•'} ${box}${plainText(blocks)}`
        })
        .join('\n')
    case 'table':
      return [block.header, ...block.rows]
        .map((row) => row.map(({ children }) => ofInlines(children)).join(' | '))
        .join('\n')
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
      return inline.sign + inline.names[0]
    case 'strong':
    case 'em':
    case 'del':
    case 'link':
      return ofInlines(inline.children)
  }
}
