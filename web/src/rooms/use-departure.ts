import type { RoomId } from '@parlance/client/models'
import { useEffect, useState } from 'react'
import { useClient } from '../chat/client.ts'

/** How one ceased to be a member; `gone` where that was while one was away. */
export type Departure = 'left' | 'removed' | 'banned' | 'gone'

/** How one has left the room that is open, while it was; undefined where one has not. */
export function useDeparture(id: RoomId): Departure | undefined {
  const client = useClient()
  const [departure, setDeparture] = useState<Departure>()
  useEffect(
    () =>
      client.listen({
        signal: (signal) => {
          if (signal.room !== id) return
          if (signal.type === 'room.removed') setDeparture(signal.reason)
          if (signal.type === 'room.added') setDeparture(undefined)
        },
        reset: ({ room, reason }) => {
          if (room === id && reason === 'not_a_member') setDeparture('gone')
        },
      }),
    [client, id],
  )
  return departure
}
