import type { OwnRoom, RoomId, UserId } from '@parlance/client/models'
import { prefer, preferences } from '../preferences.ts'
import { closedKey } from './is-closed.ts'

/** Takes a conversation of two out of the list, until somebody writes there again or one opens it. This device remembers it. */
export function closeDirect(me: UserId, { id, lastMessageAt }: Pick<OwnRoom, 'id' | 'lastMessageAt'>): void {
  prefer({ closed: { ...preferences().closed, [closedKey(me, id)]: lastMessageAt ?? '' } })
}

/** Puts it into the list again; does nothing where it was not closed. */
export function reopenDirect(me: UserId, room: RoomId): void {
  const { [closedKey(me, room)]: before, ...closed } = preferences().closed
  if (before !== undefined) prefer({ closed })
}
