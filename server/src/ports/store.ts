import type { ErrorCode } from '@parlance/protocol/error-codes'
import type { Event } from '@parlance/protocol/events'
import type {
  Ban,
  Invite,
  Message,
  MessageId,
  OwnRoom,
  Reactor,
  Role,
  Room,
  RoomId,
  Seq,
  Timestamp,
  User,
  UserId,
  Visibility,
} from '@parlance/protocol/models'

/** Who writes: an account or a native guest by id; `id: null` is a claimed name that is nobody's account. */
export interface Author {
  readonly id: UserId | null
  readonly name: string
}

interface InRoom {
  readonly room: RoomId
  readonly actor: Author
  readonly at: Timestamp
  /**
   * The room's head when the actor's right to this was looked at. Where rights have changed since, the transaction
   * looks again and refuses what is not allowed any more (SPEC AC14). Left out: whoever drafts has the right.
   */
  readonly asOf?: Seq
}

interface OnMember extends InRoom {
  readonly user: UserId
}

/** One write to the log. Access and limits have been checked; what only the transaction can know is checked there. */
export type Draft =
  | ({
      readonly type: 'message.send'
      readonly text: string
      readonly nonce: string | null
      readonly replyTo: MessageId | null
      readonly mentions: readonly UserId[]
      /** The one of `mentions` who is told because it answers them: edits keep it, whatever they mention (SPEC MS14). */
      readonly answered?: UserId | null
    } & InRoom)
  | ({
      readonly type: 'message.edit'
      readonly message: MessageId
      readonly text: string
      readonly mentions: readonly UserId[]
    } & InRoom)
  | ({ readonly type: 'message.delete'; readonly message: MessageId } & InRoom)
  | ({
      readonly type: 'reaction.add' | 'reaction.remove'
      readonly message: MessageId
      readonly emoji: string
    } & InRoom)
  | ({
      readonly type: 'room.update'
      readonly name?: string
      readonly topic?: string
      readonly visibility?: Visibility
    } & InRoom)
  | ({ readonly type: 'room.archive' } & InRoom)
  /** `invite`: the code that gives the right to it; `not_found` where it holds no more. */
  | ({ readonly type: 'member.join'; readonly role: Role; readonly invite?: string } & OnMember)
  /**
   * `heir`: the last owner may go too; the member of this id is owner then, or where it is true whoever has been there
   * longest. Else `last_owner`.
   */
  | ({ readonly type: 'member.leave'; readonly heir?: boolean | UserId } & OnMember)
  | ({ readonly type: 'member.remove' | 'member.ban' | 'member.unban' } & OnMember)
  | ({ readonly type: 'member.role'; readonly role: Role } & OnMember)
  | ({ readonly type: 'member.mute'; readonly until: Timestamp | null } & OnMember)
  | {
      readonly type: 'room.create'
      readonly actor: Author
      readonly at: Timestamp
      readonly name: string
      readonly topic: string
      readonly visibility: Visibility
      /** Members from the start, the creator among them where it becomes one. */
      readonly members: readonly { readonly user: UserId; readonly role: Role }[]
      /** Whether the name must be free among all open and public rooms (`name_taken`). */
      readonly uniqueName: boolean
      /** For direct conversations: the same key gives the same room. */
      readonly directKey: string | null
      /** Rooms that the actor may have created and not archived, this one included; else `limit_reached`. */
      readonly most?: number
    }

export type DraftType = Draft['type']

/**
 * What became of a draft. `events` is empty where the draft changed nothing: it was a duplicate, or the state was
 * already so (a join of a member, a reaction that stands).
 */
export type Appended =
  | {
      readonly ok: true
      readonly room: RoomId
      readonly events: readonly Event[]
      /** The message that the draft made or meant, for `message.send` only. */
      readonly message?: MessageId
      readonly seq?: Seq
      readonly at?: Timestamp
      readonly duplicate?: boolean
    }
  | { readonly ok: false; readonly code: ErrorCode; readonly retryAfterMs?: number }

