import type { Timestamp, User } from '@parlance/protocol/models'
import type { Dialect, Item } from '../../live/dialect.ts'
import { shownId } from '../contract/shown-id.ts'
import { withOffset } from '../contract/timestamp.ts'

/** What a room tells the sockets of `/ws/chat/{id}` (contracts.md §5, §6). */
export const envelope: Dialect = { id: 'envelope', followsUser: false, listedOnly: true, encode }

function encode(item: Item): string | undefined {
  switch (item.type) {
    case 'message.created':
      return JSON.stringify({
        type: 'new_message',
        id: item.message,
        text: item.text,
        sender_id: shownId(item.actor),
        sender_username: item.actor.name,
        room_id: item.room,
        created_at: withOffset(item.at),
      })
    case 'member.joined':
    case 'connection.entered':
      return activity(item.user, 'joined', item.at)
    case 'member.left':
    case 'member.removed':
    case 'member.banned':
    case 'connection.left':
    case 'user.deleted':
      return activity(item.user, 'left', item.at)
    case 'connection.lost':
      return item.last ? activity(item.user, 'left', item.at) : undefined
    default:
      return undefined
  }
}

function activity(user: User, action: 'joined' | 'left', at: Timestamp): string {
  return JSON.stringify({ type: 'user_activity', user_id: shownId(user), action, timestamp: withOffset(at) })
}
