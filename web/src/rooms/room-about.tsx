import type { Room } from '@parlance/client/room'
import { Pencil, UserPlus } from 'lucide-react'
import { useAccount, useRoomSnapshot } from '../chat/client.ts'
import { useAllTexts } from '../texts/late-texts.ts'
import { useLanguage } from '../texts/texts.ts'
import { datesOf } from '../timeline/days.ts'
import { Button } from '../ui/button.tsx'
import { BanList } from './ban-list.tsx'
import { MemberList } from './member-list.tsx'
import { roomRights } from './member-rights.ts'
import styles from './room-about.module.css'
import { useRoomWindows } from './use-room-windows.ts'

/** A room's topic, who may enter, its members, and who is kept out. */
export function RoomAbout({ room }: { readonly room: Room }) {
  const { rooms } = useAllTexts()
  const language = useLanguage()
  const { summary } = useRoomSnapshot(room)
  const openWindow = useRoomWindows()
  const rights = roomRights(summary, useAccount().kind)
  const isDirect = summary.visibility === 'direct'
  const created = datesOf(language).date(summary.createdAt)
  return (
    <div className={styles.about}>
      {!isDirect && (
        <section className={styles.section}>
          <p dir="auto" className={styles.name}>
            {summary.name}
          </p>
          <h3 className={styles.head}>{rooms.topic}</h3>
          {summary.topic === '' ? (
            <p className={styles.faint}>{rooms.noTopic}</p>
          ) : (
            <p dir="auto" className={styles.topic}>
              {summary.topic}
            </p>
          )}
          <p className={styles.faint}>
            {rooms.visibilities[summary.visibility]} {rooms.createdOn(created)}
          </p>
          {summary.archived && <p className={styles.faint}>{rooms.isArchived}</p>}
          <div className={styles.actions}>
            {rights.canInvite && (
              <Button size="sm" icon={<UserPlus />} onClick={() => openWindow({ kind: 'invite', room })}>
                {rooms.invite}
              </Button>
            )}
            {rights.canEditTopic && (
              <Button size="sm" icon={<Pencil />} onClick={() => openWindow({ kind: 'edit', room })}>
                {rooms.edit}
              </Button>
            )}
          </div>
        </section>
      )}
      <MemberList room={room} />
      {rights.canSeeBans && <BanList room={room} />}
    </div>
  )
}
