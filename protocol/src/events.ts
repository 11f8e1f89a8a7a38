import Type, { type Static, type TProperties } from 'typebox'
import { MessageId, Role, RoomId, Seq, Timestamp, User, UserId, Visibility } from './models.ts'

function event<const T extends string, P extends TProperties>(type: T, description: string, properties: P) {
  return Type.Object(
    { type: Type.Literal(type), room: RoomId, seq: Seq, at: Timestamp, actor: User, ...properties },
    { description },
  )
}

const version = Type.Integer({ minimum: 1 })
const emoji = Type.String()
const mutedUntil = Type.Union([Timestamp, Type.Null()])

/** Everything that changes what a member sees. Each is in the room's log for ever, under a dense `seq` (SPEC ST1). */
export const events = {
  'message.created': event('message.created', 'A message was sent.', {
    message: MessageId,
    text: Type.String({ description: 'As first sent; empty when the message has been deleted since.' }),
    replyTo: Type.Union([MessageId, Type.Null()]),
    mentions: Type.Array(UserId),
    nonce: Type.Union([Type.String(), Type.Null()]),
  }),
  'message.edited': event('message.edited', 'Its author changed the text. Apply only a greater version.', {
    message: MessageId,
    version,
    text: Type.String(),
    mentions: Type.Array(UserId),
  }),
  'message.deleted': event(
    'message.deleted',
    'The message is a tombstone now; the text is gone from the log too.',
    {
      message: MessageId,
      version,
    },
  ),
  'reaction.added': event('reaction.added', 'The actor reacted to a message.', { message: MessageId, emoji }),
  'reaction.removed': event('reaction.removed', 'The actor took a reaction back.', {
    message: MessageId,
    emoji,
  }),
  'room.created': event('room.created', 'The first event of every room.', {
    name: Type.String(),
    topic: Type.String(),
    visibility: Visibility,
  }),
  'room.updated': event('room.updated', 'Name, topic or visibility as they are now.', {
    name: Type.String(),
    topic: Type.String(),
    visibility: Visibility,
  }),
  'room.archived': event('room.archived', 'From here on the room is read-only.', {}),
  'member.joined': event(
    'member.joined',
    'The user is a member now; the actor is the user or who let them in.',
    {
      user: User,
      role: Role,
    },
  ),
  'member.left': event('member.left', 'The user left.', { user: User }),
  'member.removed': event('member.removed', 'The actor removed the user, who may join again.', {
    user: User,
  }),
  'member.banned': event('member.banned', 'The actor removed the user, who may not join again.', {
    user: User,
  }),
  'member.unbanned': event('member.unbanned', 'The user may join again.', { user: User }),
  'member.updated': event('member.updated', 'Role and mute of the user as they are now.', {
    user: User,
    role: Role,
    mutedUntil,
  }),
  'user.deleted': event(
    'user.deleted',
    'The account is gone: no member any more, and its messages have no name.',
    {
      user: User,
    },
  ),
} as const

export type EventType = keyof typeof events
export type EventOf<T extends EventType> = Static<(typeof events)[T]>
export type Event = { [T in EventType]: EventOf<T> }[EventType]
/** Any of them. */
export const AnyEvent = Type.Unsafe<Event>(Type.Union(Object.values(events)))
export const eventTypes = Object.keys(events) as EventType[]
