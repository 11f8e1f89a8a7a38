import Type, { type Static, type TProperties } from 'typebox'
import { OwnRoom, RoomId, Seq, Timestamp, User, UserId } from './models.ts'

function signal<const T extends string, P extends TProperties>(type: T, description: string, properties: P) {
  return Type.Object({ type: Type.Literal(type), room: RoomId, ...properties }, { description })
}

/**
 * Passing things: no `seq`, never in a log, the first to be dropped.
 * `room.*` and `read.marked` are the exception: they go to the user's own sockets (`read.marked` in a direct
 * conversation to the other one's too), are never dropped, and are stated again in every `welcome`.
 */
export const signals = {
  typing: signal('typing', 'The user is typing; void after 6 s or with their next message.', { user: User }),
  presence: signal(
    'presence',
    'Who came and went, each second at most. In rooms of over 200 members only the count.',
    {
      online: Type.Array(UserId),
      offline: Type.Array(Type.Object({ user: UserId, lastActiveAt: Timestamp })),
      count: Type.Integer({ description: 'Members of the room that are online.' }),
    },
  ),
  'read.marked': signal('read.marked', 'A read marker moved; the counts are absolute.', {
    user: UserId,
    read: Seq,
    unread: Type.Optional(Type.Integer()),
    mentions: Type.Optional(Type.Integer()),
  }),
  'room.added': signal('room.added', 'The user belongs to this room now; its events follow.', {
    summary: OwnRoom,
  }),
  'room.removed': signal(
    'room.removed',
    'The user does not belong to this room any more; nothing more follows of it.',
    {
      reason: Type.Union([Type.Literal('left'), Type.Literal('removed'), Type.Literal('banned')]),
    },
  ),
} as const

export type SignalType = keyof typeof signals
export type SignalOf<T extends SignalType> = Static<(typeof signals)[T]>
export type Signal = { [T in SignalType]: SignalOf<T> }[SignalType]
export const signalTypes = Object.keys(signals) as SignalType[]
