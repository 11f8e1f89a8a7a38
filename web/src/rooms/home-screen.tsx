import type { RoomId } from '@parlance/client/models'
import { Compass, MessageSquarePlus, MessagesSquare, Plus } from 'lucide-react'
import { useEffect } from 'react'
import { useLocation } from 'wouter'
import { useAccount, useOwnRooms } from '../chat/client.ts'
import { paths, roomPath } from '../paths.ts'
import { usePreferences } from '../preferences.ts'
import { useTexts } from '../texts/texts.ts'
import { Button } from '../ui/button.tsx'
import { Empty } from '../ui/empty.tsx'
import { useMedia } from '../ui/use-media.ts'
import styles from './home-screen.module.css'
import { isClosed } from './is-closed.ts'
import { readRecentRooms } from './recent-rooms.ts'
import { useRoomWindows } from './use-room-windows.ts'

/** Nothing is open: beside the list the room that was open last, else what there is to do. */
export function HomeScreen() {
  const { rooms: texts } = useTexts()
  const { id: me, name, kind } = useAccount()
  const rooms = useOwnRooms()
  const openWindow = useRoomWindows()
  const isWide = useMedia('(min-width: 768px)')
  const [, go] = useLocation()
  const preferred = usePreferences()
  const isThere = (last: RoomId) => rooms.some((room) => room.id === last && !isClosed(preferred, me, room))
  const last = readRecentRooms(me).find(isThere)
  const hasLast = last !== undefined
  useEffect(() => {
    if (last !== undefined && isWide) go(roomPath(last), { replace: true })
  }, [last, isWide, go])
  if (hasLast) return null
  return (
    <Empty icon={<MessagesSquare />} title={texts.welcome(name)}>
      <p>{rooms.length === 0 ? texts.welcomeEmpty : texts.welcomeChoose}</p>
      <div className={styles.ways}>
        <Button tone="primary" icon={<Compass />} onClick={() => go(paths.browse)}>
          {kind === 'guest' ? texts.browseOpen : texts.browse}
        </Button>
        <Button icon={<Plus />} onClick={() => openWindow({ kind: 'create' })}>
          {texts.create}
        </Button>
        {kind === 'user' && (
          <Button icon={<MessageSquarePlus />} onClick={() => openWindow({ kind: 'direct' })}>
            {texts.newDirect}
          </Button>
        )}
      </div>
    </Empty>
  )
}
