import type { Seq } from '@parlance/client/models'
import type { Room } from '@parlance/client/room'
import { useEffect, useState } from 'react'
import { useRoomPart } from './use-room-part.ts'

/** Where new messages begin: what came before one opened the room, or while one was away. */
export interface NewLine {
  /** The line stands above the first message of others after this seq. */
  readonly after: Seq
  /** How many there were when one came. */
  readonly count: number
}

export interface NewLineState {
  readonly line: NewLine | null
  readonly clear: () => void
  /** Whether the server has told what is new: before, only what was kept over a reload says so. */
  readonly isFresh: boolean
}

export function useNewLine(room: Room, isAttended: boolean, isConnected: boolean): NewLineState {
  const { read, unread } = useRoomPart(room, 'summary')
  const told = unread > 0 ? { after: read, count: unread } : null
  const [line, setLine] = useState<NewLine | null>(told)
  const [isFresh, setFresh] = useState(isConnected)
  if (isConnected && !isFresh) {
    setFresh(true)
    setLine(told)
  }
  // What comes to who has read everything, and does not look or is cut off, is new when they are back.
  const isAway = isFresh && (!isAttended || !isConnected) && unread === 0
  useEffect(() => {
    if (isAway) setLine({ after: read, count: 0 })
  }, [isAway, read])
  return { line, clear: () => setLine(null), isFresh }
}
