import type { OwnRoom, Role, Room, RoomId, Seq, Timestamp, User, UserId } from '@parlance/protocol/models'
import { type RawBuilder, sql as raw, type Selectable } from 'kysely'
import type { Rooms, Standing } from '../../ports/store.ts'
import { type Holes, prepared } from '../prepared.ts'
import type { RoomTable } from '../schema.ts'
import type { Sql } from '../sql.ts'
import { inTheList, listedRooms } from './listed.ts'
import { foundRows, partsIn, placeOf } from './name-parts.ts'
import { mentionsAfter, unreadAfter } from './unread.ts'

type Row = Omit<Selectable<RoomTable>, 'direct_key' | 'rights_seq' | 'last_at' | 'name_key'>

const roomColumns = [
  'rooms.id',
  'rooms.name',
  'topic',
  'visibility',
  'archived',
  'creator',
  'head',
  'member_count',
  'rooms.created_at',
] as const

function roomFrom(row: Row): Room {
  const { id, name, topic, visibility, creator, head } = row
  const archived = row.archived === 1
  return {
    id,
    name,
    topic,
    visibility,
    archived,
    creator,
    createdAt: row.created_at,
    members: row.member_count,
    head,
  }
}

const standingRows = prepared(({ db }, { user, room }: Holes<{ user: UserId; room: RoomId }>) =>
  db
    .selectFrom('rooms')
    .leftJoin('members', (join) => join.onRef('members.room', '=', 'rooms.id').on('members.user', '=', user))
    .leftJoin('bans', (join) => join.onRef('bans.room', '=', 'rooms.id').on('bans.user', '=', user))
    .leftJoin('mutes', (join) => join.onRef('mutes.room', '=', 'rooms.id').on('mutes.user', '=', user))
    .select(roomColumns)
    .select(['members.role', 'members.muted_until', 'bans.user as banned', 'mutes.until'])
    .where('rooms.id', '=', room),
)

export async function standing(sql: Sql, user: UserId | null, room: RoomId): Promise<Standing | undefined> {
  const [row] = await standingRows(sql, { user: user ?? 0, room })
  if (row === undefined) return undefined
  const member = row.role === null ? null : { role: row.role, mutedUntil: row.muted_until }
  return {
    room: roomFrom(row),
    member,
    banned: row.banned !== null,
    mutedUntil: row.muted_until ?? row.until,
  }
}

/** Rooms of the user with counts, all in one statement and so of one moment. */
function ownRooms({ db }: Sql, user: RawBuilder<UserId>) {
  return db
    .selectFrom('members')
    .innerJoin('rooms', 'rooms.id', 'members.room')
    .select(roomColumns)
    .select(['role', 'muted_until', 'read'])
    .select((eb) => [unreadAfter(eb, user).as('unread'), mentionsAfter(eb, user).as('mentions')])
    .select((eb) => [
      eb
        .selectFrom('participants')
        .select('participants.user')
        .whereRef('participants.room', '=', 'rooms.id')
        .where('rooms.visibility', '=', 'direct')
        .where('participants.user', '!=', user)
        .limit(1)
        .as('peer'),
    ])
    .select((eb) => [
      eb
        .selectFrom('messages')
        .select('messages.at')
        .whereRef('messages.room', '=', 'rooms.id')
        .orderBy('messages.seq', 'desc')
        .limit(1)
        .as('last_message_at'),
    ])
    .where('members.user', '=', user)
}

type OwnRow = Awaited<ReturnType<ReturnType<typeof ownRooms>['execute']>>[number]

const ownEach = prepared((sql, { user }: Holes<{ user: UserId }>) =>
  ownRooms(sql, user).orderBy('members.room'),
)

export async function own(sql: Sql, user: UserId): Promise<readonly OwnRoom[]> {
  return withPeers(sql, await ownEach(sql, { user }))
}

const ownIn = prepared((sql, { user, room }: Holes<{ user: UserId; room: RoomId }>) =>
  ownRooms(sql, user).where('members.room', '=', room),
)

export async function ownOne(sql: Sql, user: UserId, room: RoomId): Promise<OwnRoom | undefined> {
  return (await withPeers(sql, await ownIn(sql, { user, room })))[0]
}

