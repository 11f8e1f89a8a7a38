import type { Standing } from '../ports/store.ts'
import type { Actor, Chat } from './chat.ts'

/** What every draft about a room says: where, by whom, when, and as of which event the right to it was seen (SPEC AC14). */
export function inRoom(chat: Chat, { id, name }: Actor, { room }: Standing) {
  return { room: room.id, actor: { id, name }, at: chat.clock.timestamp(), asOf: room.head }
}
