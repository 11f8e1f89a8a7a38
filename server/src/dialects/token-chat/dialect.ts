import type { RoomId, Timestamp, User } from '@parlance/protocol/models'
import type { Dialect, Item } from '../../live/dialect.ts'
import type { Clock } from '../../ports/clock.ts'
import { shownId } from '../contract/shown-id.ts'
import { withOffset } from '../contract/timestamp.ts'

/** How the sockets with accounts are told what happens: `/ws/auth` follows its user, `/ws/room/{id}` hears one room. */
export interface TokenChatDialects {
  readonly account: Dialect
  readonly room: Dialect
}

/** Typing has no time of its own: it is told as of now. */
export function tokenChatDialects(clock: Clock): TokenChatDialects {
  const encode = (item: Item) => encodeItem(item, clock)
  return {
    account: { id: 'token-chat-account', followsUser: 'listed', listedOnly: true, encode },
    room: { id: 'token-chat-room', followsUser: false, listedOnly: true, encode },
  }
}

/** `/ws` and `/ws/echo` are in no room. */
export const plain: Dialect = { id: 'token-chat-plain', followsUser: false, encode: () => undefined }

/** What becomes of an item: the frames of contracts.md §3, the table of §6. */
function encodeItem(item: Item, clock: Clock): string | undefined {
  switch (item.type) {
    case 'message.created':
      return JSON.stringify({
        type: 'message',
        id: item.message,
        content: item.text,
        user_id: shownId(item.actor),
        username: item.actor.name,
        room_id: item.room,
        timestamp: withOffset(item.at),
      })
    case 'member.joined':
    case 'connection.entered':
      return about('user_joined', item.user, item.room, item.at)
    case 'member.left':
    case 'member.removed':
    case 'member.banned':
    case 'connection.left':
    case 'user.deleted':
      return about('user_left', item.user, item.room, item.at)
    case 'connection.lost':
      return about('user_disconnected', item.user, item.room, item.at)
    case 'typing':
      return about('user_typing', item.user, item.room, clock.timestamp())
    default:
      return undefined
  }
}

function about(type: string, user: User, room: RoomId, at: Timestamp): string {
  return JSON.stringify({
    type,
    user_id: shownId(user),
    username: user.name,
    room_id: room,
    timestamp: withOffset(at),
  })
}
