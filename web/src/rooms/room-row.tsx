import type { OwnRoom } from '@parlance/client/models'
import type { Room } from '@parlance/client/room'
import { Ellipsis, PencilLine } from 'lucide-react'
import { memo, useEffect, useRef } from 'react'
import { Link } from 'wouter'
import { useClient, useRoomSnapshot } from '../chat/client.ts'
import { useHasDraft } from '../composer/drafts.ts'
import { roomPath } from '../paths.ts'
import { usePreferences } from '../preferences.ts'
import { useTexts } from '../texts/texts.ts'
import { Avatar } from '../ui/avatar.tsx'
import { Badge } from '../ui/badge.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { late } from '../ui/late.tsx'
import { MenuButton } from '../ui/menu-button.tsx'
import { RoomIcon } from './room-icon.tsx'
import { roomName } from './room-name.ts'
import styles from './room-row.module.css'
import { waitingIn } from './waiting.ts'

const RoomMenu = late(async () => (await import('./room-menu.tsx')).RoomMenu)

interface RoomRowProps {
  readonly room: OwnRoom
  readonly isCurrent: boolean
  /** Whether the Tab key comes to it. */
  readonly isStop: boolean
}

/** One room in the list: its name, what waits there, and behind a right click what can be done with it. */
export const RoomRow = memo(function RoomRow({ room, isCurrent, isStop }: RoomRowProps) {
  const texts = useTexts()
  const live = useClient().room(room.id)
  const { isUnread, isLoud, isQuiet } = waitingIn(usePreferences(), room)
  const hasDraft = useHasDraft(room.id) && !isCurrent
  const name = roomName(texts, room)
  const tabIndex = isStop ? 0 : -1
  const item = useRef<HTMLLIElement>(null)
  useEffect(() => {
    // A room that was gone to by keys or a link may be far down the list.
    if (isCurrent) item.current?.scrollIntoView({ block: 'nearest' })
  }, [isCurrent])
  return (
    <li
      ref={item}
      className={styles.item}
      onContextMenu={(event) => {
        event.preventDefault()
        event.currentTarget.querySelector('button')?.click()
      }}
    >
      <Link
        href={roomPath(room.id)}
        className={styles.row}
        tabIndex={tabIndex}
        aria-current={isCurrent ? 'page' : undefined}
        data-unread={isUnread || undefined}
        data-quiet={isQuiet || undefined}
        data-room={room.id}
      >
        {room.visibility === 'direct' && room.peer != null && live !== undefined ? (
          <PeerAvatar room={live} peer={room.peer} />
        ) : (
          <span className={styles.icon}>
            <RoomIcon room={room} />
          </span>
        )}
        <span className={styles.name} dir="auto" data-tip={name}>
          {name}
        </span>
        {hasDraft && <PencilLine role="img" aria-label={texts.rooms.draft} className={styles.draft} />}
        <span className={styles.badge}>
          {room.mentions > 0 ? (
            <Badge count={room.mentions} tone="loud" label={texts.common.mentions(room.mentions)} />
          ) : (
            <Badge
              count={room.unread}
              tone={isLoud ? 'loud' : 'quiet'}
              label={texts.common.unread(room.unread)}
            />
          )}
        </span>
      </Link>
      {live !== undefined && (
        <MenuButton
          button={(props) => (
            <IconButton
              className={styles.more ?? ''}
              label={texts.rooms.roomMenu(name)}
              icon={<Ellipsis />}
              size="sm"
              tabIndex={tabIndex}
              {...props}
            />
          )}
        >
          <RoomMenu room={live} />
        </MenuButton>
      )}
    </li>
  )
})

function PeerAvatar({ room, peer }: { readonly room: Room; readonly peer: NonNullable<OwnRoom['peer']> }) {
  const { rooms } = useTexts()
  const { online } = useRoomSnapshot(room)
  const isOnline = peer.id !== null && online.has(peer.id)
  return (
    <>
      <Avatar user={peer} size="sm" isOnline={isOnline} />
      {isOnline && <span className="visually-hidden">{rooms.online}</span>}
    </>
  )
}
