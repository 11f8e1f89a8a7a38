import { enough } from '../servers/undisturbed.ts'
import type { Figure } from '../shapes/shape.ts'
import type { BarMet } from './bars.ts'
import { median } from './statistics.ts'

export type Rows = readonly (readonly string[])[]

/** Three digits that say something; thousands apart. */
export function shown(value: number): string {
  if (Math.abs(value) >= 100 || Number.isInteger(value)) return Math.round(value).toLocaleString('en')
  return String(Number(value.toPrecision(3)))
}

export function figureRows(figures: readonly Figure[]): Rows {
  const rows = figures.map(({ shape, server, what, unit, values }) => [
    shape,
    server,
    what,
    `${shown(median(values))} ${unit}`.trim(),
    values.length > 1 ? `${shown(Math.min(...values))} – ${shown(Math.max(...values))}` : '',
    String(values.length),
  ])
  return [['shape', 'server', 'what', 'median', 'spread', 'rounds'], ...rows]
}

/** The rounds in which something else ran on the load's core, and how much of it was left. */
export function disturbedRounds(figures: readonly Figure[]): readonly string[] {
  return figures.flatMap(({ shape, server, what, values }) =>
    what !== 'load'
      ? []
      : values.flatMap((use, index) =>
          use < enough * 100 ? [`${shape}, ${server}, round ${index + 1} (${Math.round(use)} %)`] : [],
        ),
  )
}

export function barRows(bars: readonly BarMet[]): Rows {
  const rows = bars.map(({ name, unit, bound, bar, measured, met }) => [
    name,
    `${bound} ${shown(bar)} ${unit}`,
    `${shown(measured)} ${unit}`,
    met ? 'yes' : 'no',
  ])
  return [['bar', 'wanted', 'measured', 'met'], ...rows]
}

export function plainTable(rows: Rows): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

export function markdownTable(rows: Rows): string {
  const [head = [], ...rest] = rows.map((row) => row.map((cell) => cell.replaceAll('|', '\\|')))
  const lines = [head, head.map(() => '---'), ...rest]
  return lines.map((row) => `| ${row.join(' | ')} |`).join('\n')
}
