import type { RoomId, Timestamp, User } from '@parlance/protocol/models'

/**
 * Passing things that only the five contracts tell: connections coming to and going from a durable room.
 * The native protocol has presence instead.
 */
export interface Notice {
  readonly type: 'connection.entered' | 'connection.lost'
  readonly room: RoomId
  readonly user: User
  /** Names the connection, for contracts that show it. */
  readonly connection: string
  readonly at: Timestamp
  /** For `connection.lost`: whether it was the user's last in this room on this node. */
  readonly last: boolean
}

/** What happens in a named room, which lives in memory only (contracts.md §1, §2). */
export type Line =
  /** `author` null: a client that speaks plain text. */
  | {
      readonly type: 'line.said'
      readonly author: string | null
      readonly text: string
      readonly at: Timestamp
    }
  | { readonly type: 'line.joined' | 'line.left'; readonly name: string; readonly at: Timestamp }
  /** The conversation is over: every client of the room is told and closed. */
  | { readonly type: 'line.ended' }
