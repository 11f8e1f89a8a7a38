import type { RoomId } from '@parlance/protocol/models'
import { ownRooms } from '../../chat/access.ts'
import { enterRoom } from '../../chat/rooms.ts'
import { contractRoom } from '../contract/room.ts'
import { historyFrame } from './frames.ts'
import { identify, noteJoined, type Seat, tellEntered, tellLostAtOnce } from './seat.ts'

/** Messages of the history that a room's socket begins with. */
const historyLength = 50

/** `/ws/auth`: says who is connected, and listens to every room of theirs from now on (contracts.md §3). */
export async function greetAccount(seat: Seat): Promise<void> {
  const { chat, hub, connection, actor, client } = seat
  if (!(await identify(seat))) return
  const rooms = await ownRooms(chat, actor)
  connection.send(
    JSON.stringify({
      type: 'connection_established',
      user_id: actor.id,
      username: actor.name,
      client_id: client,
    }),
  )
  const attached = rooms
    .filter(({ visibility }) => visibility === 'open' || visibility === 'public')
    .map(({ id, head }) => hub.attach(connection, id, { after: head }))
  hub.release(connection)
  await Promise.all(attached)
}

/**
 * `/ws/room/{id}`: joins the account where it is not a member, tells the history up to a seq and then listens from
 * there: nothing is missed or told twice, and one's own joining comes after the history (contracts.md §3).
 */
export async function greetRoom(seat: Seat, room: RoomId): Promise<void> {
  const { chat, hub, connection, actor } = seat
  if (!(await identify(seat))) return
  chat.standings.drop(actor.id, room)
  const standing = await contractRoom(chat, actor, room, 'join')
  const entered = 'ok' in standing ? standing : await enterRoom(chat, actor, room)
  if ('ok' in standing || !entered.ok) {
    // Since the handshake: banned, or the room archived or hidden.
    connection.close({ code: 1008, reason: 'not a member' })
    return
  }
  const { head } = standing.room
  const recent = await chat.store.messages.recent(room, { limit: historyLength })
  connection.send(
    historyFrame(
      room,
      recent.filter(({ seq }) => seq <= head),
    ),
  )
  const attached = hub.attach(connection, room, { after: head, asOf: entered.data.joined ?? head })
  hub.release(connection)
  await attached
  if (connection.closed) {
    if (entered.data.entered) tellLostAtOnce(seat, room)
    return
  }
  if (entered.data.entered) noteJoined(seat, room)
  else tellEntered(seat, room)
}
