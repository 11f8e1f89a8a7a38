import Type, { type Static } from 'typebox'
import { protocolLimits as limits } from './limits.ts'

/** A room's or a user's id: positive and below 2^31. */
export const Id = Type.Integer({ minimum: 1, maximum: 2_147_483_647 })
export const RoomId = Id
export const UserId = Id
export const MessageId = Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER })
/** The dense number of an event in its room's log, from 1. */
export const Seq = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER })
/** RFC 3339, UTC, milliseconds: `2026-01-01T10:00:00.123Z`. */
export const Timestamp = Type.String({ format: 'date-time' })
export const Nonce = Type.String({ pattern: '^[A-Za-z0-9_-]{1,64}$' })
export const SessionId = Type.String({ minLength: 1, maxLength: 64 })

export type RoomId = Static<typeof RoomId>
export type UserId = Static<typeof UserId>
export type MessageId = Static<typeof MessageId>
export type Seq = Static<typeof Seq>
export type Timestamp = Static<typeof Timestamp>

export const Visibility = Type.Union(
  [Type.Literal('open'), Type.Literal('public'), Type.Literal('private'), Type.Literal('direct')],
  {
    description:
      'open: guests may read and write. public: listed, any account may join. private: by invitation. direct: two people.',
  },
)
export type Visibility = Static<typeof Visibility>

export const Role = Type.Union([Type.Literal('owner'), Type.Literal('moderator'), Type.Literal('member')])
export type Role = Static<typeof Role>

/** Who did or is something. A guest who only claims a name has no id. */
export const User = Type.Object({
  id: Type.Union([UserId, Type.Null()]),
  name: Type.String(),
  kind: Type.Union([Type.Literal('user'), Type.Literal('guest'), Type.Literal('deleted')]),
})
export type User = Static<typeof User>

/** One's own account; nobody else sees the e-mail address. */
export const Account = Type.Object({
  id: UserId,
  name: Type.String(),
  kind: Type.Union([Type.Literal('user'), Type.Literal('guest')]),
  email: Type.Union([Type.String(), Type.Null()]),
  createdAt: Timestamp,
})
export type Account = Static<typeof Account>

export const Session = Type.Object({
  id: SessionId,
  current: Type.Boolean(),
  createdAt: Timestamp,
  lastUsedAt: Timestamp,
  expiresAt: Timestamp,
  client: Type.Union([Type.String(), Type.Null()]),
  address: Type.Union([Type.String(), Type.Null()]),
})
export type Session = Static<typeof Session>

export const Room = Type.Object({
  id: RoomId,
  name: Type.String({ description: 'Empty for a direct conversation.' }),
  topic: Type.String(),
  visibility: Visibility,
  archived: Type.Boolean(),
  creator: Type.Union([UserId, Type.Null()], { description: 'Who created it, where that account still is.' }),
  createdAt: Timestamp,
  members: Type.Integer({ description: 'How many members the room has.' }),
  head: Seq,
})
export type Room = Static<typeof Room>

/** A room as one sees it who does not belong to it. */
export const VisibleRoom = Type.Object({
  ...Room.properties,
  banned: Type.Optional(
    Type.Boolean({ description: 'Whether the reader is banned from it; left out where not.' }),
  ),
})
export type VisibleRoom = Static<typeof VisibleRoom>

/** A room as one of its members sees it. */
export const OwnRoom = Type.Object({
  ...Room.properties,
  role: Role,
  mutedUntil: Type.Union([Timestamp, Type.Null()]),
  lastMessageAt: Type.Union([Timestamp, Type.Null()], {
    description: 'When its newest message was sent; null where it has none.',
  }),
  read: Type.Integer({ minimum: 0, description: 'The seq up to which the user has read.' }),
  unread: Type.Integer({ description: `Messages of others after it, at most ${limits.countCap}.` }),
  mentions: Type.Integer({
    description: `Of those, the ones that mention the user, at most ${limits.countCap}.`,
  }),
  peer: Type.Optional(
    Type.Union([User, Type.Null()], { description: 'The other one in a direct conversation.' }),
  ),
})
export type OwnRoom = Static<typeof OwnRoom>

export const Member = Type.Object({
  user: User,
  role: Role,
  mutedUntil: Type.Union([Timestamp, Type.Null()]),
  joinedAt: Timestamp,
  online: Type.Boolean(),
  read: Type.Optional(
    Type.Integer({ description: 'Up to where the member has read; in direct conversations only.' }),
  ),
})
export type Member = Static<typeof Member>

/** 128 random bits in base64url. Whoever has it may enter: it belongs into bodies and fragments, not into paths. */
export const InviteCode = Type.String({ minLength: 22, maxLength: 22 })

/** A link into a room. */
export const Invite = Type.Object({
  code: InviteCode,
  room: RoomId,
  createdBy: User,
  createdAt: Timestamp,
  expiresAt: Timestamp,
})
export type Invite = Static<typeof Invite>

/** What an invitation tells of its room to who is not in it yet. */
export const InvitedRoom = Type.Object({
  id: Room.properties.id,
  name: Room.properties.name,
  topic: Room.properties.topic,
  visibility: Room.properties.visibility,
  archived: Room.properties.archived,
  members: Room.properties.members,
})
export type InvitedRoom = Static<typeof InvitedRoom>

/** One who is kept out of a room. */
export const Ban = Type.Object({
  user: User,
  at: Timestamp,
  by: User,
})
export type Ban = Static<typeof Ban>

export const Reaction = Type.Object({
  emoji: Type.String(),
  count: Type.Integer(),
  me: Type.Boolean({ description: 'Whether the reader is among them.' }),
})
export type Reaction = Static<typeof Reaction>

/** Who reacted with one emoji. */
export const Reactor = Type.Object({
  user: User,
  seq: Type.Integer({ description: 'The seq of its reaction.added event: the order in which they stand.' }),
})
export type Reactor = Static<typeof Reactor>

export const Message = Type.Object({
  id: MessageId,
  room: RoomId,
  seq: Type.Integer({ description: 'The seq of its message.created event: its place in the room.' }),
  at: Timestamp,
  author: User,
  text: Type.String({ description: 'Empty once deleted.' }),
  version: Type.Integer({ minimum: 1, description: 'Counts edits and the delete; the greatest one wins.' }),
  editedAt: Type.Union([Timestamp, Type.Null()]),
  deletedAt: Type.Union([Timestamp, Type.Null()]),
  replyTo: Type.Union([MessageId, Type.Null()]),
  mentions: Type.Array(UserId),
  reactions: Type.Array(Reaction, {
    description:
      'In the order of their first use: an emoji that nobody uses any more and that comes again comes last.',
  }),
  nonce: Type.Union([Type.String(), Type.Null()]),
})
export type Message = Static<typeof Message>
