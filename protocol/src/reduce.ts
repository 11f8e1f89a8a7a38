import type { Event } from './events.ts'
import type { Message, MessageId, Role, Seq, Timestamp, User, UserId, Visibility } from './models.ts'

/** A member as the log tells it. */
export interface RoomMember {
  readonly user: User
  readonly role: Role
  readonly mutedUntil: Timestamp | null
  readonly joinedAt: Timestamp
}

/** What one viewer knows of a room: a snapshot, or the sum of its log. */
export interface RoomState {
  readonly name: string
  readonly topic: string
  readonly visibility: Visibility
  readonly archived: boolean
  /** The seq up to which this is the state. */
  readonly head: Seq
  readonly members: ReadonlyMap<UserId, RoomMember>
  readonly messages: ReadonlyMap<MessageId, Message>
}

/** A room before its first event. */
export const emptyRoom: RoomState = {
  name: '',
  topic: '',
  visibility: 'private',
  archived: false,
  head: 0,
  members: new Map(),
  messages: new Map(),
}

/**
 * The state after the next event, as `viewer` sees it: the law of the protocol is that this equals a fresh snapshot
 * (SPEC RE9). Throws a RangeError where `event.seq` is not the next: a gap is never folded over in silence.
 */
export function reduce(state: RoomState, event: Event, viewer: UserId | null): RoomState {
  if (event.seq !== state.head + 1) throw new RangeError(`seq ${event.seq} does not follow ${state.head}`)
  return { ...state, ...change(state, event, viewer), head: event.seq }
}

function change(state: RoomState, event: Event, viewer: UserId | null): Partial<RoomState> {
  switch (event.type) {
    case 'room.created':
    case 'room.updated':
      return { name: event.name, topic: event.topic, visibility: event.visibility }
    case 'room.archived':
      return { archived: true }
    case 'member.joined':
      return withMember(state, event.user, {
        user: event.user,
        role: event.role,
        mutedUntil: null,
        joinedAt: event.at,
      })
    case 'member.updated': {
      const before = state.members.get(event.user.id ?? 0)
      if (before === undefined) return {}
      return withMember(state, event.user, { ...before, role: event.role, mutedUntil: event.mutedUntil })
    }
    case 'member.left':
    case 'member.removed':
    case 'member.banned':
      return withMember(state, event.user, undefined)
    case 'member.unbanned':
      return {}
    case 'user.deleted':
      return { ...withMember(state, event.user, undefined), messages: renamed(state.messages, event.user) }
    case 'message.created':
      return withMessage(state, {
        id: event.message,
        room: event.room,
        seq: event.seq,
        at: event.at,
        author: event.actor,
        text: event.text,
        version: 1,
        editedAt: null,
        deletedAt: null,
        replyTo: event.replyTo,
        mentions: event.mentions,
        reactions: [],
        nonce: event.nonce,
      })
    case 'message.edited':
      return onMessage(state, event.message, (message) =>
        event.version > message.version && message.deletedAt === null
          ? {
              ...message,
              version: event.version,
              text: event.text,
              mentions: event.mentions,
              editedAt: event.at,
            }
          : message,
      )
    case 'message.deleted':
      return onMessage(state, event.message, (message) => ({
        ...message,
        version: event.version,
        text: '',
        mentions: [],
        reactions: [],
        deletedAt: event.at,
      }))
    case 'reaction.added':
      return onMessage(state, event.message, (message) =>
        react(message, event.emoji, 1, event.actor.id === viewer),
      )
    case 'reaction.removed':
      return onMessage(state, event.message, (message) =>
        react(message, event.emoji, -1, event.actor.id === viewer),
      )
  }
}

function withMember(state: RoomState, user: User, member: RoomMember | undefined): Partial<RoomState> {
  if (user.id === null) return {}
  const members = new Map(state.members)
  if (member === undefined) members.delete(user.id)
  else members.set(user.id, member)
  return { members }
}

function withMessage(state: RoomState, message: Message): Partial<RoomState> {
  return { messages: new Map(state.messages).set(message.id, message) }
}

function onMessage(state: RoomState, id: MessageId, edit: (message: Message) => Message): Partial<RoomState> {
  const message = state.messages.get(id)
  return message === undefined ? {} : withMessage(state, edit(message))
}

/**
 * Reactions stand in the order of their first use: an emoji keeps its place while anybody's stands, and one that comes
 * anew comes last. So the order follows from the one before, and every way to it gives the same.
 */
function react(message: Message, emoji: string, by: 1 | -1, mine: boolean): Message {
  if (message.deletedAt !== null) return message
  const before = message.reactions.find((reaction) => reaction.emoji === emoji)
  const count = (before?.count ?? 0) + by
  const me = mine ? by === 1 : (before?.me ?? false)
  const reaction = { emoji, count, me }
  if (before === undefined) {
    return count > 0 ? { ...message, reactions: [...message.reactions, reaction] } : message
  }
  const reactions = message.reactions.flatMap((one) => (one !== before ? [one] : count > 0 ? [reaction] : []))
  return { ...message, reactions }
}

function renamed(messages: RoomState['messages'], user: User): RoomState['messages'] {
  const after = new Map(messages)
  for (const [id, message] of messages)
    if (message.author.id === user.id) after.set(id, { ...message, author: user })
  return after
}
