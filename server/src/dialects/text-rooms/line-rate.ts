import type { Limits } from '@parlance/protocol/limits'
import { Bucket, networkOf, type Rates } from '../../chat/rates.ts'
import type { Clock } from '../../ports/clock.ts'

/** An address may have as many full connections at once; beyond that its connections share the rate. */
const perAddress = 4

interface Limited {
  readonly clock: Pick<Clock, 'monotonicMs'>
  readonly limits: Pick<Limits, 'messagesPerSecond'>
  readonly rates: Rates
}

/** By what the lines of a connection are counted: its own, and with those of its address. */
export interface Speaker {
  readonly own: Bucket
  readonly shared: string
}

export function newSpeaker(address: string): Speaker {
  return { own: new Bucket(), shared: `lines:${networkOf(address)}` }
}

/**
 * Milliseconds until a client of a named room may say the next line; 0: now. Guests have no account to count by, so
 * the messages per second are each connection's, and four times as many its address' (contracts.md §0).
 */
export function lineWaitMs({ clock, limits, rates }: Limited, { own, shared }: Speaker): number {
  const rate = limits.messagesPerSecond
  if (rate === 0) return 0
  const nowMs = clock.monotonicMs()
  const waitMs = own.take(nowMs, rate, 1_000, rate * 2)
  if (waitMs > 0) return waitMs
  return rates.take(shared, rate * perAddress, 1_000, rate * perAddress * 2, nowMs)
}

/** What a client over the limit is told. */
export const tooManyMessages = 'Too many messages. Try again in a moment.'
