import type { RoomId, UserId } from '@parlance/client/models'
import { keptAs } from '../base.ts'

const kept = 30
const keyOf = (account: UserId) => `${keptAs}.recent-rooms.${account}`

/** The rooms that an account had open in this browser, the last one first. */
export function readRecentRooms(account: UserId): readonly RoomId[] {
  try {
    const ids: unknown = JSON.parse(localStorage.getItem(keyOf(account)) ?? '[]')
    return Array.isArray(ids) ? ids.filter((id) => typeof id === 'number') : []
  } catch {
    return []
  }
}

export function keepRecentRoom(account: UserId, room: RoomId): void {
  const ids = [room, ...readRecentRooms(account).filter((id) => id !== room)].slice(0, kept)
  try {
    localStorage.setItem(keyOf(account), JSON.stringify(ids))
  } catch {
    // Without storage one begins at the list.
  }
}
