import type { Role, Timestamp, UserId, Visibility } from '@parlance/protocol/models'
import type { Draft } from '../../ports/store.ts'
import { holdName } from '../queries/guests.ts'
import { get as getInvite } from '../queries/invites.ts'
import type { Sql } from '../sql.ts'
import { actorRows } from './actor-row.ts'
import type { Refusal } from './change.ts'
import { addEvent, type Log } from './log.ts'

interface MemberRow {
  readonly role: Role
  readonly muted_until: Timestamp | null
}

export async function joinMember(
  sql: Sql,
  log: Log,
  { user, role, invite }: Extract<Draft, { type: 'member.join' }>,
): Promise<Refusal> {
  const kind = await kindOf(sql, user)
  if (kind === undefined) return 'not_found'
  if (invite !== undefined && !(await opens(sql, log, invite, kind))) return 'not_found'
  if ((await memberRow(sql, log, user)) !== undefined) return undefined
  if (!admits(log.room.visibility, kind)) return 'not_found'
  if (await isBanned(sql, log, user)) return 'banned'
  if (kind === 'guest' && !(await holdName(sql, user, log.at))) return 'name_taken'
  // Who made a room and left it last comes back to it as its owner: it would have none for ever.
  const isOrphan = kind === 'user' && log.room.creator === user && !(await hasOwner(sql, log))
  await addMember(sql, log, user, isOrphan ? 'owner' : role)
  return undefined
}

/** Whether a link holds for this room and lets this user in: guests only where it is open (SPEC AC15, AC16). */
async function opens(sql: Sql, { room, at }: Log, code: string, kind: 'user' | 'guest'): Promise<boolean> {
  const found = await getInvite(sql, code, at)
  return found?.room === room.id && admits(room.visibility, kind)
}

/** Whether such a room has members of this kind: no guest is one of a room that is not open (SPEC AC35). */
function admits(visibility: Visibility, kind: 'user' | 'guest'): boolean {
  return visibility === 'open' || kind === 'user'
}

/** Whether this account or guest may be a member of such a room from its start. */
export async function mayBegin(sql: Sql, user: UserId, visibility: Visibility): Promise<boolean> {
  const kind = await kindOf(sql, user)
  return kind !== undefined && admits(visibility, kind)
}

/** Whether this is an account or guest that is not deleted. */
async function stands(sql: Sql, user: UserId): Promise<boolean> {
  return (await kindOf(sql, user)) !== undefined
}

async function kindOf(sql: Sql, user: UserId): Promise<'user' | 'guest' | undefined> {
  return (await actorRows(sql, [{ id: user, name: '' }])).get(user)?.kind
}

/** Makes the user a member who has read everything up to here. */
export async function addMember(sql: Sql, log: Log, user: UserId, role: Role): Promise<void> {
  const read = await addEvent(sql, log, { type: 'member.joined', user, role })
  const room = log.room.id
  await sql.insertEach('members', [{ room, user, role, muted_until: null, joined_at: log.at, read }])
  await countMembers(sql, log, 1)
  const mute = sql.db.deleteFrom('mutes').where('room', '=', room).where('user', '=', user)
  for (const { until } of await mute.returning('until').execute()) {
    if (until > log.at) await updateMember(sql, log, user, { role, muted_until: until })
  }
}

/** Keeps the mute of one who goes: it holds until its time, inside or outside. */
async function keepMute(sql: Sql, log: Log, user: UserId): Promise<void> {
  const until = (await memberRow(sql, log, user))?.muted_until ?? null
  if (until !== null && until > log.at) await sql.insertEach('mutes', [{ room: log.room.id, user, until }])
}

export async function takeLeave(
  sql: Sql,
  log: Log,
  user: UserId,
  type: 'member.left' | 'member.removed',
  heir: boolean | UserId = false,
): Promise<Refusal> {
  const member = await memberRow(sql, log, user)
  if (member === undefined) return undefined
  if (typeof heir === 'number') {
    const refused = await handOver(sql, log, member, heir)
    if (refused !== undefined) return refused
  }
  const isLast = log.room.member_count > 1 && (await isLastOwner(sql, log, member))
  if (isLast && heir === false) return 'last_owner'
  await dropMember(sql, log, user)
  await addEvent(sql, log, { type, user })
  if (isLast) await appointOwner(sql, log)
  return undefined
}

/** Makes another member owner beside the one who is about to leave (SPEC AC42). */
async function handOver(sql: Sql, log: Log, { role }: MemberRow, heir: UserId): Promise<Refusal> {
  if (role !== 'owner') return 'forbidden'
  return setRole(sql, log, heir, 'owner')
}

/**
 * A room that lost its last owner gets the moderator, else the member, who has been there longest. Never a guest, who is
 * gone with its token (SPEC AC18): a room of guests alone has no owner.
 */
