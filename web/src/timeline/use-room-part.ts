import type { Room, RoomSnapshot } from '@parlance/client/room'
import { useSyncExternalStore } from 'react'

/** A part of a room's snapshot; the component is drawn again when that part changes, and for nothing else. */
export function useRoomPart<const K extends keyof RoomSnapshot>(
  { subscribe, getSnapshot }: Room,
  part: K,
): RoomSnapshot[K] {
  return useSyncExternalStore(subscribe, () => getSnapshot()[part])
}
