import type { Account, OwnRoom } from '@parlance/client/models'

/** Why one cannot write in a room. */
export type Obstacle =
  | { readonly kind: 'gone' | 'archived' | 'guestsOut' }
  | { readonly kind: 'muted'; readonly untilMs: number }

/** What keeps one from writing, by the rules of the server; undefined where nothing does. */
export function obstacle(
  room: OwnRoom,
  isMember: boolean,
  account: Account,
  nowMs: number,
): Obstacle | undefined {
  if (!isMember) return { kind: 'gone' }
  if (room.archived) return { kind: 'archived' }
  if (account.kind === 'guest' && room.visibility !== 'open') return { kind: 'guestsOut' }
  const untilMs = room.mutedUntil === null ? 0 : Date.parse(room.mutedUntil)
  return untilMs > nowMs ? { kind: 'muted', untilMs } : undefined
}