export async function appointOwner(sql: Sql, log: Log): Promise<void> {
  for (const role of ['owner', 'moderator', 'member'] as const) {
    const longest = await sql.db
      .selectFrom('members')
      .innerJoin('users', 'users.id', 'members.user')
      .select(['user', 'muted_until'])
      .where('room', '=', log.room.id)
      .where('role', '=', role)
      .where('kind', '=', 'user')
      .orderBy('joined_at')
      .orderBy('user')
      .limit(1)
      .executeTakeFirst()
    if (longest === undefined) continue
    const { user, muted_until } = longest
    if (role !== 'owner') await updateMember(sql, log, user, { role: 'owner', muted_until })
    return
  }
}

/** Ends the membership, without an event. */
export async function dropMember(sql: Sql, log: Log, user: UserId): Promise<void> {
  await keepMute(sql, log, user)
  // Their links end with them, and do not come back when they do (SPEC AC15).
  await sql.db.deleteFrom('invites').where('room', '=', log.room.id).where('user', '=', user).execute()
  await sql.db.deleteFrom('members').where('room', '=', log.room.id).where('user', '=', user).execute()
  await countMembers(sql, log, -1)
}

export async function banMember(sql: Sql, log: Log, user: UserId): Promise<Refusal> {
  const by = log.actor.id
  if (by === null) return 'forbidden'
  if (!(await stands(sql, user))) return 'not_found'
  if (await isBanned(sql, log, user)) return undefined
  const member = await memberRow(sql, log, user)
  if (member !== undefined) {
    if (log.room.member_count > 1 && (await isLastOwner(sql, log, member))) return 'last_owner'
    await dropMember(sql, log, user)
  }
  await sql.insertEach('bans', [{ room: log.room.id, user, at: log.at, by }])
  await addEvent(sql, log, { type: 'member.banned', user })
  return undefined
}

export async function unbanMember(sql: Sql, log: Log, user: UserId): Promise<Refusal> {
  if (!(await isBanned(sql, log, user))) return undefined
  await sql.db.deleteFrom('bans').where('room', '=', log.room.id).where('user', '=', user).execute()
  await addEvent(sql, log, { type: 'member.unbanned', user })
  return undefined
}

export async function setRole(sql: Sql, log: Log, user: UserId, role: Role): Promise<Refusal> {
  const member = await memberRow(sql, log, user)
  if (member === undefined) return 'not_found'
  if (member.role === role) return undefined
  // Also when nobody else is there: the room would have a member and no owner.
  if (await isLastOwner(sql, log, member)) return 'last_owner'
  await updateMember(sql, log, user, { ...member, role })
  return undefined
}

export async function muteMember(
  sql: Sql,
  log: Log,
  user: UserId,
  until: Timestamp | null,
): Promise<Refusal> {
  const member = await memberRow(sql, log, user)
  if (member === undefined) return 'not_found'
  if (member.muted_until === until) return undefined
  await updateMember(sql, log, user, { ...member, muted_until: until })
  return undefined
}

/** Sets role and mute and says so. */
async function updateMember(sql: Sql, log: Log, user: UserId, member: MemberRow): Promise<void> {
  const { role, muted_until } = member
  await sql.db
    .updateTable('members')
    .set({ role, muted_until })
    .where('room', '=', log.room.id)
    .where('user', '=', user)
    .execute()
  await addEvent(sql, log, { type: 'member.updated', user, role, mutedUntil: muted_until })
}

export function memberRow({ db }: Sql, { room }: Log, user: UserId): Promise<MemberRow | undefined> {
  return db
    .selectFrom('members')
    .select(['role', 'muted_until'])
    .where('room', '=', room.id)
    .where('user', '=', user)
    .executeTakeFirst()
}

async function isBanned({ db }: Sql, { room }: Log, user: UserId): Promise<boolean> {
  const ban = await db
    .selectFrom('bans')
    .select('user')
    .where('room', '=', room.id)
    .where('user', '=', user)
    .executeTakeFirst()
  return ban !== undefined
}

/** Whether somebody owns the room. */
export async function hasOwner(sql: Sql, log: Log): Promise<boolean> {
  return (await ownersUpTo(sql, log, 1)) > 0
}

async function isLastOwner(sql: Sql, log: Log, member: MemberRow): Promise<boolean> {
  return member.role === 'owner' && (await ownersUpTo(sql, log, 2)) < 2
}

/** How many own the room, counted no further than `limit`. */
async function ownersUpTo({ db }: Sql, { room }: Log, limit: number): Promise<number> {
  const owners = await db
    .selectFrom('members')
    .select('user')
    .where('room', '=', room.id)
    .where('role', '=', 'owner')
    .limit(limit)
    .execute()
  return owners.length
}

async function countMembers({ db }: Sql, { room }: Log, by: 1 | -1): Promise<void> {
  room.member_count += by
  await db.updateTable('rooms').set({ member_count: room.member_count }).where('id', '=', room.id).execute()
}
