import { type Client, type ClientSnapshot, createClient } from '@parlance/client'
import { roomCache } from '@parlance/client/cache'
import type { Account, OwnRoom, RoomId } from '@parlance/client/models'
import type { Room, RoomSnapshot } from '@parlance/client/room'
import { createContext, use, useSyncExternalStore } from 'react'
import { base } from '../base.ts'
import { browserName } from './browser-name.ts'
import { idbStorage } from './idb-storage.ts'
import { goBy } from './now.ts'

/** The client of this page: its session is in an HttpOnly cookie, what it keeps is in IndexedDB. */
export function makeClient(): Client {
  const storage = idbStorage()
  const client = createClient({
    url: location.origin + base,
    cookie: true,
    name: browserName(navigator.userAgent),
    storage,
    cache: roomCache(storage),
  })
  goBy(client)
  return client
}

export const ClientContext = createContext<Client | undefined>(undefined)
export const AccountContext = createContext<Account | undefined>(undefined)

export function useClient(): Client {
  const client = use(ClientContext)
  if (client === undefined) throw new Error('There is no client around this component.')
  return client
}

/** Who one is; only below the log-in. */
export function useAccount(): Account {
  const account = use(AccountContext)
  if (account === undefined) throw new Error('Nobody is logged in around this component.')
  return account
}

export function useClientSnapshot(): ClientSnapshot {
  const { subscribe, getSnapshot } = useClient()
  return useSyncExternalStore(subscribe, getSnapshot)
}

export function useRoomSnapshot({ subscribe, getSnapshot }: Room): RoomSnapshot {
  return useSyncExternalStore(subscribe, getSnapshot)
}

/** The rooms one belongs to. */
export function useOwnRooms(): readonly OwnRoom[] {
  return useClientSnapshot().rooms
}

/** A room one belongs to, by its id. */
export function useOwnRoom(id: RoomId): Room | undefined {
  const client = useClient()
  // The list changes whenever one enters or leaves a room.
  useOwnRooms()
  return client.room(id)
}
