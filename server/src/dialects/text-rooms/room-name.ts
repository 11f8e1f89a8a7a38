import { tooLong } from '../contract/fields.ts'
import { segmentAfter } from '../contract/sockets.ts'
import type { Visit } from '../visit.ts'

/** Characters that the name of a named room has at most: it lives in memory, in topics and in log lines. */
const maxLength = 256

/** The named room of a path `/ws/{room}`; undefined where it names none (contracts.md §1): refused with 403. */
export function namedRoom(path: string): string | undefined {
  return segmentAfter(path, '/ws/')
}

/** Refuses a handshake with a room whose name is too long, as a route refuses such a field. */
export function refuseLongName(visit: Visit, room: string): boolean {
  const isLong = [...room].length > maxLength
  if (isLong) visit.refuse(422, [tooLong(['path', 'room'], maxLength, room)])
  return isLong
}
