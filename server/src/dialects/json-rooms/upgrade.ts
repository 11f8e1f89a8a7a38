import type { ContractContext } from '../contract/context.ts'
import { claimedName } from '../contract/http.ts'
import { contractEndings, refuseOverLimit } from '../contract/sockets.ts'
import { namedRoom, refuseLongName } from '../text-rooms/room-name.ts'
import type { Upgrade } from '../visit.ts'
import { jsonRooms } from './dialect.ts'
import { JsonRoomSocket } from './socket.ts'

/** `/ws/{room}?username=`: the parameter, even blank, makes the connection a JSON one (contracts.md §2). */
export function jsonRoomsUpgrade(context: ContractContext): Upgrade {
  return (visit) => {
    const room = namedRoom(visit.path)
    const claim = visit.query.get('username')
    if (room === undefined || claim === null) return false
    if (refuseOverLimit(visit) || refuseLongName(visit, room)) return true
    const username = claimedName(claim)
    visit.accept({
      dialect: jsonRooms,
      endings: contractEndings,
      open: (connection) => new JsonRoomSocket(context, connection, room, username),
    })
    return true
  }
}
