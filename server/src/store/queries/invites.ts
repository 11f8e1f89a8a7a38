import { protocolLimits } from '@parlance/protocol/limits'
import type { Invite, RoomId, Timestamp } from '@parlance/protocol/models'
import type { Invites } from '../../ports/store.ts'
import type { Sql } from '../sql.ts'

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
export async function create(sql: Sql, invite: Parameters<Invites['create']>[0]): Promise<boolean> {
  const { db } = sql
  const { code, room, user, at, expiresAt } = invite
  const open = await list(sql, room, at)
  if (open.length >= protocolLimits.roomInvites) return false
  const codes = open.map((one) => one.code)
  await db
    .deleteFrom('invites')
    .where('room', '=', room)
    .where('code', 'not in', sql.dialect.texts(codes))
    .execute()
  await db.insertInto('invites').values({ code, room, user, created_at: at, expires_at: expiresAt }).execute()
  return true
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

export async function revoke({ db }: Sql, code: string): Promise<void> {
  await db.deleteFrom('invites').where('code', '=', code).execute()
}
