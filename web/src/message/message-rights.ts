import type { Account, Message, OwnRoom } from '@parlance/client/models'

/** What one may do with a message; the server decides, this only spares the asking. */
export interface MessageRights {
  /** Answer it, react to it. */
  readonly write: boolean
  readonly edit: boolean
  readonly remove: boolean
}

const none: MessageRights = { write: false, edit: false, remove: false }

/** By the rules of the server: who is muted, or where a room is archived, nobody changes anything. */
export function messageRights(
  message: Message,
  room: OwnRoom,
  account: Account,
  nowMs: number,
): MessageRights {
  const isMuted = room.mutedUntil !== null && Date.parse(room.mutedUntil) > nowMs
  if (message.deletedAt !== null || room.archived || isMuted) return none
  const isOwn = message.author.id === account.id
  return {
    write: true,
    edit: isOwn,
    remove: isOwn || (room.role !== 'member' && room.visibility !== 'direct'),
  }
}
