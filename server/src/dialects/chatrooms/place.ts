import { protocolLimits } from '@parlance/protocol/limits'
import type { RoomId } from '@parlance/protocol/models'

/**
 * Where a client says that it is. Ids of rooms come as numbers and as strings; any other id is tolerated, and there is
 * no room under it (contracts.md §4).
 */
export interface Place {
  /** The same for the same place, however its id was written. */
  readonly key: string
  /** Undefined where the id is none that a room can have. */
  readonly room: RoomId | undefined
}

/** Undefined for what is no id at all. */
export function placeOf(id: unknown): Place | undefined {
  if (typeof id !== 'string' && typeof id !== 'number') return undefined
  const text = String(id).toWellFormed().trim()
  if (text === '' || text.length > protocolLimits.nameLength) return undefined
  const number = /^\+?\d+$/.test(text) ? Number(text) : 0
  const isRoom = number >= 1 && number <= 2_147_483_647
  return isRoom ? { key: String(number), room: number } : { key: text, room: undefined }
}
