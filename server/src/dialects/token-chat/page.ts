import type { Fault } from '../contract/fields.ts'
import { isFault, readCount } from '../contract/http.ts'

const maxLimit = 1_000
const maxSkip = 2_147_483_647

/** Which part of a list is asked for, or what does not fit. */
export type Page =
  | { readonly ok: true; readonly skip: number; readonly limit: number }
  | { readonly ok: false; readonly faults: readonly Fault[] }

/** `?skip&limit`: `limit` is clamped to 1…1000 and 100 by default, `skip` to 0 and more (contracts.md §3). */
export function readPage(query: unknown): Page {
  const skip = readCount(query, 'skip', 0)
  const limit = readCount(query, 'limit', 100)
  if (isFault(skip) || isFault(limit)) return { ok: false, faults: [skip, limit].filter(isFault) }
  return { ok: true, skip: clamp(skip, 0, maxSkip), limit: clamp(limit, 1, maxLimit) }
}

function clamp(count: number, least: number, most: number): number {
  return Math.min(Math.max(count, least), most)
}
