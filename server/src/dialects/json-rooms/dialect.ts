import type { Timestamp } from '@parlance/protocol/models'
import type { Dialect } from '../../live/dialect.ts'

/** Who tells that somebody comes or goes. */
export const systemName = 'system'

/** What somebody is called who speaks plain text. */
const guestName = 'guest'

/** Messages with their author, comings and goings as the system's (contracts.md §2). */
export const jsonRooms: Dialect = {
  id: 'json-rooms',
  followsUser: false,
  encode(item) {
    switch (item.type) {
      case 'line.said':
        return frame('message', item.author ?? guestName, item.text, item.at)
      case 'line.joined':
        return frame('system', systemName, `${item.name} joined the room.`, item.at)
      case 'line.left':
        return frame('system', systemName, `${item.name} left the room.`, item.at)
      default:
        return undefined
    }
  },
}

/** A frame of this contract: these four fields, always. `error` is for its receiver alone. */
export function frame(
  type: 'message' | 'system' | 'error',
  username: string,
  content: string,
  timestamp: Timestamp,
): string {
  return JSON.stringify({ type, username, content, timestamp })
}
