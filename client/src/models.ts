/** The protocol's words, for whoever knows only this library. */
export type { Event, EventOf } from '@parlance/protocol/events'
export type {
  Account,
  Ban,
  Invite,
  InvitedRoom,
  Member,
  Message,
  MessageId,
  OwnRoom,
  Reaction,
  Reactor,
  Role,
  RoomId,
  Seq,
  Session,
  Timestamp,
  User,
  UserId,
  Visibility,
  VisibleRoom as RoomInfo,
} from '@parlance/protocol/models'
export type { RoomMember } from '@parlance/protocol/reduce'
export type { Signal, SignalOf } from '@parlance/protocol/signals'
