import type { EventOf, OwnRoom, RoomId, UserId } from '@parlance/client/models'
import { keptAs } from '../base.ts'
import type { Preferences } from '../preferences.ts'
import { levelOf } from '../rooms/notification-level.ts'

/** What came while the connection was away is in the list of rooms; only what is new is told. */
const freshMs = 120_000

interface Situation {
  readonly me: UserId
  readonly room: OwnRoom
  readonly preferences: Preferences
  readonly nowMs: number
}

/** Whether a message is worth a notification, as far as it and the preferences say. */
export function isNotable(
  { actor, mentions, text, at }: Pick<EventOf<'message.created'>, 'actor' | 'mentions' | 'text' | 'at'>,
  { me, room, preferences, nowMs }: Situation,
): boolean {
  if (actor.id === me || text === '') return false
  if (preferences.quietUntilMs > nowMs || nowMs - Date.parse(at) > freshMs) return false
  const level = levelOf(preferences, room)
  return level === 'all' || (level === 'mentions' && mentions.includes(me))
}

/** How many messages wait that one wants to be told of: the number in the title. */
export function countOf(rooms: readonly OwnRoom[], preferences: Preferences): number {
  let count = 0
  for (const room of rooms) {
    const level = levelOf(preferences, room)
    if (level === 'all') count += room.unread
    if (level === 'mentions') count += room.mentions
  }
  return count
}

/** The lock that a tab holds while a person looks at a room in it. */
export function lookingLock(room: RoomId): string {
  return `${keptAs}.looking.${room}`
}
