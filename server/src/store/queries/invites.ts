import type { Failure } from '@parlance/protocol/errors'
import { protocolLimits } from '@parlance/protocol/limits'
import type { Invite, RoomId, Timestamp, UserId } from '@parlance/protocol/models'
import { inviteRefusal, revokeRefusal } from '../../ports/rights.ts'
import type { Done, Invites, Standing } from '../../ports/store.ts'
import { actorRows } from '../drafts/actor-row.ts'
import type { Sql } from '../sql.ts'
import { standing as standingOf } from './rooms.ts'

/** Links that hold at a time: not expired, and their maker is a member (SPEC AC15). */
function holding({ db }: Sql, at: Timestamp) {
  return db
    .selectFrom('invites')
    .innerJoin('members', (join) =>
      join.onRef('members.room', '=', 'invites.room').onRef('members.user', '=', 'invites.user'),
    )
    .innerJoin('users', 'users.id', 'invites.user')
    .select(['code', 'invites.room', 'invites.created_at', 'expires_at'])
    .select(['users.id as user', 'users.name', 'users.kind'])
    .where('expires_at', '>', at)
}

type Row = Awaited<ReturnType<ReturnType<typeof holding>['execute']>>[number]

function inviteFrom({ code, room, user, name, kind, created_at, expires_at }: Row): Invite {
  return { code, room, createdBy: { id: user, name, kind }, createdAt: created_at, expiresAt: expires_at }
}

/** Keeps a link; those of the room that do not hold any more are swept away with it. */
export async function create(sql: Sql, invite: Parameters<Invites['create']>[0]): Promise<Done> {
  const { db } = sql
  const { code, room, user, at, expiresAt } = invite
  const refused = await refusalOf(sql, user, room, (isAccount, standing) =>
    inviteRefusal(isAccount, standing, Date.parse(at)),
  )
  if (refused !== undefined) return refused
  const open = await list(sql, room, at)
  if (open.length >= protocolLimits.roomInvites) return { ok: false, code: 'limit_reached' }
  const codes = open.map((one) => one.code)
  await db
    .deleteFrom('invites')
    .where('room', '=', room)
    .where('code', 'not in', sql.dialect.texts(codes))
    .execute()
  await db.insertInto('invites').values({ code, room, user, created_at: at, expires_at: expiresAt }).execute()
  return { ok: true }
}

/** Why a user may not, as of this transaction: rights may have changed since they were looked at (SPEC AC39). */
async function refusalOf(
  sql: Sql,
  user: UserId,
  room: RoomId,
  judge: (isAccount: boolean, standing: Standing) => Failure | undefined,
): Promise<Extract<Done, { ok: false }> | undefined> {
  const actor = (await actorRows(sql, [{ id: user, name: '' }])).get(user)
  if (actor === undefined) return { ok: false, code: 'session_ended' }
  const standing = await standingOf(sql, user, room)
  if (standing === undefined) return { ok: false, code: 'not_found' }
  const refused = judge(actor.kind === 'user', standing)
  if (refused === undefined) return undefined
  const { code, retryAfterMs } = refused
  return { ok: false, code, ...(retryAfterMs !== undefined && { retryAfterMs }) }
}

export async function get(sql: Sql, code: string, at: Timestamp): Promise<Invite | undefined> {
  const row = await holding(sql, at).where('code', '=', code).executeTakeFirst()
  return row && inviteFrom(row)
}

export async function list(sql: Sql, room: RoomId, at: Timestamp): Promise<readonly Invite[]> {
  const rows = await holding(sql, at)
    .where('invites.room', '=', room)
    .orderBy('invites.created_at')
    .orderBy('code')
    .execute()
  return rows.map(inviteFrom)
}

export async function revoke(sql: Sql, link: Parameters<Invites['revoke']>[0]): Promise<Done> {
  const { code, room, user, at } = link
  const invite = await get(sql, code, at)
  const isMaker = invite?.createdBy.id === user
  const refused = await refusalOf(sql, user, room, (isAccount, standing) => {
    const isOthers = invite?.room === room && !isMaker
    return revokeRefusal(isAccount, standing, !isOthers)
  })
  if (refused !== undefined) return refused
  if (invite?.room !== room) return { ok: false, code: 'not_found' }
  await sql.db.deleteFrom('invites').where('code', '=', code).execute()
  return { ok: true }
}
