const maxLines = 20
const maxLength = 1_600
/** A folded text ends before this: what is folded away is worth the button. */
const foldedLines = 14
const foldedLength = 1_100

/** The begin of a long text; undefined where it is short enough to be shown whole. */
export function folded(text: string): string | undefined {
  const lines = text.split('\n', maxLines + 1)
  if (lines.length <= maxLines && text.length <= maxLength) return undefined
  const begin = text.split('\n', foldedLines).join('\n')
  if (begin.length <= foldedLength) return begin
  const cut = begin.slice(0, foldedLength)
  const space = cut.search(/\s\S*$/)
  // A letter of two units is not cut in half.
  return (space > foldedLength / 2 ? cut.slice(0, space) : cut.replace(/[\ud800-\udbff]$/, '')).trimEnd()
}
