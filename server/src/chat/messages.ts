import type { DataOf } from '@parlance/protocol/commands'
import { type Failure, failure } from '@parlance/protocol/errors'
import type { Event } from '@parlance/protocol/events'
import type { Message, MessageId, RoomId, Seq, Timestamp, UserId } from '@parlance/protocol/models'
import { nameKey } from '@parlance/protocol/names'
import { mentionKeys, resolveMentions } from '@parlance/protocol/text/candidates'
import { mayMention, mentionCandidates } from '@parlance/protocol/text/mentions'
import { moderates } from '../ports/rights.ts'
import type { Draft, Page } from '../ports/store.ts'
import { room as accessRoom, isFailure } from './access.ts'
import { type Actor, type Chat, type Result, refused, success, userOf } from './chat.ts'
import { oneEmoji } from './emoji.ts'
import { inRoom } from './in-room.ts'
import { overMessageRate } from './message-rate.ts'
import { publishEvents } from './publish.ts'
import { storable } from './storable.ts'

/** The members that a text mentions (SPEC MS10), in the order of their ids. */
async function mentionedIn(chat: Chat, room: RoomId, text: string): Promise<readonly UserId[]> {
  const candidates = mentionCandidates(text)
  if (candidates.length === 0) return []
  const found = await chat.store.rooms.mentioned(room, mentionKeys(candidates))
  const members = new Map(found.map(({ id, name }) => [nameKey(name), id]))
  const users = resolveMentions(candidates, (key) => members.get(key)).map(({ user }) => user)
  return [...new Set(users)].sort((a, b) => a - b)
}

/** The author of the message that is answered, who is told like one who is mentioned (SPEC MS14); null for oneself. */
async function answeredBy(
  chat: Chat,
  actor: Actor,
  { room, replyTo, notifyReplied = true }: { room: RoomId; replyTo?: MessageId; notifyReplied?: boolean },
): Promise<UserId | null> {
  if (replyTo === undefined || !notifyReplied) return null
  const author = await chat.store.messages.memberOf(room, replyTo)
  return author === undefined || author === actor.id ? null : author
}

/**
 * Sends a message: limits, access, commit, publication, answer.
 * The answer means committed and fsynced (SPEC MS1); the same nonce gives the first answer again (MS3).
 */
export async function sendMessage(
  chat: Chat,
  actor: Actor,
  input: { room: RoomId; text: string; nonce?: string; replyTo?: MessageId; notifyReplied?: boolean },
): Promise<Result<DataOf<'message.send'>>> {
  const over = overMessageRate(chat, actor, input.room)
  if (over !== undefined) return over
  const kept = accessRoom(chat, actor, input.room, 'write')
  const standing = kept instanceof Promise ? await kept : kept
  if (isFailure(standing)) return standing
  const nonce = input.nonce ?? null
  const replyTo = input.replyTo ?? null
  const text = storable(input.text)
  const named = mayMention(text) ? await mentionedIn(chat, input.room, text) : []
  const answered = replyTo === null ? null : await answeredBy(chat, actor, input)
  const mentions = answered === null || named.includes(answered) ? named : [...named, answered]
  const draft = inRoom(chat, actor, standing)
  const appended = await chat.store.append({
    type: 'message.send',
    ...draft,
    text,
    nonce,
    replyTo,
    mentions,
    answered,
  })
  if (!appended.ok) return refused(appended)
  publishEvents(chat, appended.events)
  if (appended.duplicate === true && appended.message !== undefined) {
    const original = await chat.store.messages.get(input.room, appended.message, actor.id)
    return original === undefined ? failure('not_found') : success({ ...original, duplicate: true })
  }
  return success({
    id: appended.message ?? 0,
    room: input.room,
    seq: appended.seq ?? 0,
    at: draft.at,
    author: userOf(actor),
    text,
    version: 1,
    editedAt: null,
    deletedAt: null,
    replyTo,
    mentions: [...mentions],
    reactions: [],
    nonce,
  })
}

/** Appends a draft about one message and answers with the message as it is then. */
async function change(
  chat: Chat,
  actor: Actor,
  draft: Extract<Draft, { message: MessageId }>,
): Promise<Result<Message>> {
  const appended = await chat.store.append(draft)
  if (!appended.ok) return refused(appended)
  publishEvents(chat, appended.events)
  const message = await chat.store.messages.get(draft.room, draft.message, actor.id)
  return message === undefined ? failure('not_found') : success(message)
}

/** The message and the standing of who wants to change it, or the failure. */
async function writable(chat: Chat, actor: Actor, room: RoomId, id: MessageId) {
  const standing = await accessRoom(chat, actor, room, 'write')
  if (isFailure(standing)) return standing
  const message = await chat.store.messages.get(room, id, actor.id)
  return message === undefined ? failure('not_found') : { standing, message }
}

function isAuthor(actor: Actor, message: Message): boolean {
  return actor.id !== null && message.author.id === actor.id
}

