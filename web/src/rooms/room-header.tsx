import type { Room } from '@parlance/client/room'
import { ArrowLeft, Ellipsis, PanelRight, Users } from 'lucide-react'
import { useRef, useState } from 'react'
import { useLocation } from 'wouter'
import { useRoomSnapshot } from '../chat/client.ts'
import { serverDate } from '../chat/now.ts'
import { paths, roomPath } from '../paths.ts'
import { useTexts } from '../texts/texts.ts'
import { Avatar } from '../ui/avatar.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { late, lateWindow } from '../ui/late.tsx'
import { MenuButton } from '../ui/menu-button.tsx'
import { useToasts } from '../ui/toasts.ts'
import styles from './room-header.module.css'
import { RoomIcon } from './room-icon.tsx'
import { roomName } from './room-name.ts'

const RoomMenu = late(async () => (await import('./room-menu.tsx')).RoomMenu)
const JumpToDate = lateWindow(async () => (await import('../timeline/jump-to-date.tsx')).JumpToDate)

interface RoomHeaderProps {
  readonly room: Room
  readonly hasDetails: boolean
  readonly onDetails: () => void
}

/** What the room is, who is there, and what can be done with it. */
export function RoomHeader({ room, hasDetails, onDetails }: RoomHeaderProps) {
  const texts = useTexts()
  const toasts = useToasts()
  const [, go] = useLocation()
  const { summary, online, onlineCount } = useRoomSnapshot(room)
  const { visibility, peer, topic, members } = summary
  const isDirect = visibility === 'direct'
  const name = roomName(texts, summary)
  const isPeerOnline = peer?.id != null && online.has(peer.id)
  const menu = useRef<HTMLButtonElement>(null)
  const [isJumping, setJumping] = useState(false)
  const jump = async (day: Date) => {
    const seq = await room.jumpToDate(day)
    if (seq === undefined) toasts.say(texts.timeline.noneSince)
    else go(roomPath(room.id, seq))
  }
  const now = serverDate()
  return (
    <header className={styles.header}>
      <IconButton
        className={styles.back ?? ''}
        label={texts.common.back}
        icon={<ArrowLeft />}
        onClick={() => go(paths.home)}
      />
      {isDirect && peer != null ? (
        <Avatar user={peer} size="sm" isOnline={isPeerOnline} />
      ) : (
        <span className={styles.icon}>
          <RoomIcon room={summary} />
        </span>
      )}
      <div className={styles.words}>
        <h1 className={styles.name} dir="auto" data-tip={name}>
          {name}
        </h1>
        {isDirect && peer?.kind === 'user' && (
          <p className={styles.about}>{isPeerOnline ? texts.rooms.online : texts.rooms.offline}</p>
        )}
        {!isDirect && topic !== '' && (
          <button type="button" className={styles.about} data-tip={topic} onClick={onDetails}>
            <span dir="auto">{topic}</span>
          </button>
        )}
      </div>
      {isDirect ? (
        <IconButton
          label={texts.rooms.details}
          icon={<PanelRight />}
          aria-expanded={hasDetails}
          onClick={onDetails}
        />
      ) : (
        <button
          type="button"
          className={styles.members}
          aria-expanded={hasDetails}
          onClick={onDetails}
          data-tip={texts.rooms.whoIsThere(members, onlineCount)}
        >
          <span className="visually-hidden">
            {texts.rooms.details}: {texts.rooms.whoIsThere(members, onlineCount)}
          </span>
          <Users aria-hidden="true" />
          <span aria-hidden="true">{members}</span>
          {onlineCount > 0 && (
            <span aria-hidden="true" className={styles.online}>
              {onlineCount}
            </span>
          )}
        </button>
      )}
      <MenuButton
        opener={menu}
        button={(props) => <IconButton label={texts.rooms.thisRoom} icon={<Ellipsis />} {...props} />}
      >
        {/* The menu gives the focus back first. */}
        <RoomMenu room={room} onJumpToDate={() => requestAnimationFrame(() => setJumping(true))} />
      </MenuButton>
      {isJumping && (
        <JumpToDate
          room={room}
          at={now.toISOString()}
          today={now}
          opener={menu}
          isOpen
          onOpenChange={setJumping}
          onJump={jump}
        />
      )}
    </header>
  )
}
