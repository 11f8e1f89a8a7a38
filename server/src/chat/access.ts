import { type Failure, failure } from '@parlance/protocol/errors'
import type { RoomId } from '@parlance/protocol/models'
import type { Standing } from '../ports/store.ts'
import type { Actor, Chat } from './chat.ts'

/**
 * What an actor wants of a room:
 * `see` that it exists and its description, `read` its log, `write` messages and signals, `join` it,
 * `moderate` its members, `own` it.
 */
export type Need = 'see' | 'read' | 'write' | 'join' | 'moderate' | 'own'

/**
 * The only way to a room (SPEC AC1): its standing where the actor may do what it needs, else the failure.
 * A room that the actor may not even see answers exactly as one that does not exist (AC2).
 */
export function room(
  chat: Chat,
  actor: Actor,
  id: RoomId,
  need: Need,
): Standing | Failure | Promise<Standing | Failure> {
  const kept = chat.standings.peek(actor.id, id)
  if (kept !== undefined) return judge(chat, actor, kept, need)
  return chat.standings
    .read(actor.id, id)
    .then((standing) => (standing === undefined ? failure('not_found') : judge(chat, actor, standing, need)))
}

/** Whether `room` gave a failure. */
export function isFailure(outcome: Standing | Failure): outcome is Failure {
  return 'ok' in outcome
}

function judge(chat: Chat, actor: Actor, standing: Standing, need: Need): Standing | Failure {
  const { room, member, banned } = standing
  if (!visible(actor, standing)) return failure('not_found')
  if (need === 'see') return standing
  if (banned) return failure('banned')
  if (need === 'join') return room.archived ? failure('archived') : standing
  const open = room.visibility === 'open'
  if (member === null && !open) return failure('not_a_member')
  if (need === 'read') return standing
  if (room.archived) return failure('archived')
  if (need === 'write') {
    if (standing.mutedUntil !== null) {
      const leftMs = Date.parse(standing.mutedUntil) - chat.clock.now()
      if (leftMs > 0) return failure('muted', undefined, leftMs)
    }
    return standing
  }
  if (member === null || member.role === 'member') return failure('forbidden')
  if (need === 'own' && member.role !== 'owner') return failure('forbidden')
  return standing
}

/** Open rooms: everyone. Public ones: every account. Others: their members. Nobody else learns that they exist. */
function visible(actor: Actor, { room, member }: Standing): boolean {
  if (room.visibility === 'open') return true
  // A guest stays outside of a room that has ceased to be open, member or not (AC10).
  if (actor.kind !== 'user') return false
  if (member !== null) return true
  return room.visibility === 'public'
}
