import type { RoomId, Timestamp, User } from '@parlance/protocol/models'

/**
 * Passing things that only the five contracts tell: connections coming to and going from a durable room.
 * The native protocol has presence instead.
 */
export interface Notice {
  /** `connection.left`: somebody without an account left the room and stays connected. */
  readonly type: 'connection.entered' | 'connection.left' | 'connection.lost'
  readonly room: RoomId
  readonly user: User
  /** Names the connection, for contracts that show it. */
  readonly connection: string
  readonly at: Timestamp
  /** For `connection.lost`: whether it was the user's last in this room on this node. */
  readonly last: boolean
  /** From a guest under the id of a room that is not open, or of none: only other such guests are told. */
  readonly outside?: true
}

/** What happens in a named room, which lives in memory only (contracts.md §1, §2; §4 where an id is no number). */
export type Line =
  /** `author` null: a client that speaks plain text. */
  | {
      readonly type: 'line.said'
      readonly author: string | null
      readonly text: string
      readonly at: Timestamp
    }
  | {
      readonly type: 'line.joined' | 'line.left'
      readonly name: string
      readonly at: Timestamp
      /** For the contract that shows both. */
      readonly place?: { readonly room: string; readonly connection: string }
    }
  /** The conversation is over: every client of the room is told and closed. */
  | { readonly type: 'line.ended' }
