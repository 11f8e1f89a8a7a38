/** A text with a selection. */
export interface Selected {
  readonly text: string
  readonly start: number
  readonly end: number
}

/** A piece of a text to be replaced, and what is selected then. */
export interface Replacement {
  readonly from: number
  readonly to: number
  readonly by: string
  readonly start: number
  readonly end: number
}

/** The marks by their keys, with Ctrl or Cmd; those with Shift begin with `shift+`. */
const marks: Readonly<Record<string, string>> = { b: '**', i: '*', e: '`', 'shift+x': '~~' }

/** The mark that a key press sets, if any. */
export function markOf(event: {
  readonly key: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly shiftKey: boolean
  readonly altKey: boolean
}): string | undefined {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return undefined
  return marks[(event.shiftKey ? 'shift+' : '') + event.key.toLowerCase()]
}

/** Sets a mark around what is selected, or takes it away where it is. Spaces at the edge stay outside. */
export function toggleMark({ text, start, end }: Selected, mark: string): Replacement {
  const { length } = mark
  const selected = text.slice(start, end)
  const isInside =
    selected.length >= 2 * length && selected.startsWith(mark) && selected.endsWith(mark) && isWhole(selected)
  if (isInside) {
    const by = selected.slice(length, -length)
    return { from: start, to: end, by, start, end: start + by.length }
  }
  const around = { before: text.slice(start - length, start), after: text.slice(end, end + length) }
  const isAround =
    around.before === mark &&
    around.after === mark &&
    text[start - length - 1] !== mark[0] &&
    text[end + length] !== mark[0]
  if (isAround) {
    const from = start - length
    return { from, to: end + length, by: selected, start: from, end: from + selected.length }
  }
  const lead = selected.length - selected.trimStart().length
  const core = selected.trim()
  const by = selected.slice(0, lead) + mark + core + mark + selected.slice(lead + core.length)
  const inner = start + lead + length
  return { from: start, to: end, by, start: inner, end: inner + core.length }

  /** Not `*` of `**bold**`. */
  function isWhole(marked: string): boolean {
    return marked[length] !== mark[0] && marked.at(-length - 1) !== mark[0]
  }
}
