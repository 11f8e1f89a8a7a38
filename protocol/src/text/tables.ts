import { hasWords } from './characters.ts'
import { inlinesOf } from './inlines.ts'
import type { Block, Cell } from './nodes.ts'
import { type Line, sourceOf } from './source.ts'
import { work } from './work.ts'

const border = /^ {0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$/

/**
 * A table: a line with bars, one of dashes and bars with as many cells, and all lines with bars that follow. Rows have the
 * cells that were typed, be they more or fewer. Without a word in it, the lines up to `end` are text.
 */
export function tableAt(
  lines: readonly Line[],
  at: number,
): { readonly block?: Block; readonly end: number } | undefined {
  const [head, under] = [lines[at], lines[at + 1]]
  if (head === undefined || !under?.text.includes('|') || !border.test(under.text)) return undefined
  const titles = cellsOf(head)
  const aligns = cellsOf(under).map(({ text }) => alignOf(text.trim()))
  if (titles.length !== aligns.length) return undefined
  let end = at + 2
  while (lines[end]?.text.includes('|')) end += 1
  const bodies = lines.slice(at + 2, end).map(cellsOf)
  if (![titles, ...bodies].flat().some(({ text }) => hasWords(text))) return { end }
  const row = (cells: readonly Line[]): Cell[] =>
    cells.map((cell, i) => ({ align: aligns[i] ?? null, children: inlinesOf(sourceOf([cell]), true) }))
  return { block: { kind: 'table', header: row(titles), rows: bodies.map(row) }, end }
}

function alignOf(dashes: string): Cell['align'] {
  if (dashes.endsWith(':')) return dashes.startsWith(':') ? 'center' : 'right'
  return dashes.startsWith(':') ? 'left' : null
}

/** The cells of a line, without the bars at its ends. A bar behind one backslash is a bar. */
function cellsOf({ text, at }: Line): Line[] {
  const cells: Line[] = []
  let start = text.length - text.trimStart().length
  const end = text.trimEnd().length
  if (text.charAt(start) === '|') start += 1
  for (let i = start; i <= end; i++) {
    work.steps += 1
    const isBar = text.charAt(i) === '|' && (text.charAt(i - 1) !== '\\' || text.charAt(i - 2) === '\\')
    if (!isBar && i < end) continue
    if (i === end && start === end && cells.length > 0) break
    const cell = text.slice(start, i)
    cells.push({ text: cell.trim(), at: at + start + cell.length - cell.trimStart().length })
    start = i + 1
  }
  return cells
}
