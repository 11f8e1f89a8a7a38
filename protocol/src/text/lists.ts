import { hasWords } from './characters.ts'
import { from, type Line } from './source.ts'
import { work } from './work.ts'

interface Item {
  readonly marker: string
  readonly checked: boolean | null
  readonly lines: readonly Line[]
}

const start = /^( {0,3})([-*]|\d{1,9}[.)])[ \t](?=[ \t]*\S)/
const task = /^\[([ xX])\][ \t](?=[ \t]*\S)/

/** The items of a list that begins with a line, and the line behind them. All have the same kind of marker. */
export function itemsAt(
  lines: readonly Line[],
  at: number,
): { readonly items: readonly Item[]; readonly isOrdered: boolean; readonly end: number } | undefined {
  const items: Item[] = []
  let kind: string | undefined
  let end = at
  for (;;) {
    const line = lines[end]
    const [found, indent = '', marker = ''] = start.exec(line?.text ?? '') ?? []
    if (line === undefined || found === undefined || !hasWords(line.text.slice(found.length))) break
    if (kind !== undefined && marker.slice(-1) !== kind) break
    kind = marker.slice(-1)
    const rest = restOf(lines, end + 1, indent.length, found.length)
    const first = from(line, found.length)
    const done = /\d/.test(marker) ? null : task.exec(first.text)
    const content = done === null ? first : from(first, done[0].length)
    const checked = done === null ? null : done[1] !== ' '
    items.push({ marker, checked, lines: [content, ...rest.lines] })
    end = rest.end
  }
  return kind === undefined ? undefined : { items, isOrdered: kind !== '-' && kind !== '*', end }
}

/** The lines that belong to an item: those further in than its marker, and blank ones between them. */
function restOf(lines: readonly Line[], at: number, indent: number, width: number) {
  const rest: Line[] = []
  let blank: Line[] = []
  let end = at
  for (let i = at; i < lines.length; i++) {
    work.steps += 1
    const line = lines[i] ?? { text: '', at: 0 }
    if (line.text.trim() === '') {
      blank.push(line)
      continue
    }
    const inner = indented(line, indent + 2, width)
    if (inner === undefined) break
    rest.push(...blank, inner)
    blank = []
    end = i + 1
  }
  return { lines: rest, end }
}

/** A line without the spaces that put it into an item; undefined where it has too few of them. */
function indented(line: Line, least: number, most: number): Line | undefined {
  const spaces = /^ */.exec(line.text)?.[0].length ?? 0
  if (line.text.charAt(spaces) === '\t' && spaces < most) return from(line, spaces + 1)
  return spaces < least ? undefined : from(line, Math.min(spaces, most))
}
