import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Figure } from '../shapes/shape.ts'
import type { BarMet } from './bars.ts'
import { drawBars } from './svg.ts'
import { barRows, disturbedRounds, figureRows, markdownTable } from './table.ts'

const page = join(import.meta.dirname, '../../docs/PERFORMANCE.md')
const [from, to] = ['<!-- results -->', '<!-- end of results -->']

/** One run of the benchmark. */
interface Run {
  /** When, where and of what, a line each. */
  readonly about: readonly string[]
  readonly figures: readonly Figure[]
  readonly bars: readonly BarMet[]
}

/** Writes PERFORMANCE.md with the results of this run between its marks, and the picture beside it. */
export async function publish(folder: string, { about, figures, bars }: Run): Promise<void> {
  const results = [
    about.join('\n'),
    'Medians of interleaved rounds; the spread is from the least to the most.',
    disturbance(figures),
    '### The bars',
    bars.length === 0
      ? 'Short rounds of small numbers say nothing about the bars.'
      : markdownTable(barRows(bars)),
    '### All figures',
    markdownTable(figureRows(figures)),
  ]
  const text = replaceResults(await readFile(page, 'utf8'), results.join('\n\n'))
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'PERFORMANCE.md'), text)
  const title = 'CPU of the server per delivery, in µs (a scale of tens; less is better)'
  await writeFile(join(folder, 'performance.svg'), drawBars(title, 'CPU per delivery', figures))
}

function disturbance(figures: readonly Figure[]): string {
  const rounds = disturbedRounds(figures)
  if (rounds.length === 0)
    return 'In every round of `fanout`, `scale` and `durable` the load had at least 95 % of its core.'
  return `Disturbed, since the load had less than 95 % of its core: ${rounds.join('; ')}.`
}

export function replaceResults(page: string, results: string): string {
  const [start, end] = [page.indexOf(from), page.indexOf(to)]
  if (start === -1 || end === -1) throw new Error('docs/PERFORMANCE.md has no marks for the results.')
  return `${page.slice(0, start + from.length)}\n\n${results}\n\n${page.slice(end)}`
}
