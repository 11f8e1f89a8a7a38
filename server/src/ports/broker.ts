import type { Event } from '@parlance/protocol/events'
import type { RoomId, Seq, UserId } from '@parlance/protocol/models'
import type { Signal, SignalOf } from '@parlance/protocol/signals'
import type { Line, Notice } from './notice.ts'

/** A room's events and signals, what concerns all sockets of one user, or the lines of a named room. */
export type Topic = `room:${RoomId}` | `user:${UserId}` | `named:${string}`

export type Publication =
  | { readonly kind: 'events'; readonly events: readonly Event[] }
  | { readonly kind: 'signal'; readonly signal: Signal | Notice }
  | { readonly kind: 'line'; readonly line: Line }
  /**
   * The user belongs to the room: attach the sockets after this seq, the head that `signal` tells. `joined`: the seq of
   * the user's own joining, where they entered a room that was there before.
   */
  | {
      readonly kind: 'attach'
      readonly room: RoomId
      readonly after: Seq
      readonly joined?: Seq
      readonly signal: SignalOf<'room.added'>
    }
  /** The user does not belong to the room any more: detach the sockets, then tell them. */
  | { readonly kind: 'detach'; readonly room: RoomId; readonly signal: Signal }
  /** These sessions ended (null: all of the user's but `except`): close their sockets. */
  | {
      readonly kind: 'sessions.ended'
      readonly sessions: readonly string[] | null
      readonly except: string | null
      /** The account itself is gone: its connections are in no room any more. */
      readonly gone?: true
    }

/**
 * Carries publications to every node that listens, this one included.
 *
 * Its law: at most once (BR1); in order per topic and publisher where it arrives at all (BR2); nothing for a topic
 * that is not subscribed (BR3). A lost publication costs latency only: `seq` shows the gap and the store fills it.
 */
export interface Broker extends AsyncDisposable {
  /** Resolves when publications of the topic reach this node. A topic has one listener, the last that was given. */
  subscribe(topic: Topic, listener: (publication: Publication) => void): Promise<void>
  unsubscribe(topic: Topic): Promise<void>
  publish(topic: Topic, publication: Publication): void
  check(): Promise<void>
}
