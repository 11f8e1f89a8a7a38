import type { RoomId } from '@parlance/protocol/models'

/** What a client says in one frame; `error` is what it is told when that cannot be. */
export type Said =
  | { readonly type: 'ping' }
  | { readonly type: 'message'; readonly room: RoomId; readonly content: string }
  | { readonly type: 'typing' | 'join_room' | 'leave_room'; readonly room: RoomId }
  | { readonly type: 'error'; readonly content: string }

const maxRoomId = 2_147_483_647
/** Characters of a `room_id` that is none, as its error repeats it. */
const shownLength = 64

/**
 * Reads a frame of `/ws/auth`, or of `/ws/room/{id}` where `only` is that room (contracts.md §3). A missing `type`
 * means `message`. Null, false, zero and empty count as missing, as in the original, and so do values of a type that
 * can be no content or room; a `room_id` may be a string of digits.
 */
export function decode(text: string, only: RoomId | undefined): Said {
  const frame = parseObject(text)
  if (frame === undefined) return error('Invalid JSON format')
  const given = own(frame, 'type') ?? 'message'
  const type = typeof given === 'string' ? given.toWellFormed() : typeof given
  switch (type) {
    case 'ping':
      return { type }
    case 'message':
      return decodeMessage(frame, only)
    case 'typing':
      return inRoom(only ?? own(frame, 'room_id'), 'Missing room_id', (room) => ({ type, room }))
    case 'join_room':
    case 'leave_room':
      if (only !== undefined) break
      return inRoom(own(frame, 'room_id'), 'Missing room_id', (room) => ({ type, room }))
  }
  return error(`Unknown message type: ${type}`)
}

function decodeMessage(frame: object, only: RoomId | undefined): Said {
  const missing = only === undefined ? 'Missing content or room_id' : 'Missing content'
  const content = own(frame, 'content')
  if (typeof content !== 'string' || content === '') return error(missing)
  return inRoom(only ?? own(frame, 'room_id'), missing, (room) => ({
    type: 'message',
    room,
    content: content.toWellFormed(),
  }))
}

/** The object of a frame; undefined for what is no JSON or something else in JSON. */
function parseObject(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined
  } catch {
    return undefined
  }
}

/** A property that is the frame's own, whatever it is called. */
export function own(frame: object, key: string): unknown {
  return Object.getOwnPropertyDescriptor(frame, key)?.value
}

function inRoom(id: unknown, missing: string, make: (room: RoomId) => Said): Said {
  if ((typeof id !== 'number' && typeof id !== 'string') || id === 0 || id === '') return error(missing)
  const room = typeof id === 'number' ? id : /^\d{1,10}$/.test(id) ? Number(id) : undefined
  return room !== undefined && Number.isInteger(room) && room >= 1 && room <= maxRoomId
    ? make(room)
    : error(noRoom(String(id).slice(0, shownLength).toWellFormed()))
}

/** What a client is told of a room that it cannot see. */
export function noRoom(room: RoomId | string): string {
  return `Room ${room} does not exist`
}

function error(content: string): Said {
  return { type: 'error', content }
}
