import type { RoomInfo, User } from '@parlance/client/models'
import { useCallback, useMemo } from 'react'
import { useRoute } from 'wouter'
import { useAccount, useClient, useOwnRooms } from '../chat/client.ts'
import { useAllTexts } from '../texts/late-texts.ts'
import { useLanguage } from '../texts/texts.ts'
import { useNotReady } from '../ui/late.tsx'
import { type FoundRoom, findRooms } from './find-rooms.ts'
import { fuzzyMatch, type Match } from './fuzzy.ts'
import { readRecentRooms } from './recent-rooms.ts'
import { roomName } from './room-name.ts'
import { type SwitcherCommand, useCommands } from './use-commands.tsx'
import { useSearch } from './use-search.ts'
import { useUserSearch } from './use-user-search.ts'

const mostOwn = 8
const mostOthers = 5

/** What one may choose in the switcher. */
export type SwitcherItem = { readonly key: string; readonly name: string; readonly match: Match } & (
  | { readonly kind: 'own'; readonly room: FoundRoom['room'] }
  | { readonly kind: 'listed'; readonly room: RoomInfo }
  | { readonly kind: 'person'; readonly user: User }
  | { readonly kind: 'command'; readonly command: SwitcherCommand }
)

export interface SwitcherGroup {
  readonly value: string
  readonly items: readonly SwitcherItem[]
}

/** What a search finds: one's own rooms, rooms to join, people to talk to, and things to do. */
export function useSwitcherGroups(search: string): readonly SwitcherGroup[] {
  const texts = useAllTexts()
  const language = useLanguage()
  const client = useClient()
  const account = useAccount()
  const rooms = useOwnRooms()
  const commands = useCommands()
  const [, route] = useRoute('/r/:room/:seq?')
  const current = route === null ? undefined : Number(route.room)
  const recent = useMemo(() => readRecentRooms(account.id), [account.id])
  const findListed = useCallback(
    async (name: string) =>
      (await client.request({ type: 'room.list', scope: 'listed', name, limit: 20 })).rooms,
    [client],
  )
  // Without an answer there are one's own rooms.
  const { found: listed = [], isSearching } = useSearch<RoomInfo>(search, findListed)
  const { found: people = [] } = useUserSearch(search)
  const matched = (name: string) => fuzzyMatch(search, name)

  const own: SwitcherItem[] = findRooms(rooms, search, {
    nameOf: (room) => roomName(texts, room),
    recent,
    current,
    language,
  })
    .slice(0, mostOwn)
    .map((found) => ({ ...found, kind: 'own', key: `own-${found.room.id}` }))
  const known = new Set(rooms.map(({ id }) => id))
  // What was found for an earlier text may not be meant any more.
  const others = listed.flatMap((room): SwitcherItem[] => {
    const match = matched(room.name)
    if (match === undefined || known.has(room.id)) return []
    return [{ kind: 'listed', key: `listed-${room.id}`, name: room.name, match, room }]
  })
  const spoken = new Set(rooms.map(({ peer }) => peer?.id))
  const persons = people.flatMap((user): SwitcherItem[] => {
    const match = matched(user.name)
    if (match === undefined || spoken.has(user.id)) return []
    return [{ kind: 'person', key: `person-${user.id}`, name: user.name, match, user }]
  })
  const done = commands.flatMap((command): SwitcherItem[] => {
    const match = matched(command.label)
    if (match === undefined) return []
    const { id, label } = command
    return [{ kind: 'command', key: `command-${id}`, name: label, match, command }]
  })
  const groups = [
    { value: texts.rooms.switcherOwn, items: own },
    { value: texts.rooms.switcherJoin, items: others.slice(0, mostOthers) },
    { value: texts.rooms.people, items: persons.slice(0, mostOthers) },
    { value: texts.rooms.switcherDo, items: done },
  ].filter(({ items }) => items.length > 0)
  // Who has typed ahead waits for what the server finds only where nothing else is there to choose.
  useNotReady(isSearching && groups.length === 0)
  return groups
}
