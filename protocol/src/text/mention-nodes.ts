import type { Block, Inline, MentionNode } from './nodes.ts'

/** Every `@name` in blocks, in the order of the text. */
export function mentionNodes(blocks: readonly Block[]): MentionNode[] {
  return blocks.flatMap(inBlock)
}

function inBlock(block: Block): MentionNode[] {
  switch (block.kind) {
    case 'paragraph':
    case 'heading':
      return inInlines(block.children)
    case 'quote':
      return mentionNodes(block.blocks)
    case 'list':
      return block.items.flatMap(({ blocks }) => mentionNodes(blocks))
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
