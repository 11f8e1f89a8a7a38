import type { Limits } from '@parlance/protocol/limits'
import type { Rates } from '../../chat/rates.ts'

/** An address may have as many full connections at once; beyond that its connections share the rate. */
const perAddress = 4

interface Limited {
  readonly limits: Pick<Limits, 'messagesPerSecond'>
  readonly rates: Rates
}

let speakerCount = 0

/** A number for a new connection, by which its lines are counted. */
export function newSpeaker(): number {
  speakerCount += 1
  return speakerCount
}

/**
 * Milliseconds until a client of a named room may say the next line; 0: now. Guests have no account to count by, so
 * the messages per second are each connection's, and four times as many its address' (contracts.md §0).
 */
export function lineWaitMs({ limits, rates }: Limited, speaker: number, address: string): number {
  const rate = limits.messagesPerSecond
  if (rate === 0) return 0
  const waitMs = rates.take(`line:${speaker}`, rate, 1_000, rate * 2)
  if (waitMs > 0) return waitMs
  return rates.take(`lines:${address}`, rate * perAddress, 1_000, rate * perAddress * 2)
}

/** What a client over the limit is told. */
export const tooManyMessages = 'Too many messages. Try again in a moment.'
