import { InlineReader } from './inline-reader.ts'
import type { Inline } from './nodes.ts'
import type { Source } from './source.ts'
import { treeOf } from './token-tree.ts'

const escapable = /\\[`*_~[\]@＠|]/

/**
 * What stands inside of lines. Between blank lines each part is on its own: no mark reaches over them. One with
 * backslashes is read twice. The first time what they stand before is what it would be without them: where it becomes
 * something, the backslash has prevented that, and is an escape. All others are text.
 */
export function inlinesOf(source: Source, isCell = false): Inline[] {
  const parts = source.text.split(/(\n(?:[^\S\n]*\n)+)/)
  let start = 0
  const tokens = parts.flatMap((text, i) => {
    const part = { source, text, start, isCell }
    start += text.length
    if (i % 2 === 1) return [text]
    const escapes = escapable.test(text) ? new InlineReader(part, undefined).escapes() : new Set<number>()
    return new InlineReader(part, escapes).tokens
  })
  return treeOf(tokens)
}
