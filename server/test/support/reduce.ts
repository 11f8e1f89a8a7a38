import type { Event, EventOf } from '@parlance/protocol/events'
import type {
  Message,
  MessageId,
  Reaction,
  Role,
  RoomId,
  Timestamp,
  User,
  UserId,
} from '@parlance/protocol/models'

/** What the events of one room make of it: the plain reducer that the law [RE9] is checked with. */
export interface RoomState {
  readonly id: RoomId
  readonly room: { name: string; topic: string; visibility: string; archived: boolean; head: number }
  readonly members: ReadonlyMap<UserId, MemberState>
  readonly messages: ReadonlyMap<MessageId, MessageState>
}

export interface MemberState {
  readonly user: User
  readonly role: Role
  readonly mutedUntil: Timestamp | null
  readonly joinedAt: Timestamp
}

/** A message with who reacted, those first that did first. */
export type MessageState = Omit<Message, 'reactions'> & {
  readonly reactions: readonly { readonly emoji: string; readonly user: UserId | null }[]
}

export function emptyRoom(id: RoomId): RoomState {
  const room = { name: '', topic: '', visibility: '', archived: false, head: 0 }
  return { id, room, members: new Map(), messages: new Map() }
}

/** The state after these events; fails where one is missing or of another room. */
export function reduce(before: RoomState, events: readonly Event[]): RoomState {
  let state = before
  for (const event of events) {
    const { head } = state.room
    if (event.room !== state.id || event.seq !== head + 1) {
      throw new Error(`Event ${event.seq} of room ${event.room} does not follow ${head} of ${state.id}.`)
    }
    state = apply({ ...state, room: { ...state.room, head: event.seq } }, event)
  }
  return state
}

function apply(state: RoomState, event: Event): RoomState {
  switch (event.type) {
    case 'room.created':
    case 'room.updated': {
      const { name, topic, visibility } = event
      return { ...state, room: { ...state.room, name, topic, visibility } }
    }
    case 'room.archived':
      return { ...state, room: { ...state.room, archived: true } }
    case 'member.joined': {
      const { user, role, at } = event
      return withMember(state, user, { user, role, mutedUntil: null, joinedAt: at })
    }
    case 'member.updated': {
      const { user, role, mutedUntil } = event
      const before = state.members.get(user.id ?? 0)
      return before === undefined ? state : withMember(state, user, { ...before, role, mutedUntil })
    }
    case 'member.left':
    case 'member.removed':
    case 'member.banned':
      return withMember(state, event.user, undefined)
    case 'member.unbanned':
      return state
    case 'user.deleted':
      return forgetName(withMember(state, event.user, undefined), event.user)
    case 'message.created':
      return withMessage(state, created(event))
    case 'message.edited':
    case 'message.deleted':
    case 'reaction.added':
    case 'reaction.removed': {
      const message = state.messages.get(event.message)
      if (message === undefined) throw new Error(`There is no message ${event.message}.`)
      return withMessage(state, change(message, event))
    }
  }
}

function withMember(state: RoomState, { id }: User, member: MemberState | undefined): RoomState {
  const members = new Map(state.members)
  if (member === undefined) members.delete(id ?? 0)
  else members.set(id ?? 0, member)
  return { ...state, members }
}

function withMessage(state: RoomState, message: MessageState): RoomState {
  return { ...state, messages: new Map(state.messages).set(message.id, message) }
}

function forgetName(state: RoomState, user: User): RoomState {
  const messages = new Map(state.messages)
  for (const [id, message] of messages) {
    if (message.author.id === user.id) messages.set(id, { ...message, author: user })
  }
  return { ...state, messages }
}

function created(event: EventOf<'message.created'>): MessageState {
  const { room, seq, at, text, replyTo, mentions, nonce } = event
  return {
    id: event.message,
    room,
    seq,
    at,
    author: event.actor,
    text,
    version: 1,
    editedAt: null,
    deletedAt: null,
    replyTo,
    mentions,
    reactions: [],
    nonce,
  }
}

function change(
  message: MessageState,
  event: EventOf<'message.edited' | 'message.deleted' | 'reaction.added' | 'reaction.removed'>,
): MessageState {
  const user = event.actor.id
  switch (event.type) {
    case 'message.edited':
      if (event.version <= message.version) return message
      return {
        ...message,
        version: event.version,
        text: event.text,
        mentions: event.mentions,
        editedAt: event.at,
      }
    case 'message.deleted':
      return {
        ...message,
        version: event.version,
        text: '',
        mentions: [],
        reactions: [],
        deletedAt: event.at,
      }
    case 'reaction.added':
      return { ...message, reactions: [...message.reactions, { emoji: event.emoji, user }] }
    case 'reaction.removed':
      return {
        ...message,
        reactions: message.reactions.filter(
          (reaction) => reaction.emoji !== event.emoji || reaction.user !== user,
        ),
      }
  }
}

/** The messages of a state as the store shows them to a viewer, oldest first. */
export function messagesOf(state: RoomState, viewer: UserId | null): Message[] {
  const bySeq = [...state.messages.values()].sort((a, b) => a.seq - b.seq)
  return bySeq.map((message) => ({ ...message, reactions: counted(message, viewer) }))
}

function counted({ reactions }: MessageState, viewer: UserId | null): Reaction[] {
  const byEmoji = Map.groupBy(reactions, ({ emoji }) => emoji)
  return [...byEmoji].map(([emoji, given]) => ({
    emoji,
    count: given.length,
    me: viewer !== null && given.some(({ user }) => user === viewer),
  }))
}
