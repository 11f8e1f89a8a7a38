import type { RoomId, User } from '@parlance/protocol/models'
import type { Broker } from '../ports/broker.ts'
import type { Clock } from '../ports/clock.ts'
import type { Notice } from '../ports/notice.ts'
import type { Connection } from './connection.ts'
import type { Hub } from './hub.ts'

/**
 * Tells a room that a connection of this user came to it, left it or was lost: what the contracts call entering and
 * leaving. `outside`: the user is a guest, and the room is not open or there is none.
 */
export function announce(
  { hub, broker, clock }: { readonly hub: Hub; readonly broker: Broker; readonly clock: Clock },
  type: Notice['type'],
  room: RoomId,
  user: User,
  connection: Connection,
  name: string,
  outside = false,
): void {
  const others =
    user.id === null ? [] : [...hub.connectionsOf(user.id)].filter((other) => other !== connection)
  const last = !others.some(({ rooms, came }) => rooms.has(room) && (came?.has(room) ?? true))
  broker.publish(`room:${room}`, {
    kind: 'signal',
    signal: { type, room, user, connection: name, at: clock.timestamp(), last, ...(outside && { outside }) },
  })
}
