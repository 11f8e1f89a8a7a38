import type { Event } from '@parlance/protocol/events'
import type { OwnRoom, RoomId, Seq, UserId } from '@parlance/protocol/models'
import type { Chat } from './chat.ts'

/** Publishes committed events of one or more rooms; called right after the commit, never before (SPEC BR4). */
export function publishEvents(chat: Chat, events: readonly Event[]): void {
  const first = events[0]
  if (first === undefined) return
  chat.standings.forget(events)
  chat.metrics.events.inc(events.length)
  if (events.length === 1) {
    chat.broker.publish(`room:${first.room}`, { kind: 'events', events })
    return
  }
  for (const [room, ofRoom] of Map.groupBy(events, (event) => event.room)) {
    chat.broker.publish(`room:${room}`, { kind: 'events', events: ofRoom })
  }
}

/**
 * Tells the user's sockets that the room is theirs now; they hear its events after `summary.head`. `joined`: the seq of
 * the user's joining, for those that are told of it as an event.
 */
export function publishAdded(chat: Chat, user: UserId, summary: OwnRoom, joined: Seq | undefined): void {
  chat.broker.publish(`user:${user}`, {
    kind: 'attach',
    room: summary.id,
    after: summary.head,
    ...(joined !== undefined && { joined }),
    signal: { type: 'room.added', room: summary.id, summary },
  })
}

/** Silences the room on the user's sockets and says so. Goes out before the room hears of it. */
export function publishRemoved(
  chat: Chat,
  user: UserId,
  room: RoomId,
  reason: 'left' | 'removed' | 'banned',
): void {
  chat.broker.publish(`user:${user}`, {
    kind: 'detach',
    room,
    signal: { type: 'room.removed', room, reason },
  })
}
