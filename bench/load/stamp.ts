/**
 * What every message of the load carries: `Q`, the microsecond in which it was sent and the number of its publisher.
 * The time comes first, as in the nonces of `@parlance/client`.
 * No server puts a `Q` into what it adds around a message.
 */
export interface Stamp {
  readonly publisher: number
  readonly sentMicros: number
}

const marker = 0x51
const publisherDigits = 5
const microsDigits = 10
export const stampLength = 1 + publisherDigits + microsDigits

/** Stands in a template where the stamp comes. */
export const stampHole = `Q${'0'.repeat(publisherDigits + microsDigits)}`

/** Microseconds on the clock of this process. */
export function nowMicros(): number {
  return Math.round(performance.now() * 1_000)
}

export function stampText(publisher: number, sentMicros: number): string {
  return `Q${String(sentMicros).padStart(microsDigits, '0')}${String(publisher).padStart(publisherDigits, '0')}`
}

/** The stamp in a payload; undefined where there is none. */
export function stampIn(bytes: Buffer, start: number, length: number): Stamp | undefined {
  const end = start + length - stampLength
  let at = start
  while (at <= end && bytes[at] !== marker) at += 1
  if (at > end) return undefined
  const sentMicros = digits(bytes, at + 1, microsDigits)
  const publisher = digits(bytes, at + 1 + microsDigits, publisherDigits)
  return { publisher, sentMicros }
}

function digits(bytes: Buffer, at: number, count: number): number {
  let value = 0
  for (let i = at; i < at + count; i += 1) value = value * 10 + (bytes[i] ?? 48) - 48
  return value
}
