import type { OwnRoom, RoomId } from '@parlance/client/models'

/**
 * The room before (`step` -1) or after the one that is open, in the order of the list and round its ends; of those that
 * `isWanted` alone. Undefined where there is no other.
 */
export function nextRoom(
  rooms: readonly OwnRoom[],
  current: RoomId | undefined,
  step: 1 | -1,
  isWanted: (room: OwnRoom) => boolean = () => true,
): OwnRoom | undefined {
  const at = rooms.findIndex(({ id }) => id === current)
  const from = at < 0 && step < 0 ? 0 : at
  for (let i = 1; i <= rooms.length; i += 1) {
    const room = rooms.at((from + step * i) % rooms.length)
    if (room !== undefined && room.id !== current && isWanted(room)) return room
  }
  return undefined
}
