import type { Ban } from '@parlance/client/models'
import type { Room } from '@parlance/client/room'
import { useCallback, useEffect, useState } from 'react'
import { useClient, useClientSnapshot, useRoomSnapshot } from '../chat/client.ts'
import { useAllTexts } from '../texts/late-texts.ts'
import { personName } from '../texts/person-name.ts'
import { useLanguage } from '../texts/texts.ts'
import { datesOf } from '../timeline/days.ts'
import { Avatar } from '../ui/avatar.tsx'
import { Button } from '../ui/button.tsx'
import { useToasts } from '../ui/toasts.ts'
import styles from './member-list.module.css'
import row from './member-row.module.css'

/** Who is kept out of the room; nothing where that is nobody. */
export function BanList({ room }: { readonly room: Room }) {
  const { rooms, common } = useAllTexts()
  const language = useLanguage()
  const client = useClient()
  const toasts = useToasts()
  const { summary } = useRoomSnapshot(room)
  const isOpen = useClientSnapshot().connection.kind === 'open'
  const [bans, setBans] = useState<readonly Ban[]>([])
  const [hasMore, setMore] = useState(false)
  const read = useCallback(
    async (after: number) => {
      const page = await client.request({ type: 'room.bans', room: room.id, after })
      setBans((before) => (after === 0 ? page.bans : [...before, ...page.bans]))
      setMore(page.more)
    },
    [client, room],
  )
  // Who is banned ceases to be a member.
  // biome-ignore lint/correctness/useExhaustiveDependencies: read anew when the number of members changes
  useEffect(() => {
    if (isOpen) read(0).catch(() => {})
  }, [read, isOpen, summary.members])
  const unban = async (user: number) => {
    try {
      await client.request({ type: 'member.unban', room: room.id, user })
      setBans((before) => before.filter((ban) => ban.user.id !== user))
    } catch (error) {
      toasts.fail(error)
    }
  }
  if (bans.length === 0) return null
  return (
    <section className={styles.members}>
      <h3 className={styles.head}>{rooms.banned}</h3>
      <ul>
        {bans.map(({ user, at, by }) => (
          <li key={user.id} className={row.row}>
            <Avatar user={user} size="sm" />
            <span
              className={row.name}
              dir="auto"
              title={rooms.bannedBy(personName(common, by), datesOf(language).date(at))}
            >
              {personName(common, user)}
            </span>
            <Button
              size="sm"
              aria-label={rooms.unbanName(personName(common, user))}
              onClick={() => user.id !== null && void unban(user.id)}
            >
              {rooms.unban}
            </Button>
          </li>
        ))}
      </ul>
      {hasMore && (
        <Button size="sm" onClick={() => void read(bans.at(-1)?.user.id ?? 0).catch(toasts.fail)}>
          {common.more}
        </Button>
      )}
    </section>
  )
}
