/** A line of a text without what its block takes off, and where it stands in the whole text. */
export interface Line {
  readonly text: string
  /** In UTF-16 units. */
  readonly at: number
}

/** Lines as one text, whose places are known in the whole text. */
export interface Source {
  readonly text: string
  /** Where a place stands in the whole text; asked in order. */
  at(place: number): number
}

/** The lines of a text, whatever ends them. */
export function linesOf(text: string): Line[] {
  const lines: Line[] = []
  let at = 0
  for (const { index, 0: end } of text.matchAll(/\r\n?|\n/g)) {
    lines.push({ text: text.slice(at, index), at })
    at = index + end.length
  }
  lines.push({ text: text.slice(at), at })
  return lines
}

/** A line from a place on. */
export function from(line: Line, place: number): Line {
  return { text: line.text.slice(place), at: line.at + place }
}

export function sourceOf(lines: readonly Line[]): Source {
  let line = 0
  let start = 0
  return {
    text: lines.map(({ text }) => text).join('\n'),
    at(place) {
      for (;;) {
        const { text, at } = lines[line] ?? { text: '', at: 0 }
        if (place <= start + text.length || line >= lines.length - 1) return at + place - start
        start += text.length + 1
        line += 1
      }
    },
  }
}
