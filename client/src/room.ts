import type { Message, MessageId, OwnRoom, RoomId, Seq, User, UserId } from '@parlance/protocol/models'
import type { RoomMember } from '@parlance/protocol/reduce'
import type { ParlanceError } from './errors.ts'
import type { MessageList } from './message-list.ts'
import type { PendingMessage } from './pending.ts'
import type { Snapshots } from './snapshots.ts'

/** The messages of a room that are shown: a stretch without holes. */
export interface TimelineSnapshot {
  readonly messages: MessageList
  /** Whether the first page is here. */
  readonly isLoaded: boolean
  readonly isLoading: boolean
  /** Why the last page could not be read. */
  readonly error: ParlanceError | null
  readonly hasOlder: boolean
  /** Whether there are newer ones than these; false while it follows the room live. */
  readonly hasNewer: boolean
  /** How often it had to be read anew because the log could not be followed (SPEC RE3). */
  readonly resets: number
}

export interface RoomSnapshot {
  /** As one of its members sees it; `read` and the counts are ahead of the server while it is told. */
  readonly summary: OwnRoom
  /** False once one does not belong to it any more. */
  readonly isMember: boolean
  readonly timeline: TimelineSnapshot
  /** One's own messages on their way, to show after the timeline. */
  readonly pending: readonly PendingMessage[]
  /** Null until `loadMembers`. */
  readonly members: ReadonlyMap<UserId, RoomMember> | null
  /** Those online, where the room is open or a direct conversation; empty in rooms of over 200 members, which only have the count. */
  readonly online: ReadonlySet<UserId>
  readonly onlineCount: number
  /** Others who are typing. */
  readonly typing: readonly User[]
  /** In a direct conversation: up to where the other one has read. */
  readonly reads: ReadonlyMap<UserId, Seq>
}

/** What a message answers. */
export interface SendOptions {
  readonly replyTo?: MessageId
  /** False: the author of the message that is answered is not told (SPEC MS14). */
  readonly notifyReplied?: boolean
}

/** A room one belongs to. Whatever asks the server throws a `ParlanceError` where it fails. */
export interface Room extends Snapshots<RoomSnapshot> {
  readonly id: RoomId
  /** Loads the newest messages and who is online, and keeps them; resolves when the messages are here. */
  open(): Promise<void>
  /** Forgets the messages. The room's counts are followed all the same. */
  close(): void
  /** Reads all members, and follows them. */
  loadMembers(): Promise<void>
  /** Loads a page before what is shown. */
  loadOlder(limit?: number): Promise<void>
  /** Loads a page after what is shown, until it is the live end. */
  loadNewer(limit?: number): Promise<void>
  /** Shows the messages around a seq. */
  jumpTo(seq: Seq, limit?: number): Promise<void>
  /**
   * Shows the messages around the first one sent at a time or later, and gives its seq; where there is none, the live
   * end and undefined.
   */
  jumpToDate(at: Date | string, limit?: number): Promise<Seq | undefined>
  /** Shows the live end again. */
  jumpToLatest(): Promise<void>
  /** A message that is here: of a page, or one that `message` has read. */
  find(id: MessageId): Message | undefined
  /** A message that others refer to: it is read where it is not here. `find` gives it as it changes from then on. */
  message(id: MessageId): Promise<Message>
  /** Sends a message, once (SPEC CL2). It is in `pending` at once; resolves when it has landed, for ever. */
  send(text: string, options?: SendOptions): Promise<Message>
  /** Sends a message again that failed. */
  retry(nonce: string): Promise<Message>
  /** Drops a message that failed. */
  discard(nonce: string): void
  edit(message: MessageId, text: string): Promise<Message>
  delete(message: MessageId): Promise<Message>
  react(message: MessageId, emoji: string): Promise<Message>
  unreact(message: MessageId, emoji: string): Promise<Message>
  /** Marks as read up to a seq, or to the head; it never goes back. */
  markRead(seq?: Seq): void
  /** Tells that one types; call it at each key, it is told at most once in 3 s. */
  typing(): void
}
