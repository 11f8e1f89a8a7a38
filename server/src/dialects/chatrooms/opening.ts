import type { ContractContext } from '../contract/context.ts'
import { contractEndings } from '../contract/sockets.ts'
import type { PacketOpening } from '../packet-listener.ts'
import { chatrooms } from './dialect.ts'
import type { Roster } from './roster.ts'
import { ChatroomsSocket } from './socket.ts'

/** Contract 003 at the Socket.IO door. */
export function chatroomsOpening({ chat, hub }: ContractContext, roster: Roster): PacketOpening {
  return {
    dialect: chatrooms,
    endings: contractEndings,
    open: (connection, sid) => new ChatroomsSocket({ chat, hub, roster, connection, sid }),
  }
}
