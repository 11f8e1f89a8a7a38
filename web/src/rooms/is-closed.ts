import type { OwnRoom, RoomId, UserId } from '@parlance/client/models'
import type { Preferences } from '../preferences.ts'

/** Where it is kept that an account has closed a conversation. */
export function closedKey(me: UserId, room: RoomId): string {
  return `${me}/${room}`
}

/** Whether a conversation of two was closed, and nobody has written there since. */
export function isClosed(
  { closed }: Pick<Preferences, 'closed'>,
  me: UserId,
  { id, lastMessageAt }: Pick<OwnRoom, 'id' | 'lastMessageAt'>,
): boolean {
  return closed[closedKey(me, id)] === (lastMessageAt ?? '')
}
