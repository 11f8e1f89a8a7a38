import { ParlanceError } from '@parlance/client/errors'
import type { InvitedRoom, User } from '@parlance/client/models'
import { MailOpen } from 'lucide-react'
import { useEffect, useState } from 'react'
import { Link, useLocation } from 'wouter'
import { useClient, useClientSnapshot } from '../chat/client.ts'
import { paths, roomPath } from '../paths.ts'
import { errorText } from '../texts/error-text.ts'
import { useTexts } from '../texts/texts.ts'
import { Button } from '../ui/button.tsx'
import { Empty } from '../ui/empty.tsx'
import { Notice } from '../ui/notice.tsx'
import { Spinner } from '../ui/spinner.tsx'
import { useSubmit } from '../ui/use-submit.ts'
import { RoomCard } from './room-card.tsx'
import { RoomIcon } from './room-icon.tsx'
import { ScreenHeader } from './screen-header.tsx'

interface Invitation {
  readonly room: InvitedRoom
  readonly createdBy: User
}

/** What an invitation link leads to, and the way in. The code stands behind the `#`. */
export function InviteScreen() {
  const texts = useTexts()
  const client = useClient()
  const { connection, rooms } = useClientSnapshot()
  const [, go] = useLocation()
  const [code] = useState(() => location.hash.slice(1))
  const [found, setFound] = useState<{ readonly invited?: Invitation; readonly error?: unknown }>({})
  const isOpen = connection.kind === 'open'
  const isMember = rooms.some(({ id }) => id === found.invited?.room.id)
  const accept = useSubmit(async () => {
    const own = await client.request({ type: 'invite.accept', code })
    go(roomPath(own.id), { replace: true })
  })
  useEffect(() => {
    let isWanted = true
    if (!isOpen) return
    client.request({ type: 'invite.get', code }).then(
      (invited) => isWanted && setFound({ invited }),
      (error: unknown) => isWanted && setFound({ error }),
    )
    return () => {
      isWanted = false
    }
  }, [client, code, isOpen])
  const { invited, error } = found
  if (invited === undefined) {
    const isGone =
      error instanceof ParlanceError && (error.code === 'not_found' || error.code === 'bad_request')
    return (
      <>
        <ScreenHeader title={texts.rooms.invitation} />
        {error === undefined ? (
          <Empty title={texts.rooms.invitation}>
            <Spinner label={texts.common.loading} />
          </Empty>
        ) : (
          <Empty icon={<MailOpen />} title={isGone ? texts.rooms.inviteGone : errorText(texts, error)}>
            {isGone && <p>{texts.rooms.inviteGoneAbout}</p>}
            <Link href={paths.home}>{texts.rooms.backToRooms}</Link>
          </Empty>
        )}
      </>
    )
  }
  const { room, createdBy } = invited
  return (
    <>
      <ScreenHeader title={texts.rooms.invitation} />
      <Empty icon={<RoomIcon room={room} />} title={room.name}>
        <p>{texts.rooms.invitedBy(createdBy.name)}</p>
        <RoomCard room={room} />
        {accept.error !== undefined && <Notice tone="danger">{errorText(texts, accept.error)}</Notice>}
        <form onSubmit={accept.onSubmit}>
          <Button type="submit" tone="primary" isBusy={accept.isBusy}>
            {isMember ? texts.rooms.openAction : texts.rooms.join}
          </Button>
        </form>
      </Empty>
    </>
  )
}
