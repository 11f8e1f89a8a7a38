import { MailOpen } from 'lucide-react'
import { useState } from 'react'
import { Link, useLocation } from 'wouter'
import { useAccount, useClient, useClientSnapshot } from '../chat/client.ts'
import { Awaited } from '../offline/awaited.tsx'
import { paths, roomPath } from '../paths.ts'
import { errorText } from '../texts/error-text.ts'
import { useAllTexts } from '../texts/late-texts.ts'
import { personName } from '../texts/person-name.ts'
import { Button } from '../ui/button.tsx'
import { Empty } from '../ui/empty.tsx'
import { Notice } from '../ui/notice.tsx'
import { Spinner } from '../ui/spinner.tsx'
import { useSubmit } from '../ui/use-submit.ts'
import { GuestNeedsAccount } from './guest-needs-account.tsx'
import { RoomCard } from './room-card.tsx'
import { RoomIcon } from './room-icon.tsx'
import { ScreenHeader } from './screen-header.tsx'
import { type Invitation, isGone, useInvitation } from './use-invitation.ts'

/** What an invitation link leads to, and the way in. The code stands behind the `#`. */
export function InviteScreen() {
  const texts = useAllTexts()
  const [code] = useState(() => location.hash.slice(1))
  const { invited, error } = useInvitation(code)
  return (
    <>
      <ScreenHeader title={texts.rooms.invitation} />
      {invited !== undefined && <Invited invited={invited} code={code} />}
      {invited === undefined && error === undefined && (
        <Empty title={texts.rooms.invitation}>
          <Awaited>
            <Spinner label={texts.common.loading} />
          </Awaited>
        </Empty>
      )}
      {error !== undefined && (
        <Empty icon={<MailOpen />} title={isGone(error) ? texts.rooms.inviteGone : errorText(texts, error)}>
          {isGone(error) && <p>{texts.rooms.inviteGoneAbout}</p>}
          <Link href={paths.home}>{texts.rooms.backToRooms}</Link>
        </Empty>
      )}
    </>
  )
}

function Invited({ invited, code }: { readonly invited: Invitation; readonly code: string }) {
  const texts = useAllTexts()
  const client = useClient()
  const account = useAccount()
  const { rooms } = useClientSnapshot()
  const [, go] = useLocation()
  const { room, createdBy } = invited
  const accept = useSubmit(async () => {
    const own = await client.request({ type: 'invite.accept', code })
    go(roomPath(own.id), { replace: true })
  })
  const isMember = rooms.some(({ id }) => id === room.id)
  const needsAccount = account.kind === 'guest' && room.visibility !== 'open'
  const mayEnter = isMember || !(room.archived || needsAccount)
  return (
    <Empty icon={<RoomIcon room={room} />} title={room.name}>
      <p>{texts.rooms.invitedBy(personName(texts.common, createdBy))}</p>
      <RoomCard room={room} />
      {accept.error !== undefined && <Notice tone="danger">{errorText(texts, accept.error)}</Notice>}
      {needsAccount && !isMember && <GuestNeedsAccount />}
      {mayEnter && (
        <form onSubmit={accept.onSubmit}>
          <Button type="submit" tone="primary" isBusy={accept.isBusy}>
            {isMember ? texts.rooms.openAction : texts.rooms.join}
          </Button>
        </form>
      )}
      {!mayEnter && !needsAccount && <Link href={paths.home}>{texts.rooms.backToRooms}</Link>}
    </Empty>
  )
}