/** What became of a write that gives nothing. */
export type Done = { readonly ok: true } | Extract<Appended, { ok: false }>

/** How one user stands to one room: all that access needs. */
export interface Standing {
  readonly room: Room
  readonly member: { readonly role: Role; readonly mutedUntil: Timestamp | null } | null
  readonly banned: boolean
  /** Until when the user may not write here, member or not: who leaves does not shake a mute off. */
  readonly mutedUntil: Timestamp | null
}

export type Page =
  | { readonly kind: 'newest' }
  | { readonly kind: 'before' | 'after' | 'around'; readonly seq: Seq }
  /** Around the first message of this time or later; the newest where there is none. */
  | { readonly kind: 'since'; readonly atMs: number }

export interface Rooms {
  /** Undefined where there is no such room. `user` null: a claimed name, never a member. */
  standing(user: UserId | null, room: RoomId): Promise<Standing | undefined>
  /** Every room of the user with its counts, and all of it as of one moment. */
  own(user: UserId): Promise<readonly OwnRoom[]>
  ownOne(user: UserId, room: RoomId): Promise<OwnRoom | undefined>
  /** Open and public rooms (or, with `openOnly`, the open ones) that are not archived, by id. */
  listed(options: {
    readonly openOnly: boolean
    readonly after: RoomId
    readonly limit: number
    /** Leaves out so many of the first. */
    readonly skip?: number
  }): Promise<readonly Room[]>
  /**
   * Those of them in whose names this is found (SPEC AC30), the best first (AC19): by what follows it in the name, then
   * by id. None where the search has no key.
   */
  find(options: {
    readonly openOnly: boolean
    readonly name: string
    /** The last room of the page before. From the beginning where it is not found (any more), and for 0. */
    readonly after: RoomId
    readonly limit: number
  }): Promise<readonly Room[]>
  /** By user id; `online` is false, presence fills it. */
  members(
    room: RoomId,
    after: UserId,
    limit: number,
  ): Promise<
    readonly {
      user: User & { id: UserId }
      role: Role
      mutedUntil: Timestamp | null
      joinedAt: Timestamp
      read: Seq
    }[]
  >
  /** Who is kept out, by user id. */
  bans(
    room: RoomId,
    after: UserId,
    limit: number,
  ): Promise<readonly (Ban & { readonly user: { readonly id: UserId } })[]>
  /** Rooms that the user is kept out of. */
  bannedFrom(user: UserId): Promise<readonly RoomId[]>
  memberIds(room: RoomId): Promise<readonly UserId[]>
  /** All members of these rooms, by room and user id. */
  rosters(
    rooms: readonly RoomId[],
  ): Promise<readonly { readonly room: RoomId; readonly user: User & { readonly id: UserId } }[]>
  /** The members with an account whose names have one of these keys (`nameKey`). */
  mentioned(
    room: RoomId,
    keys: readonly string[],
  ): Promise<readonly { readonly id: UserId; readonly name: string }[]>
}

/** Links into rooms. One holds until it expires or is revoked, and while its maker is a member (SPEC AC15). */
export interface Invites {
  /** `limit_reached` where the room has as many open links as it may have; else why the user may not (SPEC AC39). */
  create(invite: {
    readonly code: string
    readonly room: RoomId
    readonly user: UserId
    readonly at: Timestamp
    readonly expiresAt: Timestamp
  }): Promise<Done>
  /** Where it holds at `at`. */
  get(code: string, at: Timestamp): Promise<Invite | undefined>
  /** Those that hold at `at`, oldest first. */
  list(room: RoomId, at: Timestamp): Promise<readonly Invite[]>
  /** `not_found` where the room has no such link, else why the user may not (SPEC AC39). */
  revoke(link: {
    readonly code: string
    readonly room: RoomId
    readonly user: UserId
    readonly at: Timestamp
  }): Promise<Done>
}

