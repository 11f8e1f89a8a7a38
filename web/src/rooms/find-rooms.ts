import type { OwnRoom, RoomId } from '@parlance/client/models'
import { searchKey } from '@parlance/client/search'
import { fuzzyMatch, type Match } from './fuzzy.ts'

export interface FoundRoom {
  readonly room: OwnRoom
  readonly name: string
  readonly match: Match
}

/**
 * One's own rooms that a search finds: the better the match the earlier, then who was open more recently, then by name.
 * Without a search the room that is open is left out: one is there.
 */
export function findRooms(
  rooms: readonly OwnRoom[],
  search: string,
  {
    nameOf,
    recent,
    current,
    language,
  }: {
    readonly nameOf: (room: OwnRoom) => string
    readonly recent: readonly RoomId[]
    readonly current: RoomId | undefined
    readonly language: string
  },
): readonly FoundRoom[] {
  const { compare } = new Intl.Collator(language, { numeric: true, sensitivity: 'base' })
  const age = ({ id }: OwnRoom) => (recent.includes(id) ? recent.indexOf(id) : recent.length)
  return rooms
    .filter(({ id }) => searchKey(search) !== '' || id !== current)
    .flatMap((room) => {
      const name = nameOf(room)
      const match = fuzzyMatch(search, name)
      return match === undefined ? [] : [{ room, name, match }]
    })
    .sort(
      (a, b) =>
        a.match.rank - b.match.rank ||
        Number(a.room.archived) - Number(b.room.archived) ||
        age(a.room) - age(b.room) ||
        compare(a.name, b.name),
    )
}
