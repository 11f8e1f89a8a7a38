import { percentile } from '../report/statistics.ts'

/** Of many latencies, in milliseconds. */
export interface Latencies {
  readonly count: number
  readonly p50: number
  readonly p95: number
  readonly p99: number
  readonly max: number
}

export function latenciesOf(millis: readonly number[]): Latencies {
  return {
    count: millis.length,
    p50: percentile(millis, 50),
    p95: percentile(millis, 95),
    p99: percentile(millis, 99),
    max: millis.reduce((most, value) => Math.max(most, value), 0),
  }
}
