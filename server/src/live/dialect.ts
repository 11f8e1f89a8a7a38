import type { Event } from '@parlance/protocol/events'
import type { Signal } from '@parlance/protocol/signals'
import type { Line, Notice } from '../ports/notice.ts'

/** What a room tells its listeners: a durable one events, signals and notices, a named one lines. */
export type Item = Event | Signal | Notice | Line

/** How one kind of client is told what happens. Rooms encode each item once per dialect that is present. */
export interface Dialect {
  readonly id: string
  /**
   * Whether its connections listen to every room of their user, as that changes. `listed`: to the open and public
   * ones, and from the user's own joining on, which they are told as an event (the native protocol has `room.added`).
   */
  readonly followsUser: boolean | 'listed'
  /** Its connections have no account: whatever a room tells, they hear only while it is open. */
  readonly guests?: true
  /** Its connections know open and public rooms only: one that is hidden from now on ends for them as for a leaver. */
  readonly listedOnly?: true
  /** The text of one frame; undefined where this dialect says nothing of it. */
  encode(item: Item): string | undefined
}

/** Whether an item may be lost: it is the first to go when a reader is slow. */
export function isDroppable(item: Item): boolean {
  return item.type === 'typing' || item.type === 'presence'
}
