import type { MessageList } from '@parlance/client/message-list'
import type { Timestamp } from '@parlance/client/models'
import { isSameDay } from './days.ts'
import type { Place } from './use-place.ts'

/** What stands over the list, by what of it is seen. */
export interface Edges {
  readonly isEndSeen: boolean
  readonly isLineAbove: boolean
  /** Whether the line has been seen since the room was opened. */
  readonly isLineSeen: boolean
  /** A time of the day that is at the top, where that is not the newest one. */
  readonly day?: Timestamp | undefined
}

/** Where the line above what is new is: the index of the first new message, or that it is before all that is loaded. */
export type LinePlace = number | 'none' | 'before'

/** A little of the last page counts as its end, in pages of what is seen. */
const endPages = 0.2

/** The edges at a place, after those before; the same object where nothing has changed. */
export function edgesAt(
  before: Edges,
  { first, last, below }: Place,
  messages: MessageList,
  hasNewer: boolean,
  line: LinePlace,
): Edges {
  const isEndSeen = !hasNewer && below < endPages
  const isLineAbove = line === 'before' || (line !== 'none' && line < first)
  const isLineSeen = before.isLineSeen || (typeof line === 'number' && line >= first && line <= last)
  const at = isEndSeen ? undefined : messages.at(first)?.at
  const day = at !== undefined && before.day !== undefined && isSameDay(before.day, at) ? before.day : at
  const isSame =
    isEndSeen === before.isEndSeen &&
    isLineAbove === before.isLineAbove &&
    isLineSeen === before.isLineSeen &&
    day === before.day
  return isSame ? before : { isEndSeen, isLineAbove, isLineSeen, day }
}
