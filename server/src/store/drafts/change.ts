import type { ErrorCode } from '@parlance/protocol/error-codes'
import type { Appended, Draft, DraftType } from '../../ports/store.ts'
import { eventsAfter } from '../queries/events.ts'
import type { Sql } from '../sql.ts'
import { actorRows } from './actor-row.ts'
import type { Log } from './log.ts'
import { lostRight } from './lost-right.ts'
import { banMember, joinMember, muteMember, setRole, takeLeave, unbanMember } from './members.ts'
import { deleteMessage, editMessage } from './messages.ts'
import { addReaction, removeReaction } from './reactions.ts'
import { nextAt, roomRows } from './room-row.ts'
import { archiveRoom, createRoom, updateRoom } from './rooms.ts'
import type { SendDraft } from './sends.ts'

export type ChangeDraft = Exclude<Draft, SendDraft>
type RoomDraft = Exclude<ChangeDraft, { type: 'room.create' }>

/** What the state refuses; undefined where the change is made or was so already. Codes come before any write. */
export type Refusal = ErrorCode | undefined

/** What can still be done in an archived room. */
const allowedInArchived = new Set<DraftType>(['member.leave', 'member.remove', 'member.unban'])

/** Applies one draft that is not a message; its answer has the events it added. */
export async function applyChange(sql: Sql, draft: ChangeDraft): Promise<Appended> {
  const { actor } = draft
  const stands = actor.id === null || (await actorRows(sql, [actor])).has(actor.id)
  if (!stands) return { ok: false, code: 'session_ended' }
  if (draft.type === 'room.create') return createRoom(sql, draft)
  const room = (await roomRows(sql, [draft.room])).get(draft.room)
  if (room === undefined) return { ok: false, code: 'not_found' }
  const lost = await lostRight(sql, room, draft)
  if (lost !== undefined) return lost
  if (room.archived === 1 && !allowedInArchived.has(draft.type)) return { ok: false, code: 'archived' }
  const before = room.head
  const code = await apply(sql, { room, actor, at: nextAt(room, draft.at) }, draft)
  if (code !== undefined) return { ok: false, code }
  const added = room.head - before
  return {
    ok: true,
    room: room.id,
    events: added === 0 ? [] : await eventsAfter(sql, room.id, before, added),
  }
}

function apply(sql: Sql, log: Log, draft: RoomDraft): Promise<Refusal> {
  switch (draft.type) {
    case 'message.edit':
      return editMessage(sql, log, draft)
    case 'message.delete':
      return deleteMessage(sql, log, draft.message)
    case 'reaction.add':
      return addReaction(sql, log, draft.message, draft.emoji)
    case 'reaction.remove':
      return removeReaction(sql, log, draft.message, draft.emoji)
    case 'room.update':
      return updateRoom(sql, log, draft)
    case 'room.archive':
      return archiveRoom(sql, log)
    case 'member.join':
      return joinMember(sql, log, draft)
    case 'member.leave':
      return takeLeave(sql, log, draft.user, 'member.left', draft.heir)
    case 'member.remove':
      return takeLeave(sql, log, draft.user, 'member.removed')
    case 'member.ban':
      return banMember(sql, log, draft.user)
    case 'member.unban':
      return unbanMember(sql, log, draft.user)
    case 'member.role':
      return setRole(sql, log, draft.user, draft.role)
    case 'member.mute':
      return muteMember(sql, log, draft.user, draft.until)
  }
}
