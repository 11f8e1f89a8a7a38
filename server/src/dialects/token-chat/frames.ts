import type { Message, RoomId } from '@parlance/protocol/models'
import type { Clock } from '../../ports/clock.ts'
import { shownId } from '../contract/shown-id.ts'
import { withOffset } from '../contract/timestamp.ts'

/** What does not go, told to who asked for it (contracts.md §3). */
export function errorFrame(content: string): string {
  return JSON.stringify({ type: 'error', content })
}

export function pongFrame(clock: Clock): string {
  return JSON.stringify({ type: 'pong', timestamp: withOffset(clock.timestamp()) })
}

/** What was said before one came, oldest first. */
export function historyFrame(room: RoomId, messages: readonly Message[]): string {
  return JSON.stringify({
    type: 'message_history',
    room_id: room,
    messages: messages.map(({ id, text, author, at }) => ({
      id,
      content: text,
      user_id: shownId(author),
      username: author.name,
      timestamp: withOffset(at),
    })),
  })
}
