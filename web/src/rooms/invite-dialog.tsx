import type { Room } from '@parlance/client/room'
import { useState } from 'react'
import { useClient, useRoomSnapshot } from '../chat/client.ts'
import { addressOf, roomPath } from '../paths.ts'
import { useAllTexts } from '../texts/late-texts.ts'
import { Dialog } from '../ui/dialog.tsx'
import { useToasts } from '../ui/toasts.ts'
import { CopyLink } from './copy-link.tsx'
import styles from './invite-dialog.module.css'
import { InviteLinks } from './invite-links.tsx'
import { UserPicker } from './user-picker.tsx'

interface InviteDialogProps {
  readonly room: Room
  readonly onClose: () => void
}

/** Brings somebody into a room: by name, or by a link. */
export function InviteDialog({ room, onClose }: InviteDialogProps) {
  const { rooms } = useAllTexts()
  const client = useClient()
  const toasts = useToasts()
  const { summary } = useRoomSnapshot(room)
  const [isBusy, setBusy] = useState(false)
  const invite = async (user: number) => {
    setBusy(true)
    try {
      const member = await client.request({ type: 'room.invite', room: room.id, user })
      toasts.say(rooms.isMember(member.user.name))
    } catch (error) {
      toasts.fail(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Dialog title={rooms.inviteTo(summary.name)} isOpen onClose={onClose} width="md">
      <UserPicker label={rooms.inviteByName} isBusy={isBusy} onPick={(user) => void invite(user)} />
      <section className={styles.section}>
        <h3 className={styles.head}>{rooms.inviteByLink}</h3>
        {summary.visibility === 'private' ? (
          <InviteLinks room={room} />
        ) : (
          <>
            <p className={styles.about}>
              {rooms.roomLinkAbout[summary.visibility === 'open' ? 'open' : 'public']}
            </p>
            <CopyLink label={rooms.roomLink} url={addressOf(roomPath(room.id))} />
          </>
        )}
      </section>
    </Dialog>
  )
}
