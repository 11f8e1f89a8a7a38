import type { OwnRoom } from '@parlance/client/models'
import type { NotificationLevel, Preferences } from '../preferences.ts'

/** What of a room is told outside of it. */
export function levelOf(
  { levels, level }: Pick<Preferences, 'levels' | 'level'>,
  { id, visibility }: Pick<OwnRoom, 'id' | 'visibility'>,
): NotificationLevel {
  return levels[id] ?? (visibility === 'direct' ? 'all' : level)
}
