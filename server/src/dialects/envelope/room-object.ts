import type { Room, RoomId } from '@parlance/protocol/models'
import type { Chat, Known } from '../../chat/chat.ts'
import { roomUsers } from './room-users.ts'

interface UserObject {
  readonly id: number
  readonly username: string
  /** Only one's own is shown: another account's is empty (contracts.md §5). */
  readonly email: string
}

/** A room as the routes of seed 004 show it. */
export interface RoomObject {
  readonly id: RoomId
  readonly name: string
  readonly creator_id: number | null
  readonly users: readonly UserObject[]
}

/** Rooms with their members, as this account sees them. */
export async function roomObjects(chat: Chat, actor: Known, rooms: readonly Room[]): Promise<RoomObject[]> {
  const [rosters, account] = await Promise.all([
    roomUsers(
      chat,
      rooms.map(({ id }) => id),
    ),
    chat.store.users.get(actor.id),
  ])
  const own = account?.email ?? ''
  const byRoom = Map.groupBy(rosters, ({ room }) => room)
  return rooms.map(({ id, name, creator }) => {
    const users = (byRoom.get(id) ?? []).map(({ user }) => ({
      id: user.id,
      username: user.name,
      email: user.id === actor.id ? own : '',
    }))
    return { id, name, creator_id: creator, users }
  })
}
