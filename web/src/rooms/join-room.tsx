import { ParlanceError } from '@parlance/client/errors'
import type { RoomId, RoomInfo } from '@parlance/client/models'
import { DoorClosed, DoorOpen } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { Link } from 'wouter'
import { useAccount, useClient, useClientSnapshot } from '../chat/client.ts'
import { Awaited } from '../offline/awaited.tsx'
import { paths } from '../paths.ts'
import { errorText } from '../texts/error-text.ts'
import { useAllTexts } from '../texts/late-texts.ts'
import { Button } from '../ui/button.tsx'
import { Empty } from '../ui/empty.tsx'
import { Notice } from '../ui/notice.tsx'
import { Spinner } from '../ui/spinner.tsx'
import { useSubmit } from '../ui/use-submit.ts'
import { GuestNeedsAccount } from './guest-needs-account.tsx'
import { RoomCard } from './room-card.tsx'
import { RoomIcon } from './room-icon.tsx'
import { ScreenHeader } from './screen-header.tsx'
import type { Departure } from './use-departure.ts'
import { useEntering } from './use-entering.ts'

interface JoinRoomProps {
  readonly id: RoomId
  /** Where one was a member until now. */
  readonly departure: Departure | undefined
}

/** A room one does not belong to: what it is, why one is not in it any more, and the way in. */
export function JoinRoom({ id, departure }: JoinRoomProps) {
  const texts = useAllTexts()
  const client = useClient()
  const { connection } = useClientSnapshot()
  const [found, setFound] = useState<{ readonly room?: RoomInfo; readonly error?: unknown }>({})
  const join = useSubmit(() => client.request({ type: 'room.join', room: id }))
  const isOpen = connection.kind === 'open'
  useEffect(() => {
    if (!isOpen) return
    let isWanted = true
    client.request({ type: 'room.get', room: id }).then(
      (room) => isWanted && setFound({ room }),
      (error: unknown) => isWanted && setFound({ error }),
    )
    return () => {
      isWanted = false
    }
  }, [client, id, isOpen])
  const { room, error } = found
  const isGuest = useAccount().kind === 'guest'
  // What the server says of now comes before what was heard then.
  const isBanned = room?.banned ?? (room === undefined && departure === 'banned')
  const reason = isBanned ? 'banned' : departure === 'banned' ? undefined : departure
  const farewell = reason !== undefined && <Notice tone="warn">{texts.rooms.departed[reason]}</Notice>
  if (room === undefined) {
    const isWaiting = error === undefined
    // An address that cannot be a room's leads nowhere, too.
    const isHidden = error instanceof ParlanceError && ['not_found', 'bad_request'].includes(error.code)
    const isAsked = !isWaiting && !(isHidden && departure !== undefined)
    const title = isHidden ? texts.rooms.roomHidden : errorText(texts, error)
    return (
      <>
        <ScreenHeader title={texts.rooms.roomUnknown} />
        <Empty
          icon={departure === undefined ? <DoorClosed /> : <DoorOpen />}
          title={isAsked ? title : texts.rooms.roomUnknown}
        >
          {farewell}
          {isWaiting && (
            <Awaited>
              <Spinner label={texts.common.loading} />
            </Awaited>
          )}
          {isAsked && isHidden && !isGuest && <p>{texts.rooms.roomHiddenAbout}</p>}
          {isAsked && isHidden && isGuest && (
            <>
              <p>{texts.rooms.roomHiddenGuest}</p>
              <GuestNeedsAccount />
            </>
          )}
          {!isWaiting && <Link href={paths.home}>{texts.rooms.backToRooms}</Link>}
        </Empty>
      </>
    )
  }
  const mayJoin = !(room.archived || isBanned)
  return (
    <>
      <ScreenHeader title={room.name} />
      <Empty icon={<RoomIcon room={room} />} title={room.name}>
        {farewell}
        <RoomCard room={room} />
        {join.error !== undefined && <Notice tone="danger">{errorText(texts, join.error)}</Notice>}
        {mayJoin ? (
          <form onSubmit={join.onSubmit}>
            {reason === undefined ? (
              <JoinButton isBusy={join.isBusy} />
            ) : (
              <Button type="submit" tone="primary" isBusy={join.isBusy}>
                {texts.rooms.joinAgain}
              </Button>
            )}
          </form>
        ) : (
          <Link href={paths.home}>{texts.rooms.backToRooms}</Link>
        )}
      </Empty>
    </>
  )
}

/** The next step of who came to look. Not of who was put out: their keys were meant for a message. */
function JoinButton({ isBusy }: { readonly isBusy: boolean }) {
  const { rooms } = useAllTexts()
  const button = useRef<HTMLButtonElement>(null)
  useEntering(() => button.current?.focus())
  return (
    <Button ref={button} type="submit" tone="primary" isBusy={isBusy}>
      {rooms.join}
    </Button>
  )
}
