import type { Event } from '@parlance/protocol/events'
import type { Replay } from '@parlance/protocol/frames'
import type { RoomId, Seq } from '@parlance/protocol/models'
import type { Signal } from '@parlance/protocol/signals'

/**
 * What is known of a room is void, and its log goes on after `head`: declared, never silent (SPEC RE3, CL3).
 * `behind`: what a cache had was too old to be brought up to date event by event.
 */
export interface Reset {
  readonly room: RoomId
  readonly reason: Extract<Replay, { recovered: false }>['reason'] | 'behind'
  readonly head: Seq
}

/** What an application may listen to, besides the snapshots. */
export interface Listener {
  /** Each event of each room, once and in the order of its room (SPEC CL3). */
  event?(event: Event): void
  signal?(signal: Signal): void
  reset?(reset: Reset): void
}