export interface Messages {
  /** As `viewer` sees it (own reactions). Undefined where this room has no such message. */
  get(room: RoomId, message: MessageId, viewer: UserId | null): Promise<Message | undefined>
  /** Who wrote the message, where it is not deleted and they are a member of its room now. */
  memberOf(room: RoomId, message: MessageId): Promise<UserId | undefined>
  /** Oldest first, tombstones included; `head` is the room's head in the same moment. */
  page(
    room: RoomId,
    page: Page,
    limit: number,
    viewer: UserId | null,
  ): Promise<{ readonly messages: readonly Message[]; readonly head: Seq; readonly more: boolean }>
  /** Who reacted with this emoji after this seq, in order. Undefined where this room has no such message. */
  reactors(
    room: RoomId,
    message: MessageId,
    emoji: string,
    after: Seq,
    limit: number,
  ): Promise<readonly Reactor[] | undefined>
  /** Oldest first, without tombstones, reactions left out. */
  recent(room: RoomId, wanted: Recent): Promise<readonly Message[]>
}

/** What the five contracts show of a room's messages: the newest ones that are not deleted. */
export interface Recent {
  readonly limit: number
  /** Leaves out so many of the newest. */
  readonly skip?: number
  /** Only those before this one. */
  readonly before?: MessageId
}

export interface ReadState {
  readonly read: Seq
  readonly unread: number
  readonly mentions: number
}

export interface Reads {
  /** A maximum: never goes back, never past the head. Undefined for who is no member. */
  mark(user: UserId, room: RoomId, seq: Seq): Promise<(ReadState & { readonly moved: boolean }) | undefined>
}

export interface UserRow {
  readonly id: UserId
  readonly name: string
  readonly kind: 'user' | 'guest' | 'deleted'
  readonly email: string | null
  readonly passwordHash: string | null
  readonly createdAt: Timestamp
}

export interface Users {
  create(user: {
    readonly name: string
    readonly kind: 'user' | 'guest'
    readonly email: string | null
    readonly passwordHash: string | null
    readonly at: Timestamp
  }): Promise<
    /** A name or an address that is another account's way in, or a guest's name that another guest has, is taken. */
    | { readonly ok: true; readonly user: UserRow }
    | { readonly ok: false; readonly code: 'name_taken' | 'email_taken' }
  >
  get(user: UserId): Promise<UserRow | undefined>
  /** An account (never a guest) by its name or its e-mail address, in any spelling (SPEC AC21). */
  byLogin(nameOrEmail: string): Promise<UserRow | undefined>
  /** Accounts in whose names this is found, as rooms are; neither guests nor who is gone. */
  find(search: string, limit: number): Promise<readonly User[]>
  /** Makes an account or guest as `create` does, with its first session, both or neither. */
  enroll(
    user: Parameters<Users['create']>[0],
    session: Omit<SessionRow, 'user'> & { readonly refreshHash: string | null },
  ): ReturnType<Users['create']>
  /**
   * Changes the password and ends every session but `except`, both or neither. False, and nothing is done, where the
   * password is not the one with the hash `from` any more (SPEC AC38).
   */
  changePassword(
    user: UserId,
    change: { readonly from: string | null; readonly to: string; readonly except: string },
  ): Promise<boolean>
  /** Puts another hash of the same password in the place of `from`; false where that is not its hash any more. */
  replaceHash(user: UserId, from: string | null, to: string): Promise<boolean>
  /**
   * Makes the account a tombstone in one transaction: sessions and memberships end, name and e-mail are free, and
   * every room where it was a member or wrote gets `user.deleted`. Gives those events.
   */
  remove(user: UserId, at: Timestamp): Promise<readonly Event[]>
  /** The same, where the password is still the one with this hash; else undefined, and nothing is done. */
  removeAs(user: UserId, passwordHash: string | null, at: Timestamp): Promise<readonly Event[] | undefined>
}

