import type { Timestamp } from '@parlance/protocol/models'

/** UTC with an offset, as contracts 002, 003 and 004 write it: `2026-01-01T10:00:00.123+00:00` (contracts.md §0). */
export function withOffset(at: Timestamp): string {
  return at.endsWith('Z') ? `${at.slice(0, -1)}+00:00` : at
}
