import { segmentAfter } from '../contract/sockets.ts'

/** Characters that the name of a named room has at most: it lives in memory, in topics and in log lines. */
const maxLength = 256

/** The named room of a path `/ws/{room}`; undefined where it names none (contracts.md §1): refused with 403. */
export function namedRoom(path: string): string | undefined {
  const name = segmentAfter(path, '/ws/')
  return name === undefined || [...name].length > maxLength ? undefined : name
}
