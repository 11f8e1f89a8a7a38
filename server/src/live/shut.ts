import type { Event, EventType } from '@parlance/protocol/events'
import type { Connection } from './connection.ts'

/** Why a room is not somebody’s any more. */
export type Shut = 'left' | 'removed' | 'banned'

const shutting: { readonly [T in EventType]?: Shut } = {
  'member.left': 'left',
  'member.removed': 'removed',
  'member.banned': 'banned',
  'room.updated': 'removed',
}

/** Whether the event shuts anybody out; most are messages. */
export function mayShut({ type }: Event): boolean {
  return shutting[type] !== undefined
}

/** Why the room is not the connection's from this event on; undefined where it stays. */
export function shuts(event: Event | undefined, { holder }: Connection): Shut | undefined {
  if (event === undefined || holder === undefined || !mayShut(event)) return undefined
  const isMeant =
    event.type === 'room.updated'
      ? holder.isGuest && event.visibility !== 'open'
      : 'user' in event && event.user.id === holder.user
  return isMeant ? shutting[event.type] : undefined
}
