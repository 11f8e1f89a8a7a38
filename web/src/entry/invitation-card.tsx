import { RoomCard } from '../rooms/room-card.tsx'
import { type Invitation, isGone } from '../rooms/use-invitation.ts'
import { errorText } from '../texts/error-text.ts'
import { useAllTexts } from '../texts/late-texts.ts'
import { personName } from '../texts/person-name.ts'
import { Notice } from '../ui/notice.tsx'
import styles from './invitation-card.module.css'

interface InvitationCardProps {
  readonly invited: Invitation | undefined
  readonly error: unknown
}

/** Who invites to what, before one comes in. */
export function InvitationCard({ invited, error }: InvitationCardProps) {
  const texts = useAllTexts()
  if (error !== undefined)
    return (
      <Notice tone="warn">
        {isGone(error)
          ? `${texts.rooms.inviteGone}. ${texts.rooms.inviteGoneAbout}`
          : errorText(texts, error)}
      </Notice>
    )
  if (invited === undefined) return null
  const { room, createdBy } = invited
  return (
    <section className={styles.card} aria-label={texts.rooms.invitation}>
      <h2 className={styles.title} dir="auto">
        {texts.entry.invitedTo(personName(texts.common, createdBy), room.name)}
      </h2>
      <RoomCard room={room} />
    </section>
  )
}
