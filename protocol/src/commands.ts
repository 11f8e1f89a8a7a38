import Type, { type Static, type TProperties, type TSchema } from 'typebox'
import { AnyEvent } from './events.ts'
import { protocolLimits as limits } from './limits.ts'
import {
  Account,
  Ban,
  Id,
  Invite,
  InviteCode,
  InvitedRoom,
  Member,
  Message,
  MessageId,
  Nonce,
  OwnRoom,
  Reactor,
  Role,
  Room,
  RoomId,
  Seq,
  Session,
  SessionId,
  Timestamp,
  User,
  UserId,
  VisibleRoom,
} from './models.ts'

const name = Type.String({ minLength: 1, maxLength: limits.nameLength })
const password = Type.String({ minLength: limits.passwordMin, maxLength: limits.passwordMax })
const anyPassword = Type.String({ maxLength: limits.passwordMax })
const text = Type.String({ minLength: 1, maxLength: limits.textLength })
const topic = Type.String({ maxLength: limits.topicLength })
const emoji = Type.String({ minLength: 1, maxLength: limits.emojiLength })
const email = Type.Union([Type.String({ format: 'email', maxLength: 254 }), Type.Null()])
const client = Type.String({
  maxLength: 200,
  description: 'What the client calls itself; shown in the session list.',
})
const page = (max: number) => Type.Integer({ minimum: 1, maximum: max })
const createVisibility = Type.Union([Type.Literal('open'), Type.Literal('public'), Type.Literal('private')])
const more = Type.Boolean({ description: 'Whether there is more beyond this page.' })
const nothing = Type.Object({})

/** What a log-in answers. The refresh token is used once; each use gives the next one (rotation). */
export const Grant = Type.Object({
  token: Type.String({ description: 'A JWT for `hello.token` and `Authorization: Bearer`.' }),
  expiresAt: Timestamp,
  refreshToken: Type.Optional(Type.String({ description: 'Left out where it is kept in the cookie.' })),
  session: SessionId,
  account: Account,
})
export type Grant = Static<typeof Grant>

const cookie = Type.Boolean({
  description: 'Also keep the session in an HttpOnly cookie, for browsers of this origin.',
})

function command<I extends TProperties, D extends TSchema>(summary: string, input: I, data: D) {
  return { summary, input: Type.Object(input), data }
}

/**
 * The one table of commands. Everything a client can do is here; the socket speaks those that `http.ts` does not
 * mark as REST-only, REST speaks all of them. Fields that a command does not name are ignored.
 */
