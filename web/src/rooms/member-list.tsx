import type { RoomMember } from '@parlance/client/models'
import type { Room } from '@parlance/client/room'
import { useEffect, useMemo, useState } from 'react'
import { useClientSnapshot, useRoomSnapshot } from '../chat/client.ts'
import { Awaited } from '../offline/awaited.tsx'
import { errorText } from '../texts/error-text.ts'
import { useAllTexts } from '../texts/late-texts.ts'
import { useLanguage } from '../texts/texts.ts'
import { Button } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'
import { Spinner } from '../ui/spinner.tsx'
import { TextField } from '../ui/text-field.tsx'
import { groupMembers } from './group-members.ts'
import styles from './member-list.module.css'
import { MemberRow } from './member-row.tsx'

/** From this many on there is a field to find one. */
const manyMembers = 10
/** So many are drawn at once; the field finds the others. */
const pageSize = 200

/** Who is in the room, and what one may do to them. */
export function MemberList({ room }: { readonly room: Room }) {
  const texts = useAllTexts()
  const language = useLanguage()
  const { limits, connection } = useClientSnapshot()
  const { members, online, onlineCount, summary } = useRoomSnapshot(room)
  const [part, setPart] = useState('')
  const [count, setCount] = useState(pageSize)
  const [error, setError] = useState<unknown>()
  const isConnected = connection.kind === 'open'
  useEffect(() => {
    if (!isConnected) return
    room.loadMembers().then(() => setError(undefined), setError)
  }, [room, isConnected])
  const isKnown = summary.members <= (limits.presenceMembers ?? 0)
  const groups = useMemo(
    () => groupMembers(members?.values() ?? [], isKnown ? online : undefined, part, language),
    [members, online, isKnown, part, language],
  )
  const rows = (list: readonly RoomMember[], isOnline: boolean | undefined) => (
    <ul>
      {list.slice(0, count).map((member) => (
        <MemberRow key={member.user.id} room={room} summary={summary} member={member} isOnline={isOnline} />
      ))}
    </ul>
  )
  return (
    <section className={styles.members} aria-label={texts.rooms.membersTitle}>
      <h3 className={styles.head}>{texts.common.members(summary.members)}</h3>
      {summary.members > manyMembers && (
        <TextField
          label={texts.rooms.findMember}
          type="search"
          value={part}
          onChange={(event) => setPart(event.target.value)}
        />
      )}
      {members === null && error === undefined && (
        <Awaited>
          <Spinner label={texts.common.loading} />
        </Awaited>
      )}
      {error !== undefined && members === null && <Notice tone="danger">{errorText(texts, error)}</Notice>}
      {groups.online.length > 0 && (
        <>
          <h4 className={styles.group}>{texts.rooms.onlineCount(groups.online.length)}</h4>
          {rows(groups.online, true)}
        </>
      )}
      {groups.others.length > 0 && (
        <>
          {isKnown && <h4 className={styles.group}>{texts.rooms.offlineCount(groups.others.length)}</h4>}
          {!isKnown && <p className={styles.group}>{texts.rooms.onlineCount(onlineCount)}</p>}
          {rows(groups.others, isKnown ? false : undefined)}
        </>
      )}
      {groups.others.length > count && (
        <Button size="sm" onClick={() => setCount(count + pageSize)}>
          {texts.common.more}
        </Button>
      )}
      {members !== null && groups.online.length + groups.others.length === 0 && (
        <p className={styles.group}>{texts.rooms.nobody}</p>
      )}
    </section>
  )
}
