import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Figure } from '../shapes/shape.ts'
import type { BarMet } from './bars.ts'
import { drawBars } from './svg.ts'
import { barRows, figureRows, markdownTable } from './table.ts'

const docs = join(import.meta.dirname, '../../docs')
const [from, to] = ['<!-- results -->', '<!-- end of results -->']

/** Puts the results into docs/PERFORMANCE.md, between its marks, and draws the picture. */
export async function publish(
  machine: readonly string[],
  rounds: number,
  figures: readonly Figure[],
  bars: readonly BarMet[],
): Promise<void> {
  const page = join(docs, 'PERFORMANCE.md')
  const results = [
    machine.join('\n'),
    `Medians of ${rounds} interleaved rounds; the spread is from the least to the most.`,
    '### The bars',
    markdownTable(barRows(bars)),
    '### All figures',
    markdownTable(figureRows(figures)),
  ].join('\n\n')
  await writeFile(page, replaceResults(await readFile(page, 'utf8'), results))
  const title = 'CPU of the server per delivery, in µs (a scale of tens; less is better)'
  await writeFile(join(docs, 'performance.svg'), drawBars(title, 'CPU per delivery', figures))
}

export function replaceResults(page: string, results: string): string {
  const [start, end] = [page.indexOf(from), page.indexOf(to)]
  if (start === -1 || end === -1) throw new Error('docs/PERFORMANCE.md has no marks for the results.')
  return `${page.slice(0, start + from.length)}\n\n${results}\n\n${page.slice(end)}`
}
