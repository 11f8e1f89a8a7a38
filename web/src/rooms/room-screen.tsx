import type { Message, MessageId, RoomId, Seq } from '@parlance/client/models'
import type { Room } from '@parlance/client/room'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useAccount, useOwnRoom } from '../chat/client.ts'
import { Composer, type ComposerHandle } from '../composer/composer.tsx'
import { MessageOverlays } from '../message/message-overlays.tsx'
import { Timeline } from '../timeline/timeline.tsx'
import { late, lateWindow } from '../ui/late.tsx'
import { useMedia } from '../ui/use-media.ts'
import { reopenDirect } from './closed-directs.ts'
import { keepRecentRoom } from './recent-rooms.ts'
import { RoomHeader } from './room-header.tsx'
import styles from './room-screen.module.css'
import { type RoomUi, RoomUiContext } from './room-ui.ts'
import { useDeparture } from './use-departure.ts'
import { useEntering } from './use-entering.ts'

const RoomDetails = late(async () => (await import('./room-details.tsx')).RoomDetails)
const RoomDetailsDialog = lateWindow(async () => (await import('./room-details.tsx')).RoomDetailsDialog)
const JoinRoom = late(async () => (await import('./join-room.tsx')).JoinRoom)

interface RoomScreenProps {
  readonly id: RoomId
  /** The message that a link leads to. */
  readonly at: Seq | undefined
}

/** A room: its messages and the composer, and its details beside them where they are wanted. */
export function RoomScreen({ id, at }: RoomScreenProps) {
  const room = useOwnRoom(id)
  const departure = useDeparture(id)
  if (room !== undefined) return <OpenRoom room={room} at={at} />
  return <JoinRoom key={departure} id={id} departure={departure} />
}

function OpenRoom({ room, at }: { readonly room: Room; readonly at: Seq | undefined }) {
  const [replyTo, setReplyTo] = useState<Message | null>(null)
  const [editing, setEditing] = useState<MessageId | null>(null)
  const [hasDetails, setDetails] = useState(false)
  const Details = useMedia('(min-width: 1100px)') ? RoomDetails : RoomDetailsDialog
  const account = useAccount()
  const composer = useRef<ComposerHandle>(null)
  const ui = useMemo<RoomUi>(
    () => ({
      replyTo,
      setReplyTo,
      editing,
      setEditing,
      focusComposer: () => composer.current?.focus(),
    }),
    [replyTo, editing],
  )
  useEntering(ui.focusComposer)
  useEffect(() => {
    // A failure is in the timeline's snapshot.
    room.open().catch(() => {})
    keepRecentRoom(account.id, room.id)
    reopenDirect(account.id, room.id)
  }, [room, account])
  return (
    <RoomUiContext value={ui}>
      <div className={styles.columns}>
        <section className={styles.room}>
          <RoomHeader room={room} hasDetails={hasDetails} onDetails={() => setDetails((open) => !open)} />
          <Timeline room={room} at={at} />
          <Composer room={room} ref={composer} />
          <MessageOverlays room={room} />
        </section>
        {hasDetails && <Details room={room} onClose={() => setDetails(false)} />}
      </div>
    </RoomUiContext>
  )
}
