import type { MessageId, RoomId, Timestamp } from '@parlance/protocol/models'
import { withOffset } from '../contract/timestamp.ts'

interface Stored {
  readonly id: MessageId
  readonly room: RoomId
  readonly at: Timestamp
  readonly author: { readonly name: string }
  readonly text: string
}

/** A message as REST answers and acks show it (contracts.md §4): the text and the room under both of their names. */
export function messageObject({ id, room, at, author, text }: Stored) {
  return {
    id,
    sender: author.name,
    content: text,
    message: text,
    timestamp: withOffset(at),
    chatroom_id: room,
    room_id: room,
  }
}
