import { randomUUID } from 'node:crypto'
import type { RoomId } from '@parlance/protocol/models'
import { type Chat, type Known, userOf } from '../../chat/chat.ts'
import { announce } from '../../live/arrivals.ts'
import type { Connection } from '../../live/connection.ts'
import type { Hub } from '../../live/hub.ts'
import type { ContractContext } from '../contract/context.ts'
import { memberSid } from '../contract/member-sid.ts'

/** An account on one connection. */
export interface Seat {
  readonly chat: Chat
  readonly hub: Hub
  readonly connection: Connection
  readonly actor: Known
  /** Names the connection to its client. */
  readonly client: string
  /** The rooms that it came to, and the name by which they know it: they are told when it is lost. */
  readonly entered: Map<RoomId, string>
}

export function takeSeat({ chat, hub }: ContractContext, connection: Connection, actor: Known): Seat {
  const entered = new Map<RoomId, string>()
  connection.came = entered
  return { chat, hub, connection, actor, client: randomUUID(), entered }
}

/**
 * Binds the connection to its account, so that it closes with its session. False where the session has ended since the
 * handshake: read after listening, or its end could be missed.
 */
export async function identify({ chat, hub, connection, actor }: Seat): Promise<boolean> {
  await hub.identify(connection, { user: actor.id, session: actor.session, isGuest: false })
  const session = await chat.store.sessions.get(actor.session, chat.clock.timestamp())
  if (session === undefined) connection.close(connection.endings.sessionEnded)
  return session !== undefined
}

/** Tells a room that the connection came; what it was sent before stays before that. */
export function tellEntered(seat: Seat, room: RoomId): void {
  if (!seat.connection.rooms.has(room)) return
  seat.hub.batch.flush()
  seat.entered.set(room, seat.client)
  tell(seat, 'connection.entered', room, seat.client)
}

/** Notes a room that has heard of the connection by its account's joining: it is known there by that. */
export function noteJoined(seat: Seat, room: RoomId): void {
  seat.entered.set(room, memberSid(seat.actor.id))
}

/** Notes a room in which the connection has been active. */
export function noteActive(seat: Seat, room: RoomId): void {
  if (!seat.entered.has(room)) seat.entered.set(room, seat.client)
}

/** Tells the rooms that the connection came to, and that its account has not left since. */
export function tellLost(seat: Seat): void {
  for (const [room, name] of seat.entered) {
    if (seat.connection.rooms.has(room)) tell(seat, 'connection.lost', room, name)
  }
}

/** Tells a room that heard of the joining, and whose connection was lost before it could listen. */
export function tellLostAtOnce(seat: Seat, room: RoomId): void {
  tell(seat, 'connection.lost', room, memberSid(seat.actor.id))
}

function tell(
  { chat, hub, connection, actor }: Seat,
  type: 'connection.entered' | 'connection.lost',
  room: RoomId,
  name: string,
): void {
  const around = { hub, broker: chat.broker, clock: chat.clock }
  announce(around, type, room, userOf(actor), connection, name)
}
