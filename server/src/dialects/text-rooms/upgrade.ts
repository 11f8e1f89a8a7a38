import type { ContractContext } from '../contract/context.ts'
import { contractEndings, refuseOverLimit } from '../contract/sockets.ts'
import type { Upgrade } from '../visit.ts'
import { textRooms } from './dialect.ts'
import { namedRoom, refuseLongName } from './room-name.ts'
import { TextRoomSocket } from './socket.ts'

/** `/ws/{room}`, the last to look: what no other contract takes and names no room is refused with 403. */
export function textRoomsUpgrade(context: ContractContext): Upgrade {
  return (visit) => {
    const room = namedRoom(visit.path)
    if (room === undefined) return false
    if (refuseOverLimit(visit) || refuseLongName(visit, room)) return true
    visit.accept({
      dialect: textRooms,
      endings: contractEndings,
      open: (connection) => new TextRoomSocket(context, connection, room),
    })
    return true
  }
}
