import type { PendingMessage } from '@parlance/client/pending'
import type { Room } from '@parlance/client/room'
import { PendingMessageRow } from '../message/pending-message.tsx'
import { PendingHead } from './pending-head.tsx'

interface PendingRowProps {
  readonly room: Room
  readonly pending: PendingMessage
  /** It goes on under the name above it. */
  readonly isGrouped: boolean
}

/** A message on its way, under one's own name. */
export function PendingRow({ room, pending, isGrouped }: PendingRowProps) {
  return (
    <>
      {!isGrouped && <PendingHead at={pending.at} />}
      <PendingMessageRow room={room} pending={pending} />
    </>
  )
}
