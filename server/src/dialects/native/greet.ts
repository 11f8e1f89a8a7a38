import type { Event } from '@parlance/protocol/events'
import type { Hello, Replay as ReplayFrame, Welcome } from '@parlance/protocol/frames'
import { protocolLimits } from '@parlance/protocol/limits'
import type { OwnRoom, RoomId, Seq } from '@parlance/protocol/models'
import { PROTOCOL_VERSION } from '@parlance/protocol/version'
import { ownRooms } from '../../chat/access.ts'
import type { Chat, Known } from '../../chat/chat.ts'
import { accountOf } from '../../chat/sessions.ts'
import type { Connection } from '../../live/connection.ts'
import type { Replay } from '../../live/feed.ts'
import type { Hub } from '../../live/hub.ts'

/** Characters of one replay frame, about; a page of the log is cut into as many as it needs. */
const replayFrameLength = 256 * 1024

/**
 * Answers hello: `welcome`, then for each room to resume `replay` up to its head, then live events (SPEC RE1–RE6).
 * False where the session has ended in the meantime.
 */
export async function greet(
  chat: Chat,
  hub: Hub,
  connection: Connection,
  actor: Known,
  resume: Hello['resume'],
): Promise<boolean> {
  await hub.identify(connection, { user: actor.id, session: actor.session, isGuest: actor.kind === 'guest' })
  // Read after listening: a session that ended before it was listened to is seen here.
  const [session, rooms] = await Promise.all([
    chat.store.sessions.get(actor.session, chat.clock.timestamp()),
    ownRooms(chat, actor),
  ])
  if (session === undefined) return false
  const welcome: Welcome = {
    type: 'welcome',
    protocol: PROTOCOL_VERSION,
    session: actor.session,
    user: accountOf(session.account),
    epoch: chat.store.epoch,
    heartbeatMs: protocolLimits.heartbeatMs,
    now: chat.clock.timestamp(),
    limits: { ...protocolLimits, ...chat.limits },
    rooms: [...rooms],
  }
  connection.send(JSON.stringify(welcome))
  const positions = new Map(Object.entries(resume?.rooms ?? {}).map(([room, seq]) => [Number(room), seq]))
  const sameEpoch = resume?.epoch === chat.store.epoch
  const attached: Promise<void>[] = []
  for (const room of rooms) {
    const position = positions.get(room.id)
    positions.delete(room.id)
    const { after, replay } = startOf(connection, room, position, sameEpoch)
    attached.push(hub.attach(connection, room.id, { after, replay, asOf: room.head }))
  }
  for (const room of positions.keys()) {
    unrecovered(connection, room, sameEpoch ? 'not_a_member' : 'epoch', 0)
  }
  hub.release(connection)
  await Promise.all(attached)
  return true
}

/** From where a room is told, and how what was missed is told. */
function startOf(
  connection: Connection,
  room: OwnRoom,
  position: Seq | undefined,
  sameEpoch: boolean,
): { readonly after: Seq; readonly replay?: Replay } {
  if (position === undefined) return { after: room.head }
  if (sameEpoch && position <= room.head)
    return { after: position, replay: (events, more) => recovered(connection, room.id, events, more) }
  unrecovered(connection, room.id, sameEpoch ? 'ahead' : 'epoch', room.head)
  return { after: room.head }
}

/** Pages of the log as texts, while somebody is told them: those who come back together are given the same page. */
const written = new WeakMap<readonly Event[], readonly string[]>()

function textsOf(events: readonly Event[]): readonly string[] {
  const texts = written.get(events) ?? events.map((event) => JSON.stringify(event))
  written.set(events, texts)
  return texts
}

/** Waits after each frame until the client has taken most of it: a long absence is no slowness. */
async function recovered(
  connection: Connection,
  room: RoomId,
  events: readonly Event[],
  more: boolean,
): Promise<void> {
  let texts: string[] = []
  let length = 0
  const send = async (more: boolean) => {
    connection.send(
      `{"type":"replay","room":${room},"recovered":true,"events":[${texts.join(',')}],"more":${more}}`,
    )
    texts = []
    length = 0
    await connection.drained()
  }
  for (const text of textsOf(events)) {
    if (length + text.length > replayFrameLength && texts.length > 0) await send(true)
    texts.push(text)
    length += text.length
  }
  await send(more)
}

function unrecovered(
  connection: Connection,
  room: RoomId,
  reason: Extract<ReplayFrame, { recovered: false }>['reason'],
  head: Seq,
): void {
  const frame: ReplayFrame = { type: 'replay', room, recovered: false, reason, head }
  connection.send(JSON.stringify(frame))
}
