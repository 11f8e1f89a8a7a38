import type { OwnRoom } from '@parlance/client/models'
import type { Preferences } from '../preferences.ts'

/** What waits in a room, as its row shows it. */
export interface Waiting {
  /** Whether its name stands out. */
  readonly isUnread: boolean
  /** One is meant: a mention, or a message of a direct conversation. */
  readonly isLoud: boolean
  /** One has said that one wants to hear nothing of it. */
  readonly isQuiet: boolean
}

/** Mentions stand out everywhere, other messages where the room is not quiet. */
export function waitingIn(
  { levels }: Pick<Preferences, 'levels'>,
  { id, visibility, unread, mentions }: Pick<OwnRoom, 'id' | 'visibility' | 'unread' | 'mentions'>,
): Waiting {
  const isQuiet = levels[id] === 'none'
  const isLoud = mentions > 0 || (visibility === 'direct' && unread > 0 && !isQuiet)
  return { isUnread: isLoud || (unread > 0 && !isQuiet), isLoud, isQuiet }
}
