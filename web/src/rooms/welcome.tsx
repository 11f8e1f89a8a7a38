import { Compass, MessageSquarePlus, MessagesSquare, Plus } from 'lucide-react'
import { useLocation } from 'wouter'
import { useAccount, useOwnRooms } from '../chat/client.ts'
import { paths } from '../paths.ts'
import { useAllTexts } from '../texts/late-texts.ts'
import { Button } from '../ui/button.tsx'
import { Empty } from '../ui/empty.tsx'
import { useRoomWindows } from './use-room-windows.ts'
import styles from './welcome.module.css'

/** What there is to do where no room is open, and none was before. */
export function Welcome() {
  const { rooms: texts } = useAllTexts()
  const { name, kind } = useAccount()
  const rooms = useOwnRooms()
  const openWindow = useRoomWindows()
  const [, go] = useLocation()
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
