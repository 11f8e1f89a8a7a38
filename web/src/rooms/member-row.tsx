import type { OwnRoom, RoomMember } from '@parlance/client/models'
import type { Room } from '@parlance/client/room'
import { Ellipsis, MicOff } from 'lucide-react'
import { memo } from 'react'
import { useAccount } from '../chat/client.ts'
import { serverDate, serverNow } from '../chat/now.ts'
import { useAllTexts } from '../texts/late-texts.ts'
import { personName } from '../texts/person-name.ts'
import { useLanguage } from '../texts/texts.ts'
import { datesOf } from '../timeline/days.ts'
import { Avatar } from '../ui/avatar.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { MenuButton } from '../ui/menu-button.tsx'
import { MemberMenu } from './member-menu.tsx'
import { memberRights } from './member-rights.ts'
import styles from './member-row.module.css'

interface MemberRowProps {
  readonly room: Room
  readonly summary: OwnRoom
  readonly member: RoomMember
  /** Undefined where nobody knows. */
  readonly isOnline: boolean | undefined
}

/** One member: name, role, whether they are muted, and what one may do. */
export const MemberRow = memo(function MemberRow({ room, summary, member, isOnline }: MemberRowProps) {
  const { rooms, common } = useAllTexts()
  const language = useLanguage()
  const me = useAccount()
  const { user, role, mutedUntil } = member
  const name = personName(common, user)
  const isMuted = mutedUntil !== null && Date.parse(mutedUntil) > serverNow()
  const rights = memberRights(summary, me.id, member)
  const canSpeak = user.id !== me.id && user.kind === 'user' && me.kind === 'user'
  const hasMenu = canSpeak || rights.canMute || rights.roles.length > 0
  return (
    <li className={styles.row}>
      <Avatar user={user} size="sm" isOnline={isOnline} />
      <span className={styles.name} dir="auto" data-tip={name}>
        {name}
        {user.id === me.id && <span className={styles.mark}> ({common.you})</span>}
      </span>
      {role !== 'member' && <span className={styles.mark}>{rooms.roles[role]}</span>}
      {isMuted && (
        <MicOff
          role="img"
          aria-label={rooms.muted(datesOf(language).since(mutedUntil, serverDate()))}
          className={styles.muted}
        />
      )}
      {hasMenu && (
        <MenuButton
          button={(props) => (
            <IconButton label={rooms.memberMenu(name)} icon={<Ellipsis />} size="sm" {...props} />
          )}
        >
          <MemberMenu room={room} member={member} rights={rights} canSpeak={canSpeak} isMuted={isMuted} />
        </MenuButton>
      )}
    </li>
  )
})
