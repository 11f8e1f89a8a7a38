import type { RoomId } from '@parlance/protocol/models'
import type { ContractContext } from '../contract/context.ts'
import { isFault, readRoomId } from '../contract/http.ts'
import { contractRoom } from '../contract/room.ts'
import {
  contractEndings,
  refuseOverAccountLimit,
  refuseOverLimit,
  segmentAfter,
  visitor,
} from '../contract/sockets.ts'
import type { Upgrade, Visit } from '../visit.ts'
import { envelope } from './dialect.ts'
import { EnvelopeSocket } from './socket.ts'

const prefix = '/ws/chat/'

/** A socket is for one room: once its user does not belong there, nothing more can come of it. */
const endings = { ...contractEndings, roomLeft: { code: 1008, reason: 'not a member' } }

/**
 * `/ws/chat/{id}?token=` (contracts.md §5). A room that is unknown or hidden and one that is not the account's own are
 * refused in the same words.
 */
export function envelopeUpgrade(context: ContractContext): Upgrade {
  return (visit) => {
    if (!visit.path.startsWith(prefix)) return false
    if (!refuseOverLimit(visit)) {
      admit(context, visit).catch((error: unknown) => {
        context.log.error({ err: error }, 'A handshake failed.')
        visit.refuse(503, 'Service Unavailable', { 'Retry-After': '1' })
      })
    }
    return true
  }
}

async function admit(context: ContractContext, visit: Visit): Promise<void> {
  const { chat, hub, tokenInQuery } = context
  const actor = await visitor(chat, visit, tokenInQuery)
  if (actor === undefined || 'ok' in actor) {
    visit.refuse(403, 'Could not validate credentials')
    return
  }
  const room = roomOf(visit.path)
  const standing = room === undefined ? undefined : await contractRoom(chat, actor, room, 'see')
  if (room === undefined || standing === undefined || 'ok' in standing || standing.member === null) {
    visit.refuse(403, 'Access denied: You are not a member of this room')
    return
  }
  if (refuseOverAccountLimit(context, visit, actor)) return
  visit.accept({
    dialect: envelope,
    endings,
    open: (connection) => new EnvelopeSocket(chat, hub, connection, actor, room),
  })
}

/** The room of a path; undefined where it can be none. */
function roomOf(path: string): RoomId | undefined {
  const id = readRoomId(segmentAfter(path, prefix))
  return isFault(id) ? undefined : id
}