export const commands = {
  'account.create': command(
    'Register an account and log in.',
    {
      name,
      password,
      email: Type.Optional(email),
      client: Type.Optional(client),
      cookie: Type.Optional(cookie),
    },
    Grant,
  ),
  'account.get': command('One’s own account.', {}, Account),
  'account.password': command(
    'Change the password; every other session ends.',
    { password: anyPassword, newPassword: password },
    nothing,
  ),
  'account.delete': command(
    'Delete one’s account: sessions end, messages stay without a name, name and e-mail are free again.',
    { password: Type.Optional(anyPassword) },
    nothing,
  ),
  'guest.create': command(
    'Become a guest, who may enter open rooms only.',
    { name, client: Type.Optional(client), cookie: Type.Optional(cookie) },
    Grant,
  ),
  'session.create': command(
    'Log in by name (or e-mail) and password.',
    {
      name: Type.String({ maxLength: 254 }),
      password: anyPassword,
      client: Type.Optional(client),
      cookie: Type.Optional(cookie),
    },
    Grant,
  ),
  'session.refresh': command(
    'Trade a refresh token for a new pair. Used twice it ends its session, but for a lost answer (SPEC AC9).',
    { refreshToken: Type.Optional(Type.String({ maxLength: 200 })) },
    Grant,
  ),
  'session.end': command('Log out: this session ends, its sockets close with 4502.', {}, nothing),
  'session.list': command('One’s own open sessions.', {}, Type.Object({ sessions: Type.Array(Session) })),
  'session.revoke': command('End one of one’s own sessions.', { session: SessionId }, nothing),
  'user.find': command(
    'Accounts in whose name this is found, the best first, for invitations and direct conversations.',
    { name: Type.String({ minLength: 1, maxLength: limits.nameLength }), limit: Type.Optional(page(50)) },
    Type.Object({ users: Type.Array(User) }),
  ),
  'room.create': command(
    'Create a room; one becomes its owner. Guests create open ones, which have no owner.',
    { name, topic: Type.Optional(topic), visibility: Type.Optional(createVisibility) },
    OwnRoom,
  ),
  'room.get': command('One room.', { room: RoomId }, Type.Union([OwnRoom, VisibleRoom])),
  'room.update': command(
    'Change name, topic or visibility (owners, moderators: topic only).',
    {
      room: RoomId,
      name: Type.Optional(name),
      topic: Type.Optional(topic),
      visibility: Type.Optional(createVisibility),
    },
    Room,
  ),
  'room.archive': command(
    'Close the room for writing, for good (owners). Reading, read marks and leaving go on.',
    { room: RoomId },
    nothing,
  ),
  'room.join': command('Become a member of an open or public room.', { room: RoomId }, OwnRoom),
  'room.leave': command(
    'Leave a room. An owner may name the member who becomes owner with it.',
    {
      room: RoomId,
      owner: Type.Optional({ ...UserId, description: 'The member who becomes owner, in the same step.' }),
    },
    nothing,
  ),
  'room.invite': command(
    'Make an account a member (accounts that are members).',
    { room: RoomId, user: UserId },
    Member,
  ),
  'room.list': command(
    'Rooms by id: `listed` are the open and public ones, `own` the ones one belongs to. With `name` those in whose name it is found, the best first.',
    {
      scope: Type.Optional(Type.Union([Type.Literal('listed'), Type.Literal('own')])),
      name: Type.Optional(
        Type.String({
          minLength: 1,
          maxLength: limits.nameLength,
          description: 'Any part of the name, whatever its case and accents.',
        }),
      ),
      after: Type.Optional(
        Type.Integer({
          minimum: 0,
          description:
            'The last room of the page before. With `name`, one that is not found any more begins anew.',
        }),
      ),
      limit: Type.Optional(page(limits.listPage)),
    },
    Type.Object({ rooms: Type.Array(Type.Union([OwnRoom, VisibleRoom])), more }),
  ),
  'room.members': command(
    'Members by id.',
    {
      room: RoomId,
      after: Type.Optional(Type.Integer({ minimum: 0 })),
      limit: Type.Optional(page(limits.listPage)),
    },
    Type.Object({ members: Type.Array(Member), more }),
  ),
  'room.events': command(
    'The log after a seq, in order.',
    { room: RoomId, after: Type.Optional(Seq), limit: Type.Optional(page(limits.eventsPage)) },
    Type.Object({ events: Type.Array(AnyEvent), more }),
  ),
  'room.bans': command(
    'Who is kept out of the room, by id (moderators and owners).',
    {
      room: RoomId,
      after: Type.Optional(Type.Integer({ minimum: 0 })),
      limit: Type.Optional(page(limits.listPage)),
    },
    Type.Object({ bans: Type.Array(Ban), more }),
  ),
  'invite.create': command(
    'Make a link into the room (accounts that are members). It holds 7 days unless told, 30 at most.',
    {
      room: RoomId,
      forMs: Type.Optional(Type.Integer({ minimum: 1, maximum: limits.inviteMaxMs })),
    },
    Type.Object({ invite: Invite }),
  ),
  'invite.list': command(
    'The room’s open links (accounts that are members).',
    { room: RoomId },
    Type.Object({ invites: Type.Array(Invite) }),
  ),
  'invite.revoke': command(
    'End a link: its maker, moderators and owners.',
    { room: RoomId, code: InviteCode },
    nothing,
  ),
  'invite.get': command(
    'What a link leads to; told to anyone who has its code, logged in or not.',
    { code: InviteCode },
    Type.Object({ room: InvitedRoom, createdBy: User, expiresAt: Timestamp }),
  ),
  'invite.accept': command('Become a member by a link.', { code: InviteCode }, OwnRoom),
  'direct.open': command(
    'The direct conversation with an account, made if there is none.',
    { user: UserId },
    OwnRoom,
  ),
  'member.role': command('Give a role (owners).', { room: RoomId, user: UserId, role: Role }, Member),
  'member.remove': command(
    'Remove a member (moderators and owners).',
    { room: RoomId, user: UserId },
    nothing,
  ),
  'member.ban': command('Remove an account and keep it out.', { room: RoomId, user: UserId }, nothing),
  'member.unban': command('Let a banned account in again.', { room: RoomId, user: UserId }, nothing),
  'member.mute': command(
    'Stop a member from writing for a while; 0 ends it.',
    { room: RoomId, user: UserId, forMs: Type.Integer({ minimum: 0, maximum: 31_536_000_000 }) },
    Member,
  ),
  'message.send': command(
    'Send a message. With a nonce it lands once, however often it is sent (SPEC MS3).',
    {
      room: RoomId,
      text,
      nonce: Type.Optional(Nonce),
      replyTo: Type.Optional(MessageId),
      notifyReplied: Type.Optional(
        Type.Boolean({
          description:
            'Whether the author of the message that is answered is told, like one who is mentioned; they are unless this is false.',
        }),
      ),
    },
    Type.Object({ ...Message.properties, duplicate: Type.Optional(Type.Boolean()) }),
  ),
  'message.edit': command('Change one’s own message.', { room: RoomId, message: MessageId, text }, Message),
  'message.delete': command(
    'Delete one’s own message, or any as a moderator or owner.',
    { room: RoomId, message: MessageId },
    Message,
  ),
  'message.get': command('One message.', { room: RoomId, message: MessageId }, Message),
  'message.history': command(
    'A page of messages, oldest first: the newest, or those before, after or around a seq, or around a time.',
    {
      room: RoomId,
      before: Type.Optional(Seq),
      after: Type.Optional(Seq),
      around: Type.Optional(Seq),
      at: Type.Optional(
        Type.String({
          format: 'date-time',
          maxLength: 40,
          description:
            'Around the first message sent at this time or later: the first of the page whose `at` is not before it. Where there is none, the newest.',
        }),
      ),
      limit: Type.Optional(page(limits.historyPage)),
    },
    Type.Object({
      messages: Type.Array(Message),
      head: Type.Integer({
        description: 'The seq up to which this page tells the state; events follow from there.',
      }),
      more,
    }),
  ),
  'reaction.add': command('React to a message.', { room: RoomId, message: MessageId, emoji }, Message),
  'reaction.remove': command('Take a reaction back.', { room: RoomId, message: MessageId, emoji }, Message),
  'reaction.list': command(
    'Who reacted to a message with an emoji, who did first at first.',
    {
      room: RoomId,
      message: MessageId,
      emoji,
      after: Type.Optional(
        Type.Integer({ minimum: 0, description: 'The `seq` of the last one of the page before.' }),
      ),
      limit: Type.Optional(page(limits.listPage)),
    },
    Type.Object({ reactors: Type.Array(Reactor), more }),
  ),
  'read.mark': command(
    'Mark as read up to a seq; it never goes back.',
    { room: RoomId, seq: Seq },
    Type.Object({ read: Seq, unread: Type.Integer(), mentions: Type.Integer() }),
  ),
  typing: command(
    'Tell the room that one is typing; at most once in 3 s is passed on.',
    { room: RoomId },
    nothing,
  ),
  presence: command(
    'Which members are online now.',
    { room: RoomId },
    Type.Object({ online: Type.Array(Id), count: Type.Integer() }),
  ),
  ping: command(
    'A heartbeat with the positions one has; the pong carries the heads.',
    { rooms: Type.Optional(Type.Record(Type.String({ pattern: '^[1-9][0-9]{0,9}$' }), Seq)) },
    nothing,
  ),
} as const

export type CommandType = keyof typeof commands
export type InputOf<T extends CommandType> = Static<(typeof commands)[T]['input']>
export type CommandOf<T extends CommandType> = { readonly type: T } & InputOf<T>
export type Command = { [T in CommandType]: CommandOf<T> }[CommandType]
export type DataOf<T extends CommandType> = Static<(typeof commands)[T]['data']>
export const commandTypes = Object.keys(commands) as CommandType[]
