import { failure } from '@parlance/protocol/errors'
import type {
  OwnRoom,
  Role,
  Room,
  RoomId,
  Seq,
  UserId,
  Visibility,
  VisibleRoom,
} from '@parlance/protocol/models'
import { bestFirst } from '@parlance/protocol/name-parts'
import { normalizeName } from '@parlance/protocol/names'
import type { Draft, Standing } from '../ports/store.ts'
import { room as accessRoom, byInvite, isFailure, ownRooms } from './access.ts'
import { type Actor, type Chat, type Known, type Result, refused, success } from './chat.ts'
import { inRoom } from './in-room.ts'
import { inviter } from './invites.ts'
import { overMessageRate } from './message-rate.ts'
import { checkRoomName, nameGone } from './names.ts'
import { publishAdded, publishEvents, publishRemoved } from './publish.ts'
import { storable } from './storable.ts'

type NewRoom = Omit<Extract<Draft, { type: 'room.create' }>, 'type' | 'actor' | 'at' | 'most'>

/** Makes a room and tells its first members; the way of every contract to a new room. Gives its id. */
export async function makeRoom(chat: Chat, actor: Actor, room: NewRoom): Promise<Result<RoomId>> {
  const most = chat.limits.roomsPerAccount
  const isLimited = actor.id !== null && room.directKey === null && most > 0
  const appended = await chat.store.append({
    type: 'room.create',
    actor: { id: actor.id, name: actor.name },
    at: chat.clock.timestamp(),
    ...room,
    topic: storable(room.topic),
    ...(isLimited && { most }),
  })
  if (!appended.ok) {
    return appended.code === 'limit_reached'
      ? failure('limit_reached', `An account creates at most ${most} rooms.`)
      : refused(appended)
  }
  publishEvents(chat, appended.events)
  if (appended.events.length > 0) {
    for (const { user } of room.members) await tellAdded(chat, user, appended.room)
  }
  return success(appended.room)
}

/** The user's view of a room that they belong to. */
async function ownRoom(chat: Chat, user: UserId, room: RoomId): Promise<Result<OwnRoom>> {
  const own = await chat.store.rooms.ownOne(user, room)
  return own === undefined ? failure('not_found') : success(own)
}

/** `joined`: the seq of the joining, in a room that was there before. */
async function tellAdded(chat: Chat, user: UserId, room: RoomId, joined?: Seq): Promise<void> {
  const own = await chat.store.rooms.ownOne(user, room)
  if (own !== undefined) publishAdded(chat, user, own, joined)
}

export async function createRoom(
  chat: Chat,
  actor: Known,
  input: { name: string; topic?: string; visibility?: Visibility },
): Promise<Result<OwnRoom>> {
  const isGuest = actor.kind === 'guest'
  const visibility = input.visibility ?? (isGuest ? 'open' : 'public')
  if (isGuest && visibility !== 'open') return failure('forbidden', 'Guests create open rooms only.')
  const name = normalizeName(input.name)
  const wrong = checkRoomName(name)
  if (wrong !== undefined) return wrong
  const made = await makeRoom(chat, actor, {
    name,
    topic: input.topic ?? '',
    visibility,
    // Like any room that somebody without an account makes, a guest's has no owner.
    members: [{ user: actor.id, role: isGuest ? 'member' : 'owner' }],
    uniqueName: visibility !== 'private',
    directKey: null,
  })
  return made.ok ? ownRoom(chat, actor.id, made.data) : made
}

export async function openDirect(
  chat: Chat,
  actor: Known,
  { user }: { user: UserId },
): Promise<Result<OwnRoom>> {
  if (actor.kind === 'guest') return failure('forbidden', 'Guests have no direct conversations.')
  if (user === actor.id) return failure('bad_request', 'A direct conversation is with somebody else.')
  const other = await chat.store.users.get(user)
  if (other?.kind !== 'user') return failure('not_found')
  const members: { user: UserId; role: Role }[] = [
    { user: actor.id, role: 'member' },
    { user, role: 'member' },
  ]
  const made = await makeRoom(chat, actor, {
    name: '',
    topic: '',
    visibility: 'direct',
    members,
    uniqueName: false,
    directKey: `${Math.min(actor.id, user)}:${Math.max(actor.id, user)}`,
  })
  return made.ok ? ownRoom(chat, actor.id, made.data) : made
}

