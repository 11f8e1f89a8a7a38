/** From this share of the limit on, what is left is told. */
const toldFrom = 0.9

/** How many code points may still be written; undefined as long as there is plenty. Negative where it is too long. */
export function leftToWrite(text: string, limit: number): number | undefined {
  // A text has at least half as many code points as units, and never more: most are not counted.
  if (text.length < limit * toldFrom) return undefined
  let count = 0
  for (const _point of text) count += 1
  return count < limit * toldFrom ? undefined : limit - count
}
