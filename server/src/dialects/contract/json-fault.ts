/** Where a text stops being JSON, and why. */
export interface JsonFault {
  /** In characters (Unicode code points) from the start. */
  readonly position: number
  readonly reason: string
}

const spaces = /[ \t\n\r]*/y
const plainValue = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const endOfPlainText = /["\\]|[^ -\uffff]/g

/**
 * Finds where a text stops being JSON (RFC 8259), in the words and at the place that clients of the contracts know from
 * Python's `json` (contracts.md §0); undefined where it is JSON. What is open is kept in a list: no nesting is too deep.
 */
export function findJsonFault(text: string): JsonFault | undefined {
  const closers: ('}' | ']')[] = []
  let at = skip(text, 0)
  let isKey = false
  for (;;) {
    if (isKey) {
      if (text[at] !== '"') return faultAt(text, at, 'Expecting property name enclosed in double quotes')
      const end = endOfString(text, at)
      if (typeof end !== 'number') return end
      at = skip(text, end)
      if (text[at] !== ':') return faultAt(text, at, "Expecting ':' delimiter")
      at = skip(text, at + 1)
    }
    const opened = text[at]
    if (opened === '{' || opened === '[') {
      closers.push(opened === '{' ? '}' : ']')
      isKey = opened === '{'
      at = skip(text, at + 1)
      if (text[at] !== closers.at(-1)) continue
    } else {
      const end = endOfValue(text, at)
      if (typeof end !== 'number') return end
      at = skip(text, end)
    }
    for (let closer = closers.at(-1); closer !== undefined && text[at] === closer; closer = closers.at(-1)) {
      closers.pop()
      at = skip(text, at + 1)
    }
    if (closers.length === 0) return at === text.length ? undefined : faultAt(text, at, 'Extra data')
    if (text[at] !== ',') return faultAt(text, at, "Expecting ',' delimiter")
    isKey = closers.at(-1) === '}'
    at = skip(text, at + 1)
  }
}

function skip(text: string, from: number): number {
  spaces.lastIndex = from
  spaces.test(text)
  return spaces.lastIndex
}

/** Behind the string, number or word that begins here, or what is wrong with it. */
function endOfValue(text: string, start: number): number | JsonFault {
  if (text[start] === '"') return endOfString(text, start)
  plainValue.lastIndex = start
  return plainValue.test(text) ? plainValue.lastIndex : faultAt(text, start, 'Expecting value')
}

/** Behind the closing quote of the string that begins here, or what is wrong with it. */
function endOfString(text: string, start: number): number | JsonFault {
  let at = start + 1
  for (;;) {
    endOfPlainText.lastIndex = at
    const stop = endOfPlainText.exec(text)?.index
    if (stop === undefined) break
    if (text[stop] === '"') return stop + 1
    if (text[stop] !== '\\') return faultAt(text, stop, 'Invalid control character at')
    const escaped = text[stop + 1]
    if (escaped === undefined) break
    if (escaped === 'u') {
      // As in Python, four digits at the very end are an escape that is cut off.
      const isWhole = stop + 6 < text.length && /^[\da-fA-F]{4}$/.test(text.slice(stop + 2, stop + 6))
      if (!isWhole) return faultAt(text, stop + 1, 'Invalid \\uXXXX escape')
      at = stop + 6
    } else {
      if (!'"\\/bfnrt'.includes(escaped)) return faultAt(text, stop, 'Invalid \\escape')
      at = stop + 2
    }
  }
  return faultAt(text, start, 'Unterminated string starting at')
}

function faultAt(text: string, index: number, reason: string): JsonFault {
  return { position: [...text.slice(0, index)].length, reason }
}