export async function getRoom(
  chat: Chat,
  actor: Actor,
  { room }: { room: RoomId },
): Promise<Result<OwnRoom | VisibleRoom>> {
  chat.standings.drop(actor.id, room)
  const standing = await accessRoom(chat, actor, room, 'see')
  if (isFailure(standing)) return standing
  if (standing.member !== null && actor.id !== null) return ownRoom(chat, actor.id, room)
  return success(standing.banned ? { ...standing.room, banned: true } : standing.room)
}

export async function listRooms(
  chat: Chat,
  actor: Known,
  input: { scope?: 'listed' | 'own'; name?: string; after?: RoomId; limit?: number },
): Promise<Result<{ rooms: (OwnRoom | VisibleRoom)[]; more: boolean }>> {
  const { scope, name, after = 0, limit = 100 } = input
  const wanted = { openOnly: actor.kind === 'guest', after, limit: limit + 1 }
  const rooms =
    scope === 'own'
      ? pageOf(await ownRooms(chat, actor), name, after)
      : name === undefined
        ? await chat.store.rooms.listed(wanted)
        : await chat.store.rooms.find({ ...wanted, name })
  const page = rooms.slice(0, limit)
  const banned = scope === 'own' ? [] : await chat.store.rooms.bannedFrom(actor.id)
  return success({ rooms: markBanned(page, new Set(banned)), more: rooms.length > limit })
}

/** Who is banned is told so themselves, and no more (SPEC AC17). */
function markBanned<R extends Room>(rooms: readonly R[], banned: ReadonlySet<RoomId>): (R | VisibleRoom)[] {
  return rooms.map((room) => (banned.has(room.id) ? { ...room, banned: true } : room))
}

/** One's own rooms after this one: by id, or in the order of what a search finds; conversations by whom they are with. */
function pageOf(rooms: readonly OwnRoom[], name: string | undefined, after: RoomId): readonly OwnRoom[] {
  if (name === undefined) return rooms.filter(({ id }) => id > after)
  const found = bestFirst(name, rooms, (room) => room.peer?.name ?? room.name)
  return found.slice(found.findIndex(({ id }) => id === after) + 1)
}

export async function updateRoom(
  chat: Chat,
  actor: Known,
  input: { room: RoomId; name?: string; topic?: string; visibility?: Visibility },
): Promise<Result<Room>> {
  const over = overMessageRate(chat, actor, input.room)
  if (over !== undefined) return over
  const onlyTopic = input.name === undefined && input.visibility === undefined
  const standing = await accessRoom(chat, actor, input.room, onlyTopic ? 'moderate' : 'own')
  if (isFailure(standing)) return standing
  const name = input.name === undefined ? undefined : normalizeName(input.name)
  const wrong = name === undefined ? undefined : checkRoomName(name)
  if (wrong !== undefined) return wrong
  if (actor.kind === 'guest' && (input.visibility ?? 'open') !== 'open')
    return failure('forbidden', 'Guests keep a room open.')
  const appended = await chat.store.append({
    type: 'room.update',
    ...inRoom(chat, actor, standing),
    ...(name !== undefined && { name }),
    ...(input.topic !== undefined && { topic: input.topic }),
    ...(input.visibility !== undefined && { visibility: input.visibility }),
  })
  if (!appended.ok) return refused(appended)
  // A room that is not open any more has no guests (SPEC AC10, AC35): they went in the same transaction.
  for (const event of appended.events) {
    if (event.type === 'member.removed' && event.user.id !== null)
      publishRemoved(chat, event.user.id, input.room, 'removed')
  }
  publishEvents(chat, appended.events)
  const after = await chat.store.rooms.standing(actor.id, input.room)
  return after === undefined ? failure('not_found') : success(after.room)
}

export async function archiveRoom(
  chat: Chat,
  actor: Known,
  { room }: { room: RoomId },
): Promise<Result<Record<string, never>>> {
  const standing = await accessRoom(chat, actor, room, 'own')
  if (isFailure(standing)) return standing
  const appended = await chat.store.append({ type: 'room.archive', ...inRoom(chat, actor, standing) })
  if (!appended.ok) return refused(appended)
  publishEvents(chat, appended.events)
  return success({})
}

/**
 * Where somebody without an account begins to listen under an id: after this seq, and hearing only while the room is
 * open. A hidden room sounds like none (SPEC AC2).
 */
