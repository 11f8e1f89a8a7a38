import type { SocketPlan } from '../load/socket-plan.ts'
import { stampHole, stampLength } from '../load/stamp.ts'
import type { Town } from './town.ts'

/** A member of room `room` (from 0), the `index`th of all; whether it publishes. */
export interface Member {
  readonly index: number
  readonly room: number
  readonly publishes: boolean
}

/** Characters of a message in rooms that relay what they get: with its header of 4 bytes a frame has 150. */
const relayedLength = 146
/** In those that put an object around it, so that the frame has about as many. */
const wrappedLength = 24

const relayed = stampHole.padEnd(relayedLength, 'a')
const wrapped = stampHole.padEnd(wrappedLength, 'a')
if (wrapped.length < stampLength) throw new Error('A message is shorter than its stamp.')

/** A text room: what is said comes back as it is. The plain `ws` loop and the limit speak the same. */
export function textMember({ room, publishes }: Member): SocketPlan {
  return { path: `/ws/room${room}`, steps: [], ...(publishes && { template: relayed }) }
}

/** `/ws/chat/{id}?token=`: stored before it is told, with accounts. */
export function storedMember({ index, room, publishes }: Member, town: Town): SocketPlan {
  return {
    path: `/ws/chat/${town.rooms[room]}?token=${town.tokens[index % town.tokens.length]}`,
    steps: [{ await: '{"type":"user_activity"' }],
    ...(publishes && { template: `{"text":"${wrapped}"}` }),
  }
}

/** The native protocol: each message has a nonce and is answered. */
export function nativeMember({ index, room, publishes }: Member, town: Town): SocketPlan {
  const send = { type: 'message.send', ref: 2, room: town.rooms[room], text: wrapped, nonce: stampHole }
  return {
    path: '/v1/socket',
    steps: [
      { say: JSON.stringify({ type: 'hello', ref: 1, token: town.tokens[index % town.tokens.length] }) },
      { await: '{"type":"welcome"' },
    ],
    ...(publishes && { template: JSON.stringify(send), own: '{"type":"reply"' }),
  }
}

/** The bare yardstick of the durable path. */
export function bareMember({ room, publishes }: Member): SocketPlan {
  return { path: `/room${room}`, steps: [], ...(publishes && { template: `{"text":"${wrapped}"}` }) }
}

const socketIoOpening = [{ await: '0', say: '40' }]

/** Stock Socket.IO over a WebSocket from the start. */
export function stockSocketIoMember({ room, publishes }: Member): SocketPlan {
  return {
    path: `/socket.io/?EIO=4&transport=websocket&room=${room}`,
    steps: [...socketIoOpening, { await: '40' }],
    ...(publishes && { template: `42["message","${stampHole.padEnd(relayedLength - 15, 'a')}"]` }),
  }
}

/** Parlance's Socket.IO, whose rooms are stored. */
export function chatroomsMember({ room, publishes }: Member, town: Town): SocketPlan {
  const id = town.rooms[room]
  const join = `42["join_room",{"room_id":${id},"username":"user"}]`
  const send = { room_id: id, sender: 'user', message: stampHole }
  return {
    path: '/socket.io/?EIO=4&transport=websocket',
    steps: [...socketIoOpening, { await: '40', say: join }, { await: '42["user_joined"' }],
    ...(publishes && { template: `42["send_message",${JSON.stringify(send)}]` }),
  }
}
