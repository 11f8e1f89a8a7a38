import type { RoomId } from '@parlance/client/models'
import { useEffect, useState } from 'react'
import { useAccount, useClient } from '../chat/client.ts'

/** How one ceased to be a member; `gone` where that was while one was away. */
export type Departure = 'left' | 'removed' | 'banned' | 'gone'

/**
 * How one has left the room that is open, while it was; undefined where one has not. What somebody else has done stays known to
 * this tab: a reload says it too, also of a room that is hidden now.
 */
export function useDeparture(id: RoomId): Departure | undefined {
  const client = useClient()
  const key = `parlance.departure.${useAccount().id}.${id}`
  const [departure, setDeparture] = useState<Departure | undefined>(() => read(key))
  useEffect(() => {
    const become = (next: Departure | undefined) => {
      setDeparture(next)
      keep(key, next)
    }
    if (client.room(id) !== undefined) become(undefined)
    return client.listen({
      signal: (signal) => {
        if (signal.room !== id) return
        if (signal.type === 'room.removed') become(signal.reason)
        if (signal.type === 'room.added') become(undefined)
      },
      reset: ({ room, reason }) => {
        if (room === id && reason === 'not_a_member') setDeparture((known) => known ?? 'gone')
      },
    })
  }, [client, id, key])
  return departure
}

function read(key: string): Departure | undefined {
  try {
    const kept = sessionStorage.getItem(key)
    return kept === 'removed' || kept === 'banned' ? kept : undefined
  } catch {
    return undefined
  }
}

function keep(key: string, departure: Departure | undefined): void {
  try {
    if (departure === 'removed' || departure === 'banned') sessionStorage.setItem(key, departure)
    else sessionStorage.removeItem(key)
  } catch {
    // A browser that forbids storage knows it until the reload.
  }
}
