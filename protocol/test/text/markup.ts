import type { Block, Inline } from '../../src/text/nodes.ts'

/** Blocks as HTML without escapes: only for people, and tests, to read. */
export function markup(blocks: readonly Block[]): string {
  return blocks.map(ofBlock).join('⏎')
}

function ofBlock(block: Block): string {
  switch (block.kind) {
    case 'paragraph':
      return ofInlines(block.children)
    case 'heading':
      return `<h${block.level}>${ofInlines(block.children)}</h${block.level}>`
    case 'code':
      return `<pre>${block.info && `<b>${block.info}</b>`}${block.text}</pre>`
    case 'quote':
      return `<blockquote>${markup(block.blocks)}</blockquote>`
    case 'list': {
      const items = block.items.map(({ marker, checked, blocks }) => {
        const box = checked === null ? '' : checked ? '<x/>' : '<o/>'
        return `<li>${block.isOrdered ? `${marker} ` : ''}${box}${markup(blocks)}</li>`
      })
      return block.isOrdered ? `<ol>${items.join('')}</ol>` : `<ul>${items.join('')}</ul>`
    }
    case 'table': {
      const rows = [block.header, ...block.rows].map((row) => {
        const cells = row.map(
          ({ align, children }) => `<td${align ? ` ${align}` : ''}>${ofInlines(children)}</td>`,
        )
        return `<tr>${cells.join('')}</tr>`
      })
      return `<table>${rows.join('')}</table>`
    }
  }
}

function ofInlines(inlines: readonly Inline[]): string {
  return inlines.map(ofInline).join('')
}

function ofInline(inline: Inline): string {
  switch (inline.kind) {
    case 'text':
      return inline.text
    case 'mention':
      return `${inline.sign}‹${inline.names.join(' ')}›`
    case 'code':
      return `<code>${inline.text}</code>`
    case 'link':
      return `<a ${inline.href}>${ofInlines(inline.children)}</a>`
    default:
      return `<${inline.kind}>${ofInlines(inline.children)}</${inline.kind}>`
  }
}
