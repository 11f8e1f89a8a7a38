/** The rows that are seen. */
interface Seen {
  readonly first: number
  readonly last: number
}

/**
 * Where a key moves the focus among `count` rows; undefined for keys that do not. Without a row that has it (`current`
 * is -1), the arrows begin at the last one that is seen.
 */
export function indexAfterKey(
  key: string,
  current: number,
  count: number,
  { first, last }: Seen,
): number | undefined {
  const page = Math.max(1, last - first)
  const from = current < 0 ? last : current
  const step = current < 0 ? 0 : 1
  const to = target(key, { from, step, page, count })
  return to === undefined || count === 0 ? undefined : Math.min(Math.max(to, 0), count - 1)
}

function target(
  key: string,
  { from, step, page, count }: { from: number; step: number; page: number; count: number },
): number | undefined {
  switch (key) {
    case 'ArrowUp':
      return from - step
    case 'ArrowDown':
      return from + step
    case 'PageUp':
      return from - page
    case 'PageDown':
      return from + page
    case 'Home':
      return 0
    case 'End':
      return count - 1
    default:
      return undefined
  }
}
