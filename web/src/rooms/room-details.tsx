import type { Room } from '@parlance/client/room'
import { X } from 'lucide-react'
import { useTexts } from '../texts/texts.ts'
import { Dialog } from '../ui/dialog.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { RoomAbout } from './room-about.tsx'
import styles from './room-details.module.css'

interface RoomDetailsProps {
  readonly room: Room
  readonly onClose: () => void
}

/** What the room is and who is in it, over the messages where there is no place beside them. */
export function RoomDetailsDialog({ room, onClose }: RoomDetailsProps) {
  const { rooms } = useTexts()
  return (
    <Dialog title={rooms.details} isOpen onClose={onClose}>
      <RoomAbout room={room} />
    </Dialog>
  )
}

/** What the room is and who is in it, beside the messages. */
export function RoomDetails({ room, onClose }: RoomDetailsProps) {
  const { rooms, common } = useTexts()
  return (
    <aside className={styles.panel} aria-label={rooms.details}>
      <header className={styles.header}>
        <h2 className={styles.title}>{rooms.details}</h2>
        <IconButton label={common.close} icon={<X />} size="sm" onClick={onClose} />
      </header>
      <div className={styles.scroll}>
        <RoomAbout room={room} />
      </div>
    </aside>
  )
}