export async function guestOutlook(
  chat: Chat,
  room: RoomId,
): Promise<{ readonly open: boolean; readonly after: Seq }> {
  const standing = await chat.store.rooms.standing(null, room)
  return { open: standing?.room.visibility === 'open', after: standing?.room.head ?? 0 }
}

/**
 * Becomes a member; `data` tells whether that is new, and then the seq of it. The way of every contract into a room.
 */
export async function enterRoom(
  chat: Chat,
  actor: Known,
  room: RoomId,
): Promise<Result<{ entered: boolean; joined?: Seq }>> {
  const standing = await accessRoom(chat, actor, room, 'join')
  return isFailure(standing) ? standing : admit(chat, actor, standing)
}

/** Makes a member of one who may join: by the room's own rules, or by the code of a link. */
async function admit(
  chat: Chat,
  actor: Known,
  standing: Standing,
  invite?: string,
): Promise<Result<{ entered: boolean; joined?: Seq }>> {
  if (standing.member !== null) return success({ entered: false })
  const room = standing.room.id
  const appended = await chat.store.append({
    type: 'member.join',
    ...inRoom(chat, actor, standing),
    user: actor.id,
    role: 'member',
    ...(invite !== undefined && { invite }),
  })
  if (!appended.ok) return appended.code === 'name_taken' ? nameGone() : refused(appended)
  publishEvents(chat, appended.events)
  const joined = appended.events[0]?.seq
  if (joined === undefined) return success({ entered: false })
  await tellAdded(chat, actor.id, room, joined)
  return success({ entered: true, joined })
}

export async function joinRoom(
  chat: Chat,
  actor: Known,
  { room }: { room: RoomId },
): Promise<Result<OwnRoom>> {
  const entered = await enterRoom(chat, actor, room)
  return entered.ok ? ownRoom(chat, actor.id, room) : entered
}

/** Becomes a member by a link. */
export async function acceptInvite(
  chat: Chat,
  actor: Known,
  { code }: { code: string },
): Promise<Result<OwnRoom>> {
  const found = await byInvite(chat, actor, code)
  if ('ok' in found) return found
  const { room } = found.standing
  if (actor.kind === 'guest' && room.visibility !== 'open')
    return failure('forbidden', 'This room needs an account.')
  if (room.archived) return failure('archived')
  const entered = await admit(chat, actor, found.standing, code)
  return entered.ok ? ownRoom(chat, actor.id, room.id) : entered
}

/**
 * Ends the membership. The last owner stays; with `heir` the member of this id becomes owner in the same step, or where it
 * is true the one who has been there longest (SPEC AC3, AC42).
 */
export async function leaveRoom(
  chat: Chat,
  actor: Known,
  { room, heir = false }: { room: RoomId; heir?: boolean | UserId },
): Promise<Result<Record<string, never>>> {
  const standing = await accessRoom(chat, actor, room, 'see')
  if (isFailure(standing)) return standing
  if (standing.member === null) return failure('not_a_member')
  if (standing.room.visibility === 'direct') return failure('forbidden', 'A direct conversation is not left.')
  if (heir === actor.id) return failure('bad_request', 'The next owner is somebody else.')
  const appended = await chat.store.append({
    type: 'member.leave',
    ...inRoom(chat, actor, standing),
    user: actor.id,
    heir,
  })
  if (!appended.ok) return refused(appended)
  // Another leave was first.
  if (appended.events.length === 0) return failure('not_a_member')
  publishRemoved(chat, actor.id, room, 'left')
  publishEvents(chat, appended.events)
  return success({})
}

/** Makes another account a member. */
export async function inviteMember(chat: Chat, actor: Known, { room, user }: { room: RoomId; user: UserId }) {
  const standing = await inviter(chat, actor, room)
  if (isFailure(standing)) return standing
  const invited = await chat.store.users.get(user)
  if (invited?.kind !== 'user') return failure('not_found')
  const appended = await chat.store.append({
    type: 'member.join',
    ...inRoom(chat, actor, standing),
    user,
    role: 'member',
  })
  if (!appended.ok) return refused(appended)
  publishEvents(chat, appended.events)
  if (appended.events.length > 0) await tellAdded(chat, user, room, appended.events[0]?.seq)
  return success({})
}
