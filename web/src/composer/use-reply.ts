import type { Message, MessageId } from '@parlance/client/models'
import type { Room } from '@parlance/client/room'
import { useEffect, useState } from 'react'
import { useRoomUi } from '../rooms/room-ui.ts'
import type { Draft } from './draft.ts'

interface Reply {
  readonly replyTo: Message | null
  /** The id of it, also while a draft's is being read. */
  readonly id: MessageId | null
  /** Whether its author is told. */
  readonly notifies: boolean
  readonly setNotifies: (notifies: boolean) => void
  /** As `send` and the draft want it. */
  readonly quiet: { readonly notifyReplied?: false }
}

/** What the next message answers; at first what the draft answered. Each answer tells its author until that is switched off. */
export function useReply(room: Room, draft: Draft | undefined): Reply {
  const { replyTo, setReplyTo } = useRoomUi()
  const [reading, setReading] = useState(draft?.replyTo ?? null)
  const [quietTo, setQuietTo] = useState(draft?.notifyReplied === false ? draft.replyTo : null)
  useEffect(() => {
    if (reading === null) return
    let isWanted = true
    // What cannot be read is not answered.
    const none = () => isWanted && setReading(null)
    room.message(reading).then((message) => {
      if (isWanted && message.deletedAt === null) setReplyTo(message)
      none()
    }, none)
    return () => {
      isWanted = false
    }
  }, [room, reading, setReplyTo])
  const id = replyTo?.id ?? reading
  const notifies = id === null || id !== quietTo
  return {
    replyTo,
    id,
    notifies,
    setNotifies: (next) => setQuietTo(next ? null : id),
    quiet: notifies ? {} : { notifyReplied: false },
  }
}
