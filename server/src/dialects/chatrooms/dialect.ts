import type { RoomId } from '@parlance/protocol/models'
import type { Dialect, Item } from '../../live/dialect.ts'
import { memberSid } from '../contract/member-sid.ts'
import { withOffset } from '../contract/timestamp.ts'
import { eventPacket } from './packets.ts'

/** What a room tells Socket.IO clients (contracts.md §4, §6). */
export const chatrooms: Dialect = { id: 'chatrooms', followsUser: false, guests: true, encode }

function encode(item: Item): string | undefined {
  switch (item.type) {
    case 'message.created':
      return eventPacket('new_message', {
        id: item.message,
        room_id: item.room,
        sender: item.actor.name,
        content: item.text,
        message: item.text,
        timestamp: withOffset(item.at),
      })
    case 'member.joined':
      return arrival('user_joined', memberSid(item.user.id), item.user.name, item.room)
    case 'connection.entered':
      return arrival('user_joined', item.connection, item.user.name, item.room)
    case 'member.left':
    case 'member.removed':
    case 'member.banned':
    case 'user.deleted':
      return arrival('user_left', memberSid(item.user.id), item.user.name, item.room)
    case 'connection.left':
    case 'connection.lost':
      return arrival('user_left', item.connection, item.user.name, item.room)
    case 'line.joined':
    case 'line.left': {
      const { type, name, place } = item
      const event = type === 'line.joined' ? 'user_joined' : 'user_left'
      return place === undefined ? undefined : arrival(event, place.connection, name, place.room)
    }
    default:
      return undefined
  }
}

function arrival(event: string, sid: string, username: string, room: RoomId | string): string {
  return eventPacket(event, { sid, username, room_id: room })
}
