import type { CommandOf, CommandType, DataOf } from '@parlance/protocol/commands'
import { failure } from '@parlance/protocol/errors'
import {
  changePassword,
  createAccount,
  createGuest,
  deleteAccount,
  findUsers,
  getAccount,
} from './accounts.ts'
import { listBans } from './bans.ts'
import { type Actor, type Chat, type Known, type Result, success } from './chat.ts'
import { createInvite, getInvite, listInvites, revokeInvite } from './invites.ts'
import { expel, invite, listMembers, mute, setRole } from './members.ts'
import {
  deleteMessage,
  editMessage,
  getMessage,
  history,
  listReactors,
  react,
  roomEvents,
  sendMessage,
} from './messages.ts'
import { markRead } from './reads.ts'
import {
  acceptInvite,
  archiveRoom,
  createRoom,
  getRoom,
  joinRoom,
  leaveRoom,
  listRooms,
  openDirect,
  updateRoom,
} from './rooms.ts'
import { endSession, listSessions, logIn, refreshSession } from './sessions.ts'
import { roomPresence, typing } from './signals.ts'

type Run<T extends CommandType> = (
  chat: Chat,
  actor: Known,
  command: CommandOf<T>,
) => Promise<Result<DataOf<T>>>
type RunOpen<T extends CommandType> = (
  chat: Chat,
  actor: Actor,
  command: CommandOf<T>,
) => Promise<Result<DataOf<T>>>

/** Commands for which nobody has to be logged in. */
const open = {
  'account.create': createAccount,
  'guest.create': createGuest,
  'session.create': logIn,
  'session.refresh': (chat, _actor, { refreshToken }) => refreshSession(chat, refreshToken),
  'invite.get': getInvite,
} satisfies { [T in CommandType]?: RunOpen<T> }

/** Commands of whoever has a session. */
const known: { [T in Exclude<CommandType, keyof typeof open>]: Run<T> } = {
  'account.get': getAccount,
  'account.password': changePassword,
  'account.delete': deleteAccount,
  'session.end': (chat, actor) => endSession(chat, actor, actor.session),
  'session.list': listSessions,
  'session.revoke': (chat, actor, { session }) => endSession(chat, actor, session),
  'user.find': findUsers,
  'room.create': createRoom,
  'room.get': getRoom,
  'room.update': updateRoom,
  'room.archive': archiveRoom,
  'room.join': joinRoom,
  // An heir whom nobody has named is the contracts' alone.
  'room.leave': (chat, actor, { room, owner }) =>
    leaveRoom(chat, actor, { room, ...(owner !== undefined && { heir: owner }) }),
  'room.invite': invite,
  'room.list': listRooms,
  'room.members': listMembers,
  'room.events': roomEvents,
  'room.bans': listBans,
  'invite.create': createInvite,
  'invite.list': listInvites,
  'invite.revoke': revokeInvite,
  'invite.accept': acceptInvite,
  'direct.open': openDirect,
  'member.role': setRole,
  'member.remove': (chat, actor, command) => expel(chat, actor, 'member.remove', command),
  'member.ban': (chat, actor, command) => expel(chat, actor, 'member.ban', command),
  'member.unban': (chat, actor, command) => expel(chat, actor, 'member.unban', command),
  'member.mute': mute,
  'message.send': sendMessage,
  'message.edit': editMessage,
  'message.delete': deleteMessage,
  'message.get': getMessage,
  'message.history': history,
  'reaction.add': (chat, actor, command) => react(chat, actor, 'reaction.add', command),
  'reaction.list': listReactors,
  'reaction.remove': (chat, actor, command) => react(chat, actor, 'reaction.remove', command),
  'read.mark': markRead,
  typing,
  presence: roomPresence,
  ping: async () => success({}),
}

/** What a guest by a claimed name may do, in open rooms. */
const claimable: ReadonlySet<CommandType> = new Set([
  'message.send',
  'message.history',
  'room.get',
  'presence',
])

/** Runs a command for an actor: what every door and dialect calls, and all that a client can make happen. */
export async function execute<T extends CommandType>(
  chat: Chat,
  actor: Actor,
  command: CommandOf<T>,
): Promise<Result<DataOf<T>>> {
  const { type } = command
  if (type in open) return run(open, type, chat, actor, command)
  if (actor.kind === 'anonymous' || (actor.kind === 'claim' && !claimable.has(type)))
    return failure('unauthenticated')
  return run(known, type, chat, actor, command)
}

/** Looks a command up in its table. That table, type and command belong together is what the types cannot say. */
function run<T extends CommandType>(
  table: {
    readonly [K in CommandType]?: (chat: Chat, actor: never, command: never) => Promise<Result<object>>
  },
  type: T,
  chat: Chat,
  actor: Actor,
  command: CommandOf<T>,
): Promise<Result<DataOf<T>>> {
  const handler = table[type] as (
    chat: Chat,
    actor: Actor,
    command: CommandOf<T>,
  ) => Promise<Result<DataOf<T>>>
  return handler(chat, actor, command)
}