async function withPeers({ db, dialect }: Sql, rows: readonly OwnRow[]): Promise<OwnRoom[]> {
  const ids = rows.flatMap(({ peer }) => (peer === null ? [] : [peer]))
  const users =
    ids.length === 0
      ? []
      : await db
          .selectFrom('users')
          .select(['id', 'name', 'kind'])
          .where('id', 'in', dialect.numbers(ids))
          .execute()
  const peers = new Map(users.map((user) => [user.id, user]))
  return rows.map((row) => ({
    ...roomFrom(row),
    role: row.role,
    mutedUntil: row.muted_until,
    lastMessageAt: row.last_message_at,
    read: row.read,
    unread: row.unread ?? 0,
    mentions: row.mentions ?? 0,
    ...(row.visibility === 'direct' && { peer: row.peer === null ? null : (peers.get(row.peer) ?? null) }),
  }))
}

export async function listed({ db }: Sql, options: Parameters<Rooms['listed']>[0]): Promise<readonly Room[]> {
  const { openOnly, after, limit, skip = 0 } = options
  const rows = await listedRooms(db)
    .select(roomColumns)
    .where('id', '>', after)
    .$if(openOnly, (query) => query.where('visibility', '=', 'open'))
    .orderBy('id')
    .limit(limit)
    .offset(skip)
    .execute()
  return rows.map(roomFrom)
}

/** Only rooms that the list shows are asked for their place too: it would tell the name of another one. */
export async function find({ db }: Sql, options: Parameters<Rooms['find']>[0]): Promise<readonly Room[]> {
  const { openOnly, name, after, limit } = options
  const shown = await listedRooms(db)
    .select('id')
    .where('id', '=', after)
    .$if(openOnly, (query) => query.where('visibility', '=', 'open'))
    .executeTakeFirst()
  const place = shown && (await placeOf(db, 'room', name, after))
  const rows = await foundRows(
    name,
    limit,
    (range, most) =>
      partsIn(db, 'room', range)
        .innerJoin('rooms', 'rooms.id', 'found.id')
        .select(roomColumns)
        .where(inTheList)
        .$if(openOnly, (query) => query.where('visibility', '=', 'open'))
        .limit(most)
        .execute(),
    place,
  )
  return rows.map(roomFrom)
}

export interface MemberRead {
  readonly user: User & { id: UserId }
  readonly role: Role
  readonly mutedUntil: Timestamp | null
  readonly joinedAt: Timestamp
  readonly read: Seq
}

export async function members(
  { db }: Sql,
  room: RoomId,
  after: UserId,
  limit: number,
): Promise<readonly MemberRead[]> {
  const rows = await db
    .selectFrom('members')
    .innerJoin('users', 'users.id', 'members.user')
    .select(['user', 'name', 'kind', 'role', 'muted_until', 'joined_at', 'read'])
    .where('room', '=', room)
    .where('user', '>', after)
    .orderBy('user')
    .limit(limit)
    .execute()
  return rows.map((row) => ({
    user: { id: row.user, name: row.name, kind: row.kind },
    role: row.role,
    mutedUntil: row.muted_until,
    joinedAt: row.joined_at,
    read: row.read,
  }))
}

export async function memberIds({ db }: Sql, room: RoomId): Promise<readonly UserId[]> {
  const rows = await db
    .selectFrom('members')
    .select('user')
    .where('room', '=', room)
    .orderBy('user')
    .execute()
  return rows.map(({ user }) => user)
}

export async function rosters(
  { db, dialect }: Sql,
  rooms: readonly RoomId[],
): Promise<readonly { readonly room: RoomId; readonly user: User & { readonly id: UserId } }[]> {
  const rows = await db
    .selectFrom('members')
    .innerJoin('users', 'users.id', 'members.user')
    .select(['room', 'user', 'name', 'kind'])
    .where('room', 'in', dialect.numbers(rooms))
    .orderBy('room')
    .orderBy('user')
    .execute()
  return rows.map(({ room, user, name, kind }) => ({ room, user: { id: user, name, kind } }))
}

/** Accounts only: the names of guests are not their own. */
export async function mentioned(
  { db, dialect }: Sql,
  room: RoomId,
  keys: readonly string[],
): Promise<readonly { readonly id: UserId; readonly name: string }[]> {
  return db
    .selectFrom('users')
    .innerJoin('members', (join) => join.onRef('members.user', '=', 'users.id').on('members.room', '=', room))
    .select(['users.id', 'users.name'])
    .where('users.name_key', 'in', dialect.texts(keys))
    .where('users.kind', '=', raw.lit<'user'>('user'))
    .orderBy('users.id')
    .execute()
}

/** Rooms that the account created and that are neither archived nor direct conversations. */
export async function createdBy({ db }: Sql, user: UserId): Promise<number> {
  const row = await db
    .selectFrom('rooms')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('creator', '=', user)
    .where('archived', '=', 0)
    .where('visibility', '!=', 'direct')
    .executeTakeFirstOrThrow()
  return Number(row.count)
}
