import { hasWords } from './characters.ts'
import { inlinesOf } from './inlines.ts'
import { itemsAt } from './lists.ts'
import type { Block } from './nodes.ts'
import { from, type Line, sourceOf } from './source.ts'
import { tableAt } from './tables.ts'
import { unturned } from './unturned.ts'
import { work } from './work.ts'

/** Quotes and lists inside of each other; what is deeper stays as it was written. */
const maxDepth = 12

/** A block, and the line behind it. */
export interface Found {
  readonly block: Block
  readonly end: number
}

/** What lines mean. Blank ones between blocks part them; all others are a part of a paragraph. */
export function blocksOf(lines: readonly Line[], depth = 0): Block[] {
  const blocks: Block[] = []
  let paragraph: Line[] = []
  const flush = (isEnd: boolean) => {
    const block = paragraphOf(paragraph, blocks.length === 0, isEnd)
    if (block !== undefined) blocks.push(block)
    paragraph = []
  }
  const fences: Fences = { unclosed: Number.POSITIVE_INFINITY }
  for (let i = 0; i < lines.length; ) {
    work.steps += 1
    const found = isBlank(lines[i]) ? undefined : blockAt(lines, i, depth, fences)
    if (found === undefined || found.block === undefined) {
      const end = found?.end ?? i + 1
      for (; i < end; i++) paragraph.push(unescaped(lines[i] ?? { text: '', at: 0 }))
      continue
    }
    flush(false)
    blocks.push(found.block)
    i = found.end
  }
  flush(true)
  return blocks
}

/** A block that begins with a line. Without one, the lines up to `end` are text. */
function blockAt(
  lines: readonly Line[],
  at: number,
  depth: number,
  fences: Fences,
): { readonly block?: Block; readonly end: number } | undefined {
  const line = lines[at]?.text ?? ''
  // Most lines begin with a letter.
  if (/^ {0,3}[#>`*\d-]/.test(line)) {
    const found = fenceAt(lines, at, fences) ?? headingAt(lines, at)
    if (found !== undefined) return found
    if (depth < maxDepth) {
      const nested = quoteAt(lines, at, depth) ?? listAt(lines, at, depth)
      if (nested !== undefined) return nested
    }
  }
  return line.includes('|') ? tableAt(lines, at) : undefined
}

function isBlank(line: Line | undefined): boolean {
  return line === undefined || line.text.trim() === ''
}

/** Blank lines beside a block are what parts them. */
function paragraphOf(lines: readonly Line[], isFirst: boolean, isLast: boolean): Block | undefined {
  let start = 0
  let end = lines.length
  if (!isFirst) while (start < end && isBlank(lines[start])) start += 1
  if (!isLast) while (end > start && isBlank(lines[end - 1])) end -= 1
  const children = inlinesOf(sourceOf(lines.slice(start, end)))
  return children.length === 0 ? undefined : { kind: 'paragraph', children }
}

const fence = /^( {0,3})(`{3,})([^`]*)$/

/** How long a fence is, at least, that is known to have no other behind it: the lines are not searched anew. */
interface Fences {
  unclosed: number
}

/** Code between two fences; one that stays open goes to the end, where only a language stands behind it. */
function fenceAt(
  lines: readonly Line[],
  at: number,
  fences: Fences,
): { readonly block?: Block; readonly end: number } | undefined {
  const [, indent = '', mark, behind = ''] = fence.exec(lines[at]?.text ?? '') ?? []
  if (mark === undefined) return undefined
  const info = unturned(behind).trim()
  const isLanguage = !/\s/.test(info)
  if (!isLanguage && mark.length >= fences.unclosed) return undefined
  const content: string[] = []
  let end = at + 1
  for (; end < lines.length; end++) {
    work.steps += 1
    const text = lines[end]?.text ?? ''
    if (isClosing(text, mark)) break
    content.push(text.startsWith(indent) ? text.slice(indent.length) : text.trimStart())
  }
  const isOpen = end === lines.length
  const text = unturned(content.join('\n'))
  if (text.trim() === '') return { end: isOpen ? end : end + 1 }
  if (isOpen && !isLanguage) {
    fences.unclosed = mark.length
    return undefined
  }
  return { block: { kind: 'code', info, text }, end: isOpen ? end : end + 1 }
}

function isClosing(text: string, mark: string): boolean {
  const line = text.trim()
  return line.startsWith(mark) && /^`+$/.test(line) && /^ {0,3}\S/.test(text)
}

const heading = /^ {0,3}(#{1,6})[ \t]+(?=\S)/

function headingAt(lines: readonly Line[], at: number): Found | undefined {
  const line = lines[at]
  const found = heading.exec(line?.text ?? '')
  if (line === undefined || found === null || !hasWords(line.text)) return undefined
  const children = inlinesOf(sourceOf([from(line, found[0].length)]))
  return { block: { kind: 'heading', level: found[1]?.length ?? 1, children }, end: at + 1 }
}

const quoted = /^ {0,3}>(?: |$)/

/** Lines behind `> `; one with nothing behind it belongs to them where more follow. */
function quoteAt(lines: readonly Line[], at: number, depth: number): Found | undefined {
  const inside: Line[] = []
  let size = 0
  for (let i = at; i < lines.length; i++) {
    const line = lines[i]
    const found = quoted.exec(line?.text ?? '')
    if (line === undefined || found === null) break
    work.steps += 1
    const inner = from(line, found[0].length)
    if (i === at && !hasWords(inner.text)) return undefined
    inside.push(inner)
    if (!isBlank(inner)) size = inside.length
  }
  if (size === 0) return undefined
  return { block: { kind: 'quote', blocks: blocksOf(inside.slice(0, size), depth + 1) }, end: at + size }
}

function listAt(lines: readonly Line[], at: number, depth: number): Found | undefined {
  const found = itemsAt(lines, at)
  if (found === undefined) return undefined
  const items = found.items.map(({ marker, checked, lines }) => ({
    marker,
    checked,
    blocks: blocksOf(lines, depth + 1),
  }))
  return { block: { kind: 'list', isOrdered: found.isOrdered, items }, end: found.end }
}

const escaped = /^( {0,3})\\(?=#{1,6}[ \t]+\S|> +\S|[-*][ \t]+\S)|^( {0,3}\d{1,9})\\(?=[.)][ \t]+\S)/

/** A line without the backslash that kept it from being a block. */
function unescaped(line: Line): Line {
  const found = escaped.exec(line.text)
  if (found === null || !hasWords(line.text)) return line
  const before = found[1] ?? found[2] ?? ''
  return { text: before + line.text.slice(found[0].length), at: line.at + 1 }
}
