import type { Block, Cell, ListItem } from '@parlance/client/text'
import { Check, Square } from 'lucide-react'
import type { ReactNode } from 'react'
import { useAllTexts } from '../../texts/late-texts.ts'
import { classNames } from '../../ui/class-names.ts'
import styles from './blocks.module.css'
import { CodeBlock } from './code-block.tsx'
import { Inlines } from './inlines.tsx'

interface BlocksProps {
  readonly blocks: readonly Block[]
  /** Stands behind the last words: the mark of an edit. */
  readonly end?: ReactNode
}

/** A message's Markdown, as elements. */
export function Blocks({ blocks, end }: BlocksProps) {
  const last = blocks.length - 1
  return (
    <>
      {blocks.map((block, i) => (
        // The same text gives the same blocks: their place is their name.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <BlockView key={i} block={block} end={i === last ? end : undefined} />
      ))}
      {blocks[last]?.kind !== 'paragraph' && end}
    </>
  )
}

function BlockView({ block, end }: { readonly block: Block; readonly end: ReactNode }) {
  switch (block.kind) {
    case 'paragraph':
      return (
        <p className={styles.lines} dir="auto">
          <Inlines inlines={block.children} />
          {end}
        </p>
      )
    case 'heading':
      // No heading of the page: a message does not shape it.
      return (
        <p className={classNames(styles.lines, styles.heading)} data-level={block.level} dir="auto">
          <Inlines inlines={block.children} />
        </p>
      )
    case 'code':
      return <CodeBlock info={block.info} text={block.text} />
    case 'quote':
      return (
        <blockquote className={styles.quote}>
          <Blocks blocks={block.blocks} />
        </blockquote>
      )
    case 'list':
      return block.isOrdered ? (
        <ol
          className={styles.list}
          style={{ paddingInlineStart: `calc(${digitsOf(block.items)}ch + 0.6em)` }}
        >
          <Items items={block.items} isOrdered />
        </ol>
      ) : (
        <ul className={styles.list}>
          <Items items={block.items} />
        </ul>
      )
    case 'table':
      return <Table header={block.header} rows={block.rows} />
  }
}

/** How much room the numbers of a list take: they are shown as they were typed. */
function digitsOf(items: readonly ListItem[]): number {
  return Math.max(...items.map(({ marker }) => marker.length))
}

interface ItemsProps {
  readonly items: readonly ListItem[]
  readonly isOrdered?: boolean
}

function Items({ items, isOrdered = false }: ItemsProps) {
  const { messages } = useAllTexts()
  return items.map(({ marker, checked, blocks }, i) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the place is the name
    <li key={i} data-task={checked ?? undefined}>
      {isOrdered && <span className={styles.number}>{marker} </span>}
      {checked !== null && (
        <span className={styles.task} role="img" aria-label={checked ? messages.taskDone : messages.taskOpen}>
          {checked ? <Check aria-hidden="true" /> : <Square aria-hidden="true" />}
        </span>
      )}
      <Blocks blocks={blocks} />
    </li>
  ))
}

function Table({ header, rows }: Pick<Extract<Block, { kind: 'table' }>, 'header' | 'rows'>) {
  const cells = (row: readonly Cell[], Tag: 'th' | 'td') =>
    row.map(({ align, children }, i) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: the place is the name
      <Tag key={i} className={styles.lines} data-align={align ?? undefined} dir="auto">
        <Inlines inlines={children} />
      </Tag>
    ))
  return (
    <div className={styles.wide}>
      <table className={styles.table}>
        <thead>
          <tr>{cells(header, 'th')}</tr>
        </thead>
        <tbody>
          {rows.map((row, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the place is the name
            <tr key={i}>{cells(row, 'td')}</tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
