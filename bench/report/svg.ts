import type { Figure } from '../shapes/shape.ts'
import { median } from './statistics.ts'
import { shown } from './table.ts'

const colors = ['#2563eb', '#94a3b8', '#0f172a', '#60a5fa', '#d97706', '#fbbf24']
const left = 210
const width = 900
const barHeight = 16
const groupGap = 22
const ink = 'font-family="system-ui, sans-serif" fill="#334155"'

/** Bars of one kind of figure, by shape and server, on a scale of tens: so that a tenth and a hundredth both show. */
export function drawBars(title: string, what: string, figures: readonly Figure[]): string {
  const chosen = figures.filter((figure) => figure.what === what)
  const values = chosen.map((figure) => median(figure.values))
  const least = 10 ** Math.floor(Math.log10(Math.min(...values)))
  const most = 10 ** Math.ceil(Math.log10(Math.max(...values)))
  const lengthOf = (value: number) =>
    (Math.log10(value / least) / Math.log10(most / least)) * (width - left - 110)
  const servers = [...new Set(chosen.map(({ server }) => server))]
  const parts: string[] = []
  let y = 52
  for (const [shape, ofShape] of Map.groupBy(chosen, (figure) => figure.shape)) {
    parts.push(text(12, y + 12, shape, 'font-weight="600"'))
    for (const { server, unit, values } of ofShape) {
      const value = median(values)
      const length = Math.max(1, lengthOf(value)).toFixed(1)
      const color = colors[servers.indexOf(server) % colors.length]
      parts.push(text(left - 8, y + 12, server, 'text-anchor="end"'))
      parts.push(
        `<rect x="${left}" y="${y}" width="${length}" height="${barHeight - 3}" rx="2" fill="${color}"/>`,
      )
      parts.push(text(left + Number(length) + 6, y + 12, `${shown(value)} ${unit}`))
      y += barHeight
    }
    y += groupGap - barHeight / 2
  }
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${y}" width="${width}" height="${y}" role="img" aria-label="${escaped(title)}">`,
    `<rect width="${width}" height="${y}" fill="#ffffff"/>`,
    text(12, 24, title, 'font-size="15" font-weight="600"'),
    ...parts,
    '</svg>\n',
  ].join('\n')
}

function text(x: number, y: number, content: string, more = ''): string {
  const size = more.includes('font-size') ? '' : ' font-size="11"'
  return `<text x="${x.toFixed(1)}" y="${y}" ${ink}${size} ${more}>${escaped(content)}</text>`
}

function escaped(content: string): string {
  return content.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}
