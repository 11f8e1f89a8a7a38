import { type Failure, failure } from '@parlance/protocol/errors'
import type { Invite, OwnRoom, RoomId } from '@parlance/protocol/models'
import { type Need, refusal } from '../ports/rights.ts'
import type { Standing } from '../ports/store.ts'
import type { Actor, Chat, Known } from './chat.ts'
import { nameGone } from './names.ts'

/**
 * The way to a room (SPEC AC1): its standing where the actor may do what it needs, else the failure.
 * A room that the actor may not even see answers exactly as one that does not exist (AC2).
 */
export function room(
  chat: Chat,
  actor: Actor,
  id: RoomId,
  need: Need,
): Standing | Failure | Promise<Standing | Failure> {
  const kept = chat.standings.peek(actor.id, id)
  if (kept !== undefined) return named(chat, actor, judge(chat, actor, kept, need), need)
  return chat.standings
    .read(actor.id, id)
    .then((standing) =>
      standing === undefined
        ? failure('not_found')
        : named(chat, actor, judge(chat, actor, standing, need), need),
    )
}

/** A guest that was gone speaks again under its name where nobody else has it (SPEC AC24); members have theirs. */
function named(
  chat: Chat,
  actor: Actor,
  outcome: Standing | Failure,
  need: Need,
): Standing | Failure | Promise<Standing | Failure> {
  if (isFailure(outcome) || need !== 'write' || actor.kind !== 'guest' || outcome.member !== null) {
    return outcome
  }
  return chat.store.guests
    .hold(actor.id, chat.clock.timestamp())
    .then((isHeld) => (isHeld ? outcome : nameGone()))
}

/** Every room that the actor belongs to and may read, all as of one moment; nothing is told or listened to but these. */
export async function ownRooms(chat: Chat, actor: Known): Promise<readonly OwnRoom[]> {
  const rooms = await chat.store.rooms.own(actor.id)
  return rooms.filter((room) => {
    const { role, mutedUntil } = room
    const standing: Standing = { room, member: { role, mutedUntil }, banned: false, mutedUntil }
    return !isFailure(judge(chat, actor, standing, 'read'))
  })
}

/**
 * The other way to a room, for who has the code of a link that holds: it shows the room whatever its visibility, and to
 * whoever asks but the banned (SPEC AC15, AC40).
 */
export async function byInvite(
  chat: Chat,
  actor: Actor,
  code: string,
): Promise<{ readonly invite: Invite; readonly standing: Standing } | Failure> {
  const invite = await chat.store.invites.get(code, chat.clock.timestamp())
  if (invite === undefined) return failure('not_found')
  const standing = await chat.store.rooms.standing(actor.id, invite.room)
  if (standing === undefined) return failure('not_found')
  return standing.banned ? failure('banned') : { invite, standing }
}

/** Whether `room` gave a failure. */
export function isFailure(outcome: Standing | Failure): outcome is Failure {
  return 'ok' in outcome
}

function judge(chat: Chat, actor: Actor, standing: Standing, need: Need): Standing | Failure {
  return refusal(actor.kind === 'user', standing, need, chat.clock.wallMs()) ?? standing
}
