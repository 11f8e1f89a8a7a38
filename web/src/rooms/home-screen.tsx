import type { RoomId } from '@parlance/client/models'
import { useEffect } from 'react'
import { useLocation } from 'wouter'
import { useAccount, useOwnRooms } from '../chat/client.ts'
import { roomPath } from '../paths.ts'
import { usePreferences } from '../preferences.ts'
import { late } from '../ui/late.tsx'
import { useMedia } from '../ui/use-media.ts'
import { isClosed } from './is-closed.ts'
import { readRecentRooms } from './recent-rooms.ts'

const Welcome = late(async () => (await import('./welcome.tsx')).Welcome)

/** Nothing is open: beside the list the room that was open last, else what there is to do. */
export function HomeScreen() {
  const { id: me } = useAccount()
  const rooms = useOwnRooms()
  const isWide = useMedia('(min-width: 768px)')
  const [, go] = useLocation()
  const preferred = usePreferences()
  const isThere = (last: RoomId) => rooms.some((room) => room.id === last && !isClosed(preferred, me, room))
  const last = readRecentRooms(me).find(isThere)
  const hasLast = last !== undefined
  useEffect(() => {
    if (last !== undefined && isWide) go(roomPath(last), { replace: true })
  }, [last, isWide, go])
  return hasLast ? null : <Welcome />
}
