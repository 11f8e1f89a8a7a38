import type { OwnRoom } from '@parlance/client/models'

/** The rooms one belongs to, as the list shows them. */
export interface SortedRooms {
  readonly rooms: readonly OwnRoom[]
  readonly directs: readonly OwnRoom[]
  /** To be read only, out of the way. */
  readonly archived: readonly OwnRoom[]
}

/** Sorts rooms into the sections of the list, each by name as the language sorts names; conversations of two by the newest. */
export function sortRooms(
  all: readonly OwnRoom[],
  nameOf: (room: OwnRoom) => string,
  language: string,
): SortedRooms {
  const { compare } = new Intl.Collator(language, { numeric: true, sensitivity: 'base' })
  const sorted = all
    .map((room) => ({ room, name: nameOf(room) }))
    .sort((a, b) => compare(a.name, b.name) || a.room.id - b.room.id)
    .map(({ room }) => room)
  return {
    rooms: sorted.filter(({ visibility, archived }) => visibility !== 'direct' && !archived),
    directs: sorted
      .filter(({ visibility }) => visibility === 'direct')
      .sort((a, b) => (activeAt(a) < activeAt(b) ? 1 : activeAt(a) > activeAt(b) ? -1 : 0)),
    archived: sorted.filter(({ visibility, archived }) => visibility !== 'direct' && archived),
  }
}

/** When somebody last wrote there, or it was begun. A list kept by an older version does not know. */
function activeAt({ lastMessageAt, createdAt }: OwnRoom): string {
  return lastMessageAt ?? createdAt
}
