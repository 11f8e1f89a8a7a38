import type { DataOf } from '@parlance/protocol/commands'
import { type Failure, failure } from '@parlance/protocol/errors'
import type { Event } from '@parlance/protocol/events'
import type { Message, MessageId, RoomId, Seq } from '@parlance/protocol/models'
import type { Draft, Page } from '../ports/store.ts'
import { room as accessRoom, isFailure } from './access.ts'
import { type Actor, type Chat, type Result, success, userOf } from './chat.ts'
import { publishEvents } from './publish.ts'

const mention = /(?<![\p{L}\p{M}\p{N}._-])@([\p{L}\p{N}](?:[\p{L}\p{M}\p{N}._-]{0,62}[\p{L}\p{M}\p{N}])?)/gu
/** Names looked up for one message; the rest of a wall of mentions is text. */
const maxMentions = 50

/** The members that a text mentions by `@name`. */
async function mentionedIn(chat: Chat, room: RoomId, text: string): Promise<readonly number[]> {
  const names = new Set<string>()
  for (const [, name = ''] of text.matchAll(mention)) {
    names.add(name.normalize('NFC'))
    if (names.size === maxMentions) break
  }
  return names.size === 0 ? [] : chat.store.rooms.mentioned(room, [...names])
}

/**
 * Sends a message: limits, access, commit, publication, answer.
 * The answer means committed and fsynced (SPEC MS1); the same nonce gives the first answer again (MS3).
 */
export async function sendMessage(
  chat: Chat,
  actor: Actor,
  input: { room: RoomId; text: string; nonce?: string; replyTo?: MessageId },
): Promise<Result<DataOf<'message.send'>>> {
  const rate = chat.limits.messagesPerSecond
  if (rate > 0) {
    const waitMs = chat.rates.take(`message:${actor.id ?? actor.address}`, rate, 1_000, rate * 2)
    if (waitMs > 0) return failure('rate_limited', 'Too many messages. Try again in a moment.', waitMs)
  }
  const kept = accessRoom(chat, actor, input.room, 'write')
  const standing = kept instanceof Promise ? await kept : kept
  if (isFailure(standing)) return standing
  const nonce = input.nonce ?? null
  const replyTo = input.replyTo ?? null
  const mentions = input.text.includes('@') ? await mentionedIn(chat, input.room, input.text) : []
  const at = chat.clock.timestamp()
  const appended = await chat.store.append({
    type: 'message.send',
    room: input.room,
    actor: { id: actor.id, name: actor.name },
    at,
    text: input.text,
    nonce,
    replyTo,
    mentions,
  })
  if (!appended.ok) return failure(appended.code)
  publishEvents(chat, appended.events)
  if (appended.duplicate === true && appended.message !== undefined) {
    const original = await chat.store.messages.get(input.room, appended.message, actor.id)
    return original === undefined ? failure('not_found') : success({ ...original, duplicate: true })
  }
  return success({
    id: appended.message ?? 0,
    room: input.room,
    seq: appended.seq ?? 0,
    at,
    author: userOf(actor),
    text: input.text,
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
  if (!appended.ok) return failure(appended.code)
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
  const found = await writable(chat, actor, room, id)
  if ('ok' in found) return found
  if (!isAuthor(actor, found.message)) return failure('forbidden', 'Only its author can edit a message.')
  return change(chat, actor, {
    type: 'message.edit',
    ...by(chat, actor, room),
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
  const moderates =
    standing.member !== null && standing.member.role !== 'member' && standing.room.visibility !== 'direct'
  if (!isAuthor(actor, message) && !moderates) return failure('forbidden')
  return change(chat, actor, { type: 'message.delete', ...by(chat, actor, room), message: id })
}

export async function react(
  chat: Chat,
  actor: Actor,
  type: 'reaction.add' | 'reaction.remove',
  { room, message, emoji }: { room: RoomId; message: MessageId; emoji: string },
): Promise<Result<Message>> {
  const standing = await accessRoom(chat, actor, room, 'write')
  if (isFailure(standing)) return standing
  if (/[\p{Cc}\s]/u.test(emoji)) return failure('bad_request', 'A reaction is one emoji.')
  return change(chat, actor, { type, ...by(chat, actor, room), message, emoji })
}

function by(chat: Chat, actor: Actor, room: RoomId) {
  return { room, actor: { id: actor.id, name: actor.name }, at: chat.clock.timestamp() }
}

export async function history(
  chat: Chat,
  actor: Actor,
  input: { room: RoomId; before?: Seq; after?: Seq; around?: Seq; limit?: number },
): Promise<Result<DataOf<'message.history'>>> {
  const standing = await accessRoom(chat, actor, input.room, 'read')
  if (isFailure(standing)) return standing
  const page = pageOf(input)
  if ('ok' in page) return page
  const found = await chat.store.messages.page(input.room, page, input.limit ?? 50, actor.id)
  return success({ ...found, messages: [...found.messages] })
}

function pageOf({ before, after, around }: { before?: Seq; after?: Seq; around?: Seq }): Page | Failure {
  const given = [before, after, around].filter((seq) => seq !== undefined)
  if (given.length > 1) return failure('bad_request', 'Give one of before, after and around.')
  if (before !== undefined) return { kind: 'before', seq: before }
  if (after !== undefined) return { kind: 'after', seq: after }
  if (around !== undefined) return { kind: 'around', seq: around }
  return { kind: 'newest' }
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
