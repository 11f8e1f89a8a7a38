import type { Role, RoomMember } from '@parlance/client/models'
import type { Room } from '@parlance/client/room'
import { Ban, CalendarClock, Mic, MicOff, ShieldCheck, SquarePen, UserMinus } from 'lucide-react'
import { useLocation } from 'wouter'
import { useClient } from '../chat/client.ts'
import { roomPath } from '../paths.ts'
import { useAllTexts } from '../texts/late-texts.ts'
import { personName } from '../texts/person-name.ts'
import { MenuItem, MenuSeparator } from '../ui/menu.tsx'
import { useToasts } from '../ui/toasts.ts'
import { useConfirm } from '../ui/use-confirm.ts'
import type { MemberRights } from './member-rights.ts'
import { useRoomWindows } from './use-room-windows.ts'

interface MemberMenuProps {
  readonly room: Room
  readonly member: RoomMember
  readonly rights: MemberRights
  readonly canSpeak: boolean
  readonly isMuted: boolean
}

const minuteMs = 60_000
const muteTimes = [10 * minuteMs, 60 * minuteMs, 24 * 60 * minuteMs] as const

/** What one may do to a member. */
export function MemberMenu({ room: live, member, rights, canSpeak, isMuted }: MemberMenuProps) {
  const { rooms, common } = useAllTexts()
  const client = useClient()
  const toasts = useToasts()
  const confirm = useConfirm()
  const [, go] = useLocation()
  const openWindow = useRoomWindows()
  const { id: room } = live
  const { id: user } = member.user
  const name = personName(common, member.user)
  if (user === null) return null
  const attempt = (done: Promise<unknown>) => void done.catch(toasts.fail)
  const setRole = (role: Role) => attempt(client.request({ type: 'member.role', room, user, role }))
  const mute = (forMs: number) => attempt(client.request({ type: 'member.mute', room, user, forMs }))
  const speak = async () => go(roomPath((await client.request({ type: 'direct.open', user })).id))
  return (
    <>
      {canSpeak && (
        <MenuItem icon={<SquarePen />} onSelect={() => attempt(speak())}>
          {rooms.message(name)}
        </MenuItem>
      )}
      {rights.roles.map((role) => (
        <MenuItem key={role} icon={<ShieldCheck />} onSelect={() => setRole(role)}>
          {rooms.makeRole[role]}
        </MenuItem>
      ))}
      {rights.canMute && <MenuSeparator />}
      {rights.canMute && isMuted && (
        <MenuItem icon={<Mic />} onSelect={() => mute(0)}>
          {rooms.unmute}
        </MenuItem>
      )}
      {rights.canMute && !isMuted && (
        <>
          {muteTimes.map((forMs) => (
            <MenuItem key={forMs} icon={<MicOff />} onSelect={() => mute(forMs)}>
              {rooms.muteFor(forMs / minuteMs)}
            </MenuItem>
          ))}
          <MenuItem
            icon={<CalendarClock />}
            onSelect={() => openWindow({ kind: 'mute', room: live, user: { id: user, name } })}
          >
            {rooms.muteUntil}
          </MenuItem>
        </>
      )}
      {rights.canRemove && (
        <MenuItem
          icon={<UserMinus />}
          tone="danger"
          onSelect={() =>
            confirm({
              title: rooms.removeTitle(name),
              text: rooms.removeAbout,
              action: rooms.remove,
              onConfirm: () => client.request({ type: 'member.remove', room, user }),
            })
          }
        >
          {rooms.remove}
        </MenuItem>
      )}
      {rights.canBan && (
        <MenuItem
          icon={<Ban />}
          tone="danger"
          onSelect={() =>
            confirm({
              title: rooms.banTitle(name),
              text: rooms.banAbout,
              action: rooms.ban,
              onConfirm: () => client.request({ type: 'member.ban', room, user }),
            })
          }
        >
          {rooms.ban}
        </MenuItem>
      )}
    </>
  )
}
