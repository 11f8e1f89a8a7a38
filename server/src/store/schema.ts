import type { EventType } from '@parlance/protocol/events'
import type { MessageId, Role, RoomId, Seq, Timestamp, UserId, Visibility } from '@parlance/protocol/models'
import type { PartRank } from '@parlance/protocol/search-key'
import type { Generated } from 'kysely'

/** What the store knows about itself: `version` of the schema, `epoch`. */
interface Meta {
  key: string
  value: string
}

/** Accounts, native guests and tombstones of both. Ids are never given twice. */
export interface UserTable {
  id: Generated<UserId>
  name: string
  kind: 'user' | 'guest' | 'deleted'
  email: string | null
  password_hash: string | null
  created_at: Timestamp
  deleted_at: Timestamp | null
  /** What the name is compared by: `nameKey`. Null where nobody holds it any more: of tombstones, and guests that are gone. */
  name_key: string | null
  /** Of a guest who is not gone: when it was last here; empty once its sessions have ended. */
  seen_at: Timestamp | '' | null
}

/** Whose way in a name or an e-mail address is: the constraint of SPEC AC20. */
interface LoginTable {
  key: string
  user: UserId
}

export interface SessionTable {
  id: string
  user: UserId
  /** Of the refresh token that is good now. */
  refresh_hash: string | null
  created_at: Timestamp
  last_used_at: Timestamp
  expires_at: Timestamp
  client: string | null
  address: string | null
}

/** Hashes of refresh tokens that were traded: one that comes again ends its session, but for a lost answer (SPEC AC9). */
interface TradedRefresh {
  hash: string
  session: string
  at: Timestamp
  /** What it was traded for; null where it was never used, but replaced. */
  successor: string | null
}

export interface RoomTable {
  id: Generated<RoomId>
  name: string
  /** What the name is compared by: `nameKey`. */
  name_key: string
  topic: string
  visibility: Visibility
  archived: 0 | 1
  creator: UserId | null
  /** The seq of the last event of its log. */
  head: Seq
  /** The seq of the last event that may have changed who may do what. */
  rights_seq: Seq
  /** When the last event of its log was. */
  last_at: Timestamp
  member_count: number
  direct_key: string | null
  created_at: Timestamp
}

interface MemberTable {
  room: RoomId
  user: UserId
  role: Role
  muted_until: Timestamp | null
  joined_at: Timestamp
  read: Seq
}

interface Ban {
  room: RoomId
  user: UserId
  at: Timestamp
  by: UserId
}

/** Links into rooms. They hold while `user`, who made them, is a member. */
interface InviteTable {
  code: string
  room: RoomId
  user: UserId
  created_at: Timestamp
  expires_at: Timestamp
}

/** The mute of one who left before its end. */
interface Mute {
  room: RoomId
  user: UserId
  until: Timestamp
}

/** Every user who is named in a room's log: those rooms hear when the account goes. */
interface Participant {
  room: RoomId
  user: UserId
}

/**
 * Messages, tombstones included. A row is the state of the message and also its `message.created` event, so that a
 * send writes one row: `first_text` and `first_mentions` keep what was first sent once an edit changes it.
 */
export interface MessageTable {
  id: MessageId
  room: RoomId
  seq: Seq
  at: Timestamp
  author: UserId | null
  /** Of a claimed name only; the names of users are looked up. */
  author_name: string | null
  text: string
  version: number
  edited_at: Timestamp | null
  deleted_at: Timestamp | null
  reply_to: MessageId | null
  /** A JSON array of user ids; null is none. */
  mentions: string | null
  /** Who is among the mentions because the message answers them. */
  answered: UserId | null
  nonce: string | null
  first_text: string | null
  first_mentions: string | null
  /** Of a deleted message with a nonce: what its content is compared by (SPEC ST3). */
  content_hash: string | null
}

/** Who is mentioned by the message at a seq, the author left out: for counting. */
interface Mention {
  room: RoomId
  user: UserId
  seq: Seq
}

interface ReactionTable {
  message: MessageId
  user: UserId
  emoji: string
  /** Of its event. */
  seq: Seq
  /** Of the event since which the message has had this emoji all the time: the order in which its reactions stand. */
  since: Seq
}

/** The log, but for `message.created`, which are the rows of `messages`. */
export interface EventTable {
  room: RoomId
  seq: Seq
  type: Exclude<EventType, 'message.created'>
  at: Timestamp
  actor: UserId | null
  actor_name: string | null
  subject: UserId | null
  message: MessageId | null
  /** The fields that only this type has, as JSON. Never the name of a user. */
  data: string
}

/**
 * What names are found by (SPEC AC31): each end of the name's search key, for accounts and for the rooms of the list.
 * A range of `part` is every name in which a search begins there.
 */
interface NamePartRow {
  kind: 'user' | 'room'
  /** Of the account or room. */
  id: number
  part: string
  rank: PartRank
}

export interface Tables {
  meta: Meta
  users: UserTable
  logins: LoginTable
  sessions: SessionTable
  traded_refreshes: TradedRefresh
  rooms: RoomTable
  members: MemberTable
  bans: Ban
  invites: InviteTable
  mutes: Mute
  participants: Participant
  messages: MessageTable
  mentions: Mention
  reactions: ReactionTable
  events: EventTable
  name_parts: NamePartRow
}
