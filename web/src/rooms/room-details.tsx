import type { Room } from '@parlance/client/room'
import { X } from 'lucide-react'
import { lazy, Suspense } from 'react'
import { useTexts } from '../texts/texts.ts'
import { IconButton } from '../ui/icon-button.tsx'
import { useMedia } from '../ui/use-media.ts'
import styles from './room-details.module.css'

const RoomAbout = lazy(async () => ({ default: (await import('./room-about.tsx')).RoomAbout }))
const Dialog = lazy(async () => ({ default: (await import('../ui/dialog.tsx')).Dialog }))

interface RoomDetailsProps {
  readonly room: Room
  readonly onClose: () => void
}

/** What the room is and who is in it: beside the messages where there is place, else over them. */
export function RoomDetails({ room, onClose }: RoomDetailsProps) {
  const { rooms, common } = useTexts()
  const isWide = useMedia('(min-width: 1100px)')
  if (!isWide)
    return (
      <Suspense>
        <Dialog title={rooms.details} isOpen onClose={onClose}>
          <RoomAbout room={room} />
        </Dialog>
      </Suspense>
    )
  return (
    <aside className={styles.panel} aria-label={rooms.details}>
      <header className={styles.header}>
        <h2 className={styles.title}>{rooms.details}</h2>
        <IconButton label={common.close} icon={<X />} size="sm" onClick={onClose} />
      </header>
      <div className={styles.scroll}>
        <Suspense>
          <RoomAbout room={room} />
        </Suspense>
      </div>
    </aside>
  )
}
