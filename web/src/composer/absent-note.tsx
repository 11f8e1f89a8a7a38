import type { User, UserId } from '@parlance/client/models'
import { nameKey } from '@parlance/client/names'
import type { Room } from '@parlance/client/room'
import { UserPlus } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useAccount, useClient } from '../chat/client.ts'
import { roomRights } from '../rooms/member-rights.ts'
import { useAllTexts } from '../texts/late-texts.ts'
import { useRoomPart } from '../timeline/use-room-part.ts'
import { Button } from '../ui/button.tsx'
import { useToasts } from '../ui/toasts.ts'
import { absentMentions, type FindUser } from './absent-mentions.ts'
import styles from './absent-note.module.css'

interface AbsentNoteProps {
  readonly room: Room
  readonly text: string
}

type Absent = User & { readonly id: UserId }

/** Names are looked up when one pauses so long. */
const pauseMs = 400
const found = 20

/** Who is mentioned without being in the room: they would not hear of it. One click invites them, where one may. */
export function AbsentNote({ room, text }: AbsentNoteProps) {
  const texts = useAllTexts()
  const client = useClient()
  const account = useAccount()
  const { say, fail } = useToasts()
  const summary = useRoomPart(room, 'summary')
  const members = useRoomPart(room, 'members')
  const [absent, setAbsent] = useState<readonly Absent[]>([])
  const [busy, setBusy] = useState<UserId | null>(null)
  const [known] = useState(() => new Map<string, User | undefined>())
  useEffect(() => {
    let isWanted = true
    const find: FindUser = async (key, name) => {
      if (!known.has(key)) {
        const { users } = await client.request({ type: 'user.find', name, limit: found })
        known.set(
          key,
          users.find((user) => nameKey(user.name) === key),
        )
      }
      return known.get(key)
    }
    const look = async () => {
      if (members === null) await room.loadMembers()
      const here = [...(room.getSnapshot().members?.values() ?? [])].map(({ user }) => user)
      const next = await absentMentions(text, [account, ...here], find)
      if (isWanted) setAbsent(next)
    }
    // Without an answer nothing is said.
    const timer = setTimeout(() => void look().catch(() => {}), pauseMs)
    return () => {
      isWanted = false
      clearTimeout(timer)
    }
  }, [room, text, members, account, client, known])

  const invite = async ({ id, name }: Absent) => {
    setBusy(id)
    try {
      await client.request({ type: 'room.invite', room: room.id, user: id })
      say(texts.rooms.isMember(name))
    } catch (error) {
      fail(error)
    } finally {
      setBusy(null)
    }
  }
  const { canInvite } = roomRights(summary, account.kind)
  return (
    <div role="status">
      {absent.map((user) => (
        <div key={user.id} className={styles.note}>
          <span dir="auto">{texts.composer.absent(user.name)}</span>
          {canInvite && (
            <Button
              size="sm"
              icon={<UserPlus />}
              isBusy={busy === user.id}
              aria-label={texts.composer.inviteAbsent(user.name)}
              onClick={() => void invite(user)}
            >
              {texts.rooms.invite}
            </Button>
          )}
        </div>
      ))}
    </div>
  )
}
