import { moderates, type Need, outranks, refusal } from '../../ports/rights.ts'
import type { Appended, Draft, Standing } from '../../ports/store.ts'
import { standing as standingOf } from '../queries/rooms.ts'
import type { Sql } from '../sql.ts'
import { actorRows } from './actor-row.ts'
import type { RoomRow } from './room-row.ts'

type RoomDraft = Exclude<Draft, { type: 'room.create' }>
export type Refused = Extract<Appended, { ok: false }>

/** Whether nobody's rights in the room have changed since those of the draft's actor were looked at. */
export function isCurrent(room: RoomRow, { asOf }: RoomDraft): boolean {
  return asOf === undefined || room.rights_seq <= asOf
}

/**
 * Why the draft must not be written, though its actor had the right when it was made: a ban, a mute, a removal or the
 * like came first in the log (SPEC AC14).
 */
export async function lostRight(sql: Sql, room: RoomRow, draft: RoomDraft): Promise<Refused | undefined> {
  // A link is looked at where it is used.
  const isByInvite = draft.type === 'member.join' && draft.invite !== undefined
  if (isByInvite || isCurrent(room, draft)) return undefined
  const { actor, at } = draft
  const standing = await standingOf(sql, actor.id, room.id)
  if (standing === undefined) return { ok: false, code: 'not_found' }
  const isAccount = actor.id !== null && (await actorRows(sql, [actor])).get(actor.id)?.kind === 'user'
  const refused = refusal(isAccount, standing, needOf(draft), Date.parse(at))
  if (refused !== undefined) {
    const { code, retryAfterMs } = refused
    return { ok: false, code, ...(retryAfterMs !== undefined && { retryAfterMs }) }
  }
  return lostTarget(sql, standing, draft)
}

function needOf(draft: RoomDraft): Need {
  switch (draft.type) {
    case 'message.send':
    case 'message.edit':
    case 'message.delete':
    case 'reaction.add':
    case 'reaction.remove':
      return 'write'
    case 'member.join':
      return draft.user === draft.actor.id ? 'join' : 'write'
    case 'member.leave':
      return 'see'
    case 'member.remove':
    case 'member.ban':
    case 'member.unban':
    case 'member.mute':
      return 'moderate'
    case 'room.update':
      return draft.name === undefined && draft.visibility === undefined ? 'moderate' : 'own'
    case 'member.role':
    case 'room.archive':
      return 'own'
  }
}

/** What depends on whom or what it is about: those of lower rank, one's own messages, invitations by members. */
async function lostTarget(sql: Sql, standing: Standing, draft: RoomDraft): Promise<Refused | undefined> {
  const { actor } = draft
  switch (draft.type) {
    case 'message.delete': {
      if (moderates(standing)) return undefined
      const message = await sql.db
        .selectFrom('messages')
        .select('author')
        .where('id', '=', draft.message)
        .executeTakeFirst()
      return message?.author === actor.id ? undefined : { ok: false, code: 'forbidden' }
    }
    case 'member.join':
      return draft.user === actor.id || standing.member !== null
        ? undefined
        : { ok: false, code: 'not_a_member' }
    case 'member.remove':
    case 'member.ban':
    case 'member.unban':
    case 'member.mute': {
      const other = await standingOf(sql, draft.user, draft.room)
      return other !== undefined && outranks(standing, other) ? undefined : { ok: false, code: 'forbidden' }
    }
    default:
      return undefined
  }
}
