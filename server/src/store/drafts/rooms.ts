import type { RoomId } from '@parlance/protocol/models'
import { nameKey } from '@parlance/protocol/names'
import type { Appended, Author, Draft } from '../../ports/store.ts'
import { eventsAfter } from '../queries/events.ts'
import { holdName } from '../queries/guests.ts'
import { isListed, listedRooms } from '../queries/listed.ts'
import { createdBy } from '../queries/rooms.ts'
import type { Sql } from '../sql.ts'
import { actorRows } from './actor-row.ts'
import type { Refusal } from './change.ts'
import { removeGuests } from './guests.ts'
import { addEvent, type Log } from './log.ts'
import { addMember, mayBegin, memberRow } from './members.ts'
import { setNameParts } from './name-parts.ts'
import type { RoomRow } from './room-row.ts'

/** Makes a room with its first members; the same direct key gives the same room. */
export async function createRoom(
  sql: Sql,
  draft: Extract<Draft, { type: 'room.create' }>,
): Promise<Appended> {
  const { actor, at, name, topic, visibility, members, directKey } = draft
  const existing = directKey === null ? undefined : await directRoom(sql, directKey)
  if (existing !== undefined) return { ok: true, room: existing, events: [] }
  if (draft.uniqueName && (await isNameTaken(sql, name))) return { ok: false, code: 'name_taken' }
  for (const { user } of members) {
    if (!(await mayBegin(sql, user, visibility))) return { ok: false, code: 'not_found' }
    if (!(await holdName(sql, user, at))) return { ok: false, code: 'name_taken' }
  }
  if (await isOverMost(sql, draft)) return { ok: false, code: 'limit_reached' }
  const room = await insertRoom(sql, draft)
  if (isListed(visibility)) await setNameParts(sql, 'room', room.id, name)
  const log: Log = { room, actor, at }
  await addEvent(sql, log, { type: 'room.created', name, topic, visibility })
  for (const { user, role } of members) {
    if ((await memberRow(sql, log, user)) === undefined) await addMember(sql, log, user, role)
  }
  return { ok: true, room: room.id, events: await eventsAfter(sql, room.id, 0, room.head) }
}

/** Looked at here, so that many who create at once do not slip past it. */
async function isOverMost(
  sql: Sql,
  { actor, most }: Extract<Draft, { type: 'room.create' }>,
): Promise<boolean> {
  return most !== undefined && actor.id !== null && (await createdBy(sql, actor.id)) >= most
}

async function insertRoom(sql: Sql, draft: Extract<Draft, { type: 'room.create' }>): Promise<RoomRow> {
  return sql.db
    .insertInto('rooms')
    .values({
      name: draft.name,
      name_key: nameKey(draft.name),
      topic: draft.topic,
      visibility: draft.visibility,
      archived: 0,
      creator: draft.actor.id,
      head: 0,
      rights_seq: 0,
      last_at: draft.at,
      member_count: 0,
      direct_key: draft.directKey,
      created_at: draft.at,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
}

async function directRoom({ db }: Sql, key: string): Promise<RoomId | undefined> {
  return (await db.selectFrom('rooms').select('id').where('direct_key', '=', key).executeTakeFirst())?.id
}

/** Whether an open or public room that is not archived, another than `own`, has this name in any spelling (SPEC AC22). */
async function isNameTaken({ db }: Sql, name: string, own?: RoomId): Promise<boolean> {
  const other = await listedRooms(db)
    .select('id')
    .where('name_key', '=', nameKey(name))
    .where('id', '!=', own ?? 0)
    .limit(1)
    .executeTakeFirst()
  return other !== undefined
}

export async function updateRoom(
  sql: Sql,
  log: Log,
  draft: Extract<Draft, { type: 'room.update' }>,
): Promise<Refusal> {
  const { room } = log
  const { name = room.name, topic = room.topic, visibility = room.visibility } = draft
  const sameName = name === room.name
  const closes = room.visibility === 'open' && visibility !== 'open'
  if (sameName && topic === room.topic && visibility === room.visibility) return undefined
  if (closes && (await isGuest(sql, log.actor))) return 'forbidden'
  // A room that was listed under this name already has it; one that was private may find it taken.
  const keepsName = nameKey(name) === room.name_key && isListed(room.visibility)
  const takesName = isListed(visibility) && !keepsName
  if (takesName && (await isNameTaken(sql, name, room.id))) return 'name_taken'
  const row = { name, name_key: nameKey(name), topic, visibility }
  if (!sameName || isListed(visibility) !== isListed(room.visibility)) {
    await setNameParts(sql, 'room', room.id, isListed(visibility) ? name : undefined)
  }
  Object.assign(room, row)
  await sql.db.updateTable('rooms').set(row).where('id', '=', room.id).execute()
  await addEvent(sql, log, { type: 'room.updated', name, topic, visibility })
  if (closes) await removeGuests(sql, log)
  return undefined
}

/** A guest who was made an owner would shut itself out. */
async function isGuest(sql: Sql, actor: Author): Promise<boolean> {
  return actor.id !== null && (await actorRows(sql, [actor])).get(actor.id)?.kind === 'guest'
}

export async function archiveRoom(sql: Sql, log: Log): Promise<Refusal> {
  await sql.db.updateTable('rooms').set({ archived: 1 }).where('id', '=', log.room.id).execute()
  await setNameParts(sql, 'room', log.room.id, undefined)
  await addEvent(sql, log, { type: 'room.archived' })
  return undefined
}
