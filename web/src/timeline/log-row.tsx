import type { Message, Seq } from '@parlance/client/models'
import type { Room } from '@parlance/client/room'
import { MessageRow } from '../message/message-row.tsx'
import { DayLine } from './day-line.tsx'
import { NewLine } from './new-line.tsx'
import type { RowShape } from './rows.ts'

interface LogRowProps {
  readonly room: Room
  readonly message: Message
  readonly shape: RowShape
  readonly today: Date
  readonly isHighlighted: boolean
  readonly isCurrent: boolean
  readonly isSeen: boolean
  readonly onJump: (seq: Seq) => void
  readonly onDay: (day: Date) => Promise<void>
}

/** A message under the lines that begin with it. */
export function LogRow({ shape, today, onDay, ...row }: LogRowProps) {
  return (
    <>
      {shape.beginsDay && <DayLine room={row.room} at={row.message.at} today={today} onJump={onDay} />}
      {shape.isFirstNew && <NewLine />}
      <MessageRow {...row} isGrouped={shape.isGrouped} />
    </>
  )
}
