import type { EventOf, EventType } from '@parlance/protocol/events'
import type { Seq, Timestamp, User, UserId } from '@parlance/protocol/models'
import { changesRights } from '../../ports/rights.ts'
import type { Author } from '../../ports/store.ts'
import type { Sql } from '../sql.ts'
import type { RoomRow } from './room-row.ts'

/** An event as a draft states it: users by id, since their names are looked up when it is read. */
export type NewEvent = { [T in Exclude<EventType, 'message.created'>]: Stated<T> }[Exclude<
  EventType,
  'message.created'
>]

type Stated<T extends EventType> = Omit<EventOf<T>, 'room' | 'seq' | 'at' | 'actor' | 'user'> &
  (EventOf<T> extends { user: User } ? { user: UserId } : unknown)

/** One room's log in a write transaction, with who writes and when: `nextAt` of the room. */
export interface Log {
  readonly room: RoomRow
  readonly actor: Author
  readonly at: Timestamp
}

/** Adds the next event of the room, under its next seq (SPEC ST1). */
export function addEvent(sql: Sql, log: Log, event: NewEvent): Promise<Seq> {
  return addEvents(sql, log, [event])
}

/** Adds the next events of the room in their order; gives the seq of the last. */
export async function addEvents(
  { db, insertEach }: Sql,
  { room, actor, at }: Log,
  events: readonly NewEvent[],
): Promise<Seq> {
  const named = new Set([actor.id])
  const rows = events.map((event) => {
    const { type, user = null, message = null, ...fields } = { user: undefined, message: undefined, ...event }
    room.head += 1
    if (changesRights(type)) room.rights_seq = room.head
    named.add(user)
    return {
      room: room.id,
      seq: room.head,
      type,
      at,
      actor: actor.id,
      actor_name: actor.id === null ? actor.name : null,
      subject: user,
      message,
      data: JSON.stringify(fields),
    }
  })
  room.last_at = at
  const { head, rights_seq } = room
  await db.updateTable('rooms').set({ head, rights_seq, last_at: at }).where('id', '=', room.id).execute()
  await insertEach('events', rows)
  const users = [...named].filter((id) => id !== null)
  await insertEach(
    'participants',
    users.map((user) => ({ room: room.id, user })),
    'skip',
  )
  return room.head
}