/** Native guests that hold their name: until they are gone, and have left every room (SPEC AC24). */
export interface Guests {
  /** Guests among these users are here at `at`; written down where that was last so before `since`. */
  see(users: readonly UserId[], at: Timestamp, since: Timestamp): Promise<void>
  /** Those who were last here at `seenBefore` or earlier; `''`: those whose sessions have ended, alone. */
  gone(
    seenBefore: Timestamp | '',
    limit: number,
  ): Promise<readonly { readonly id: UserId; readonly name: string }[]>
  /** The rooms that this user is a member of. */
  rooms(user: UserId): Promise<readonly RoomId[]>
  /** Gives a guest that was gone its name back, where nobody else has it; whether it has it. */
  hold(user: UserId, at: Timestamp): Promise<boolean>
  /** Frees the name of one who is in no room, and was last here at `seenBefore` or earlier. */
  release(user: UserId, seenBefore: Timestamp | ''): Promise<void>
}

export interface SessionRow {
  readonly id: string
  readonly user: UserId
  readonly createdAt: Timestamp
  readonly lastUsedAt: Timestamp
  readonly expiresAt: Timestamp
  readonly client: string | null
  readonly address: string | null
}

export interface Sessions {
  create(session: SessionRow & { readonly refreshHash: string | null }): Promise<void>
  /** The same for who has given a password: false where it is not the account's any more (SPEC AC38). */
  logIn(
    session: SessionRow & { readonly refreshHash: string | null },
    passwordHash: string | null,
  ): Promise<boolean>
  /** Only sessions that have not expired at `at`. */
  get(id: string, at: Timestamp): Promise<(SessionRow & { readonly account: UserRow }) | undefined>
  /** By the hash of the current refresh token, or of one whose trade may be repeated (SPEC AC9). */
  byRefresh(
    refreshHash: string,
    at: Timestamp,
    steadyAt?: Timestamp,
  ): Promise<(SessionRow & { readonly account: UserRow }) | undefined>
  /**
   * Trades a refresh token for the next. `reused`: the token was already traded; its session has been ended by this. A
   * trade may be repeated for 30 s while its successor was not used: that one is void then. The 30 s are those of
   * `steadyAt`, a time that does not jump with the wall; left out: of `at`.
   */
  rotate(
    refreshHash: string,
    nextHash: string,
    at: Timestamp,
    expiresAt: Timestamp,
    steadyAt?: Timestamp,
  ): Promise<
    | { readonly ok: true; readonly session: SessionRow; readonly account: UserRow }
    | { readonly ok: false; readonly reused?: { readonly id: string; readonly user: UserId } }
  >
  list(user: UserId, at: Timestamp): Promise<readonly SessionRow[]>
  /** Whether there was such a session of this user. */
  end(user: UserId, id: string): Promise<boolean>
  /** Ends all of a user's sessions but one; gives the ids of those ended. */
  endAll(user: UserId, except: string | null): Promise<readonly string[]>
}

/**
 * The one durable store.
 *
 * Its law: what a promise of a write resolved to has been committed and fsynced (SPEC ST2). `append` gives each event
 * the next `seq` of its room in the same transaction as the change (ST1); drafts of one caller keep their order (ST4);
 * the same (author, nonce) gives the same answer for ever, or `conflict` (ST3). A read begun after a write's answer
 * sees it (ST5). A rejected promise of a write means: unknown.
 */
export interface Store extends AsyncDisposable {
  /** Names this life of the store: changed by whoever restores a backup. */
  readonly epoch: string
  append(draft: Draft): Promise<Appended>
  eventsAfter(room: RoomId, seq: Seq, limit: number): Promise<readonly Event[]>
  readonly rooms: Rooms
  readonly invites: Invites
  readonly messages: Messages
  readonly reads: Reads
  readonly users: Users
  readonly guests: Guests
  readonly sessions: Sessions
  /** Resolves when the store answers; rejects when it cannot. */
  check(): Promise<void>
  /** Called once, when a commit failed in a way after which no ack may be given (an fsync error, a full disk). */
  onFailure(listener: (error: Error) => void): void
}
