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

/** Whether there is anything to be seen in a text: what has no shape of its own is no message. */
export function isBlank(text: string): boolean {
  return !/[^\s\p{Default_Ignorable_Code_Point}]/u.test(text)
}
