import type { MessageList } from '@parlance/client/message-list'
import type { Message, Seq, Timestamp, UserId } from '@parlance/client/models'
import { isSameDay } from './days.ts'

/** Messages of one author stand together under one name for so long, so that times are seen. */
const groupMs = 5 * 60_000
/** And so many of them, so that names are seen. */
const groupSize = 10

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
  const place = placeIn(messages, index, firstNew)
  const isGrouped = place !== undefined && place.before > 0 && goesOn(messages, index, firstNew)
  return { beginsDay, isFirstNew, isGrouped }
}

/** Whether a message follows the one before it without anything between them. */
function goesOn(messages: MessageList, index: number, firstNew: number): boolean {
  const [before, message] = [index > 0 ? messages.at(index - 1) : undefined, messages.at(index)]
  return (
    before !== undefined &&
    message !== undefined &&
    index !== firstNew &&
    isSameAuthor(before, message) &&
    mayFollow(before, message)
  )
}

/** Where a message stands in its group. */
interface GroupPlace {
  /** When the group began. */
  readonly startMs: number
  /** How many messages of it are before this one. */
  readonly before: number
  /** The first new message, as of which this is so. */
  readonly firstNew: Seq | undefined
}

/** As they are shown: older messages that come later move no name, and nobody counts a long talk again for each row. */
const places = new WeakMap<Message, GroupPlace>()

/** Where the message of an index stands in its group, counted from where its author began to write. */
function placeIn(messages: MessageList, index: number, firstNew: number): GroupPlace | undefined {
  const newSeq = messages.at(firstNew)?.seq
  const known = (at: number) => {
    const message = messages.at(at)
    const place = message === undefined ? undefined : places.get(message)
    return place?.firstNew === newSeq ? place : undefined
  }
  let first = index
  while (known(first) === undefined && goesOn(messages, first, firstNew)) first -= 1
  let place = known(first)
  for (let at = place === undefined ? first : first + 1; at <= index; at += 1) {
    const message = messages.at(at)
    if (message === undefined) return undefined
    const before = at === first ? undefined : place
    place = { ...nextPlace(before, message), firstNew: newSeq }
    places.set(message, place)
  }
  return place
}

/** The place of what is written after another message: in its group, unless that has come to its end. */
function nextPlace(last: Pick<GroupPlace, 'startMs' | 'before'> | undefined, { at }: Written) {
  const atMs = Date.parse(at)
  const goesIn = last !== undefined && last.before + 1 < groupSize && atMs - last.startMs < groupMs
  return goesIn ? { startMs: last.startMs, before: last.before + 1 } : { startMs: atMs, before: 0 }
}

/** Which of one's own messages on their way go on under the name above them, as they will once they have landed. */
export function pendingGrouped(
  messages: MessageList,
  pending: readonly Written[],
  me: UserId,
  firstNew = -1,
): boolean[] {
  const newest = messages.at(-1)
  let above: Written | undefined = newest?.author.id === me ? newest : undefined
  let place = above === undefined ? undefined : placeIn(messages, messages.length - 1, firstNew)
  return pending.map((one) => {
    const next = nextPlace(above !== undefined && mayFollow(above, one) ? place : undefined, one)
    above = one
    place = { ...next, firstNew: undefined }
    return next.before > 0
  })
}

type Written = Pick<Message, 'at' | 'replyTo'>

/** An answer begins anew, as does a day, and what is written after a pause. */
function mayFollow({ at }: { at: Timestamp }, next: Written): boolean {
  const isSoon = Date.parse(next.at) - Date.parse(at) < groupMs
  return next.replyTo === null && isSoon && isSameDay(at, next.at)
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
