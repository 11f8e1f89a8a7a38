import type { Room } from '@parlance/client/room'
import { Archive, CalendarSearch, CheckCheck, Link, LogOut, Pencil, UserPlus, X } from 'lucide-react'
import { useLocation, useRoute } from 'wouter'
import { useAccount, useClient, useRoomSnapshot } from '../chat/client.ts'
import { addressOf, paths, roomPath } from '../paths.ts'
import { prefer, usePreferences } from '../preferences.ts'
import { useAllTexts } from '../texts/late-texts.ts'
import { copyText } from '../ui/copy-text.ts'
import { MenuChoice, MenuItem, MenuSeparator } from '../ui/menu.tsx'
import { useToasts } from '../ui/toasts.ts'
import { useConfirm } from '../ui/use-confirm.ts'
import { closeDirect } from './closed-directs.ts'
import { roomRights } from './member-rights.ts'
import { levelOf } from './notification-level.ts'
import { useLeaveRoom } from './use-leave-room.ts'
import { useRoomWindows } from './use-room-windows.ts'

interface RoomMenuProps {
  readonly room: Room
  /** Offered where the messages are beside it. */
  readonly onJumpToDate?: () => void
}

/** Everything that can be done with a room, from its row and from its head. */
export function RoomMenu({ room, onJumpToDate }: RoomMenuProps) {
  const { rooms, common, timeline } = useAllTexts()
  const client = useClient()
  const account = useAccount()
  const toasts = useToasts()
  const confirm = useConfirm()
  const openWindow = useRoomWindows()
  const leave = useLeaveRoom()
  const preferences = usePreferences()
  const { summary } = useRoomSnapshot(room)
  const rights = roomRights(summary, account.kind)
  const isDirect = summary.visibility === 'direct'
  const [, go] = useLocation()
  const [isShown] = useRoute(`${roomPath(room.id)}/:seq?`)
  const copyLink = () => {
    const url = addressOf(roomPath(room.id))
    copyText(url).then(() => toasts.say(common.copied), toasts.fail)
  }
  const close = () => {
    if (summary.unread > 0) room.markRead()
    closeDirect(account.id, summary)
    if (isShown) go(paths.home)
  }
  const archive = () =>
    confirm({
      title: rooms.archiveTitle(summary.name),
      text: rooms.archiveAbout,
      action: rooms.archiveAction,
      onConfirm: () => client.request({ type: 'room.archive', room: room.id }),
    })
  return (
    <>
      {summary.unread > 0 && (
        <MenuItem icon={<CheckCheck />} onSelect={() => room.markRead()}>
          {timeline.markAsRead}
        </MenuItem>
      )}
      {onJumpToDate !== undefined && (
        <MenuItem icon={<CalendarSearch />} onSelect={onJumpToDate}>
          {timeline.jumpToDate}
        </MenuItem>
      )}
      {rights.canInvite && (
        <MenuItem icon={<UserPlus />} onSelect={() => openWindow({ kind: 'invite', room })}>
          {rooms.invite}
        </MenuItem>
      )}
      {rights.canEditTopic && (
        <MenuItem icon={<Pencil />} onSelect={() => openWindow({ kind: 'edit', room })}>
          {rooms.edit}
        </MenuItem>
      )}
      <MenuItem icon={<Link />} onSelect={copyLink}>
        {rooms.copyLink}
      </MenuItem>
      <MenuSeparator />
      <MenuChoice
        label={rooms.level}
        value={levelOf(preferences, summary)}
        options={[
          { value: 'all', label: rooms.levels.all },
          { value: 'mentions', label: rooms.levels.mentions },
          { value: 'none', label: rooms.levels.none },
        ]}
        onChange={(level) => prefer({ levels: { ...preferences.levels, [room.id]: level } })}
      />
      {isDirect && (
        <>
          <MenuSeparator />
          <MenuItem icon={<X />} onSelect={close}>
            {rooms.closeDirect}
          </MenuItem>
        </>
      )}
      {!isDirect && (
        <>
          <MenuSeparator />
          {rights.canArchive && (
            <MenuItem icon={<Archive />} onSelect={archive}>
              {rooms.archiveAction}
            </MenuItem>
          )}
          <MenuItem icon={<LogOut />} tone="danger" onSelect={() => leave(summary)}>
            {rooms.leave}
          </MenuItem>
        </>
      )}
    </>
  )
}