export async function editMessage(
  chat: Chat,
  actor: Actor,
  { room, message: id, text }: { room: RoomId; message: MessageId; text: string },
): Promise<Result<Message>> {
  const over = overMessageRate(chat, actor, room)
  if (over !== undefined) return over
  const found = await writable(chat, actor, room, id)
  if ('ok' in found) return found
  if (!isAuthor(actor, found.message)) return failure('forbidden', 'Only its author can edit a message.')
  return change(chat, actor, {
    type: 'message.edit',
    ...inRoom(chat, actor, found.standing),
    message: id,
    text,
    mentions: await mentionedIn(chat, room, text),
  })
}

export async function deleteMessage(
  chat: Chat,
  actor: Actor,
  { room, message: id }: { room: RoomId; message: MessageId },
): Promise<Result<Message>> {
  const found = await writable(chat, actor, room, id)
  if ('ok' in found) return found
  const { standing, message } = found
  if (!isAuthor(actor, message) && !moderates(standing)) return failure('forbidden')
  return change(chat, actor, { type: 'message.delete', ...inRoom(chat, actor, standing), message: id })
}

export async function react(
  chat: Chat,
  actor: Actor,
  type: 'reaction.add' | 'reaction.remove',
  { room, message, emoji: given }: { room: RoomId; message: MessageId; emoji: string },
): Promise<Result<Message>> {
  const standing = await accessRoom(chat, actor, room, 'write')
  if (isFailure(standing)) return standing
  const emoji = oneEmoji(given)
  if (emoji === undefined) return failure('bad_request', 'A reaction is one emoji.')
  return change(chat, actor, { type, ...inRoom(chat, actor, standing), message, emoji })
}

/** Who reacted to a message with an emoji, for whoever may read the room. */
export async function listReactors(
  chat: Chat,
  actor: Actor,
  input: { room: RoomId; message: MessageId; emoji: string; after?: Seq; limit?: number },
): Promise<Result<DataOf<'reaction.list'>>> {
  const { room, message, after = 0, limit = 100 } = input
  const standing = await accessRoom(chat, actor, room, 'read')
  if (isFailure(standing)) return standing
  const emoji = oneEmoji(input.emoji)
  if (emoji === undefined) return failure('bad_request', 'A reaction is one emoji.')
  const found = await chat.store.messages.reactors(room, message, emoji, after, limit + 1)
  if (found === undefined) return failure('not_found')
  return success({ reactors: found.slice(0, limit), more: found.length > limit })
}

/** One message, tombstone or not, for whoever may read the room. */
export async function getMessage(
  chat: Chat,
  actor: Actor,
  { room, message }: { room: RoomId; message: MessageId },
): Promise<Result<Message>> {
  const standing = await accessRoom(chat, actor, room, 'read')
  if (isFailure(standing)) return standing
  const found = await chat.store.messages.get(room, message, actor.id)
  return found === undefined ? failure('not_found') : success(found)
}

export async function history(
  chat: Chat,
  actor: Actor,
  input: { room: RoomId; limit?: number } & Wanted,
): Promise<Result<DataOf<'message.history'>>> {
  const standing = await accessRoom(chat, actor, input.room, 'read')
  if (isFailure(standing)) return standing
  const page = pageOf(input)
  if ('ok' in page) return page
  const found = await chat.store.messages.page(input.room, page, input.limit ?? 50, actor.id)
  return success({ ...found, messages: [...found.messages] })
}

/** Which page of a room's messages; none of these is the newest one. */
interface Wanted {
  readonly before?: Seq
  readonly after?: Seq
  readonly around?: Seq
  readonly at?: Timestamp
}

function pageOf({ before, after, around, at }: Wanted): Page | Failure {
  const given = [before, after, around, at].filter((one) => one !== undefined)
  if (given.length > 1) return failure('bad_request', 'Give one of before, after, around and at.')
  if (before !== undefined) return { kind: 'before', seq: before }
  if (after !== undefined) return { kind: 'after', seq: after }
  if (around !== undefined) return { kind: 'around', seq: around }
  if (at === undefined) return { kind: 'newest' }
  const atMs = Date.parse(at)
  // RFC 3339 knows leap seconds and zones in brackets, `Date` does not.
  return Number.isNaN(atMs) ? failure('bad_request', 'at is no time.') : { kind: 'since', atMs }
}

/** The log of a room after a seq, in order. */
export async function roomEvents(
  chat: Chat,
  actor: Actor,
  { room, after, limit }: { room: RoomId; after?: Seq; limit?: number },
): Promise<Result<{ events: Event[]; more: boolean }>> {
  const standing = await accessRoom(chat, actor, room, 'read')
  if (isFailure(standing)) return standing
  const size = limit ?? 100
  const events = await chat.store.eventsAfter(room, after ?? 0, size + 1)
  return success({ events: events.slice(0, size), more: events.length > size })
}
