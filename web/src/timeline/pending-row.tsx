import type { Message } from '@parlance/client/models'
import type { PendingMessage } from '@parlance/client/pending'
import type { Room } from '@parlance/client/room'
import { useAccount } from '../chat/client.ts'
import { PendingMessageRow } from '../message/pending-message.tsx'
import { PendingHead } from './pending-head.tsx'
import { isPendingGrouped } from './rows.ts'

interface PendingRowProps {
  readonly room: Room
  readonly pending: PendingMessage
  /** The one on its way before it. */
  readonly before: PendingMessage | undefined
  /** The newest message that has landed. */
  readonly newest: Message | undefined
}

/** A message on its way, under one's own name. */
export function PendingRow({ room, pending, before, newest }: PendingRowProps) {
  const me = useAccount().id
  return (
    <>
      {!isPendingGrouped(pending, before, newest, me) && <PendingHead at={pending.at} />}
      <PendingMessageRow room={room} pending={pending} />
    </>
  )
}
