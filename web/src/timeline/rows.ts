import type { MessageList } from '@parlance/client/message-list'
import type { Message, Seq, Timestamp, UserId } from '@parlance/client/models'
import type { PendingMessage } from '@parlance/client/pending'
import { isSameDay } from './days.ts'

/** Messages of one author within this time stand together under one name. */
const groupMs = 5 * 60_000

/** What stands above a message, by the one before it. */
export interface RowShape {
  /** It is the first one of its day. */
  readonly beginsDay: boolean
  /** It is the first unread one. */
  readonly isFirstNew: boolean
  /** It goes on under the name above it. */
  readonly isGrouped: boolean
}

/** The shape of the message at an index; `firstNew` is the index of the first unread one, or -1. */
export function shapeOf(messages: MessageList, index: number, firstNew: number): RowShape {
  const message = messages.at(index)
  const before = index > 0 ? messages.at(index - 1) : undefined
  const beginsDay = message !== undefined && (before === undefined || !isSameDay(before.at, message.at))
  const isFirstNew = index === firstNew
  const isGrouped =
    message !== undefined && before !== undefined && !beginsDay && !isFirstNew && goesOn(before, message)
  return { beginsDay, isFirstNew, isGrouped }
}

function goesOn(before: Message, message: Message): boolean {
  return isSameAuthor(before, message) && isSoonAfter(before, message)
}

/** Whether one's own message on its way goes on under the name above it: of another one, or of the newest message. */
export function isPendingGrouped(
  pending: PendingMessage,
  before: PendingMessage | undefined,
  newest: Message | undefined,
  me: UserId,
): boolean {
  const above = before ?? (newest?.author.id === me ? newest : undefined)
  return above !== undefined && isSoonAfter(above, pending) && isSameDay(above.at, pending.at)
}

function isSoonAfter({ at }: { at: Timestamp }, next: Pick<Message, 'at' | 'replyTo'>): boolean {
  return next.replyTo === null && Date.parse(next.at) - Date.parse(at) < groupMs
}

/** Who only claims a name has no id: then the name and the kind tell. */
function isSameAuthor({ author: a }: Message, { author: b }: Message): boolean {
  return a.id === b.id && (a.id !== null || (a.name === b.name && a.kind === b.kind))
}

/** The index of the first message of others after a seq, or -1. Own messages are never unread. */
export function firstUnread(messages: MessageList, after: Seq, me: UserId): number {
  for (let i = messages.countUpTo(after); i < messages.length; i += 1)
    if (messages.at(i)?.author.id !== me) return i
  return -1
}

/** The id of one's own newest message that the other one has read, as far as it is among the last ones before it. */
export function lastSeen(messages: MessageList, read: Seq, me: UserId): Message['id'] | undefined {
  const farthest = 200
  const end = messages.countUpTo(read)
  for (let i = end - 1; i >= Math.max(0, end - farthest); i -= 1) {
    const message = messages.at(i)
    if (message?.author.id === me) return message.id
  }
  return undefined
}

/** The index of the message of this seq, else of the nearest one; -1 where there is none. */
export function nearest(messages: MessageList, seq: Seq): number {
  const after = Math.min(messages.countUpTo(seq), messages.length - 1)
  const before = Math.max(0, after - 1)
  const distance = (index: number) => Math.abs((messages.at(index)?.seq ?? Number.POSITIVE_INFINITY) - seq)
  return messages.length === 0 ? -1 : distance(before) <= distance(after) ? before : after
}
