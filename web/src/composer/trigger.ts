/** What is being typed that can be completed: `@an` or `:smi`. */
export interface Trigger {
  readonly kind: 'mention' | 'emoji'
  readonly query: string
  /** Where it begins in the text, with its `@` or `:`. */
  readonly from: number
  /** Where it ends: at the cursor. */
  readonly to: number
}

/** Nothing that can be completed is longer. */
const maxLookBehind = 66
const mention = /(?:^|[^\p{L}\p{M}\p{N}._-])@([\p{L}\p{M}\p{N}._-]*)$/u
const emoji = /(?:^|[^\p{L}\p{N}:])::?([\p{L}\p{N}][\p{L}\p{N}_+-]+|\+1|-1)$/u

/** What stands before the cursor that can be completed. */
export function triggerAt(text: string, caret: number): Trigger | undefined {
  const before = text.slice(Math.max(0, caret - maxLookBehind), caret)
  for (const [kind, pattern] of [
    ['mention', mention],
    ['emoji', emoji],
  ] as const) {
    const query = pattern.exec(before)?.[1]
    if (query !== undefined) return { kind, query, from: caret - query.length - 1, to: caret }
  }
  return undefined
}
