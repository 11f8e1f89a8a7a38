import type { Seq } from '@parlance/client/models'
import type { Room } from '@parlance/client/room'
import { MessageCircle } from 'lucide-react'
import { useAccount } from '../chat/client.ts'
import { serverNow } from '../chat/now.ts'
import { obstacle } from '../composer/obstacle.ts'
import { Awaited } from '../offline/awaited.tsx'
import { errorText } from '../texts/error-text.ts'
import { useTexts } from '../texts/texts.ts'
import { Button } from '../ui/button.tsx'
import { Empty } from '../ui/empty.tsx'
import { Announcer } from './announcer.tsx'
import { Beginning } from './beginning.tsx'
import { MessageLog } from './message-log.tsx'
import { PendingRow } from './pending-row.tsx'
import { pendingGrouped } from './rows.ts'
import { Skeleton } from './skeleton.tsx'
import styles from './timeline.module.css'
import { TypingLine } from './typing-line.tsx'
import { useAttention } from './use-attention.ts'
import { useRoomPart } from './use-room-part.ts'
import { useView } from './use-view.ts'
import type { View } from './view.ts'

interface TimelineProps {
  readonly room: Room
  /** The message to show first; else the first unread one, else the newest. */
  readonly at: Seq | undefined
}

/** The messages of a room, and who is typing another one. */
export function Timeline({ room, at }: TimelineProps) {
  const view = useView(room)
  const isAttended = useAttention()
  return (
    <>
      <div className={styles.timeline}>
        <Messages room={room} view={view} at={at} isAttended={isAttended} />
      </div>
      <TypingLine room={room} />
      <Announcer room={room.id} />
    </>
  )
}

interface MessagesProps extends TimelineProps {
  readonly view: View
  readonly isAttended: boolean
}

function Messages({ room, view, at, isAttended }: MessagesProps) {
  const texts = useTexts()
  const { messages, isLoaded, isLoading, error } = view.timeline
  const pending = useRoomPart(room, 'pending')
  const me = useAccount().id
  if (messages.length > 0 || (isLoaded && pending.length > 0))
    return <MessageLog room={room} view={view} at={at} isAttended={isAttended} />
  if (isLoaded) return <EmptyRoom room={room} />
  const grouped = pendingGrouped(messages, pending, me)
  return (
    <>
      {error === null || isLoading ? (
        <Awaited>
          <Skeleton />
        </Awaited>
      ) : (
        <Empty title={errorText(texts, error)}>
          <Button onClick={() => void room.open().catch(() => {})}>{texts.common.retry}</Button>
        </Empty>
      )}
      {pending.map((one, index) => (
        <PendingRow key={one.nonce} room={room} pending={one} isGrouped={grouped[index] === true} />
      ))}
    </>
  )
}

function EmptyRoom({ room }: { readonly room: Room }) {
  const { timeline } = useTexts()
  const summary = useRoomPart(room, 'summary')
  const isMember = useRoomPart(room, 'isMember')
  const mayWrite = obstacle(summary, isMember, useAccount(), serverNow()) === undefined
  return (
    <div className={styles.empty}>
      <Beginning room={room} />
      <Empty icon={<MessageCircle />} title={timeline.emptyTitle}>
        {mayWrite && timeline.emptyHint}
      </Empty>
    </div>
  )
}
