import type { Failure } from '@parlance/protocol/errors'
import type { RoomId } from '@parlance/protocol/models'
import { sendMessage } from '../../chat/messages.ts'
import { enterRoom, leaveRoom } from '../../chat/rooms.ts'
import { typing } from '../../chat/signals.ts'
import { contractRoom } from '../contract/room.ts'
import { noRoom } from './decode.ts'
import { errorFrame } from './frames.ts'
import { noteActive, noteJoined, type Seat, tellEntered } from './seat.ts'

/** Says something in a room. `mayJoin`: who is not a member becomes one first, where the room lets them. */
export async function say(seat: Seat, room: RoomId, text: string, mayJoin: boolean): Promise<void> {
  const { chat, actor } = seat
  const standing = await contractRoom(chat, actor, room, 'see')
  if ('ok' in standing) {
    refuse(seat, room, standing)
    return
  }
  if (standing.member === null) {
    const entered = mayJoin ? await enter(seat, room) : notMember
    if (!entered.ok) {
      refuse(seat, room, entered)
      return
    }
  }
  const sent = await sendMessage(chat, actor, { room, text })
  if (sent.ok) noteActive(seat, room)
  else refuse(seat, room, sent)
}

/** Joins a room: the sender hears of the room first, then everyone of the sender (contracts.md §3). */
export async function join(seat: Seat, room: RoomId): Promise<void> {
  const { chat, hub, connection, actor } = seat
  chat.standings.drop(actor.id, room)
  const standing = await contractRoom(chat, actor, room, 'see')
  if ('ok' in standing) {
    refuse(seat, room, standing)
    return
  }
  const entered = await enterRoom(chat, actor, room)
  if (!entered.ok) {
    refuse(seat, room, entered)
    return
  }
  connection.send(JSON.stringify({ type: 'room_joined', room_id: room, room_name: standing.room.name }))
  const { joined } = entered.data
  await hub.attach(connection, room, { after: joined === undefined ? standing.room.head : joined - 1 })
  if (joined !== undefined) noteJoined(seat, room)
  else if (!seat.entered.has(room)) tellEntered(seat, room)
}

/** Ends the membership: from the answer on nothing more of the room is heard. */
export async function leave(seat: Seat, room: RoomId): Promise<void> {
  const { chat, hub, connection, actor } = seat
  const standing = await contractRoom(chat, actor, room, 'see')
  const left = 'ok' in standing ? standing : await leaveRoom(chat, actor, { room, heir: true })
  if (!left.ok) {
    refuse(seat, room, left)
    return
  }
  hub.detach(connection, room)
  seat.entered.delete(room)
  connection.send(JSON.stringify({ type: 'room_left', room_id: room }))
}

/** Tells the room that its member types, each time; what was said before stays before it. */
export async function type(seat: Seat, room: RoomId): Promise<void> {
  const { chat, hub, actor } = seat
  const standing = await contractRoom(chat, actor, room, 'write')
  const isMember = !('ok' in standing) && standing.member !== null
  hub.batch.flush()
  const told = isMember ? await typing(chat, actor, { room }, 0) : 'ok' in standing ? standing : notMember
  if (told.ok) noteActive(seat, room)
  else refuse(seat, room, told)
}

/** Makes the account a member; its own joining is told to this connection too. */
async function enter(seat: Seat, room: RoomId) {
  const { chat, hub, connection, actor } = seat
  const entered = await enterRoom(chat, actor, room)
  if (entered.ok && entered.data.joined !== undefined) {
    await hub.attach(connection, room, { after: entered.data.joined - 1 })
    noteJoined(seat, room)
  }
  return entered
}

const notMember = { ok: false, code: 'not_a_member', message: 'You are not a member of this room' } as const

function refuse({ connection }: Seat, room: RoomId, { code, message }: Failure): void {
  connection.send(
    errorFrame(code === 'not_found' ? noRoom(room) : code === 'not_a_member' ? notMember.message : message),
  )
}
