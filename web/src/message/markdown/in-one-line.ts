/** Enough for a line on any screen. */
export const maxLineLength = 200

/** Words in one line, as many as there is room for. */
export function inOneLine(words: string): string {
  const line = words.replace(/\s+/g, ' ').trim()
  if (line.length <= maxLineLength) return line
  return `${line.slice(0, maxLineLength).replace(/[\ud800-\udbff]$/, '')}…`
}
