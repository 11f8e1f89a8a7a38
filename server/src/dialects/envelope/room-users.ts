import type { RoomId, User, UserId } from '@parlance/protocol/models'
import type { Chat } from '../../chat/chat.ts'

/** An account that is a member of a room. */
export interface RoomUser {
  readonly room: RoomId
  readonly user: User & { readonly id: UserId }
}

/** The accounts among the members of these rooms: native guests, who may be members of open ones, are no users here. */
export async function roomUsers(chat: Chat, rooms: readonly RoomId[]): Promise<readonly RoomUser[]> {
  return (await chat.store.rooms.rosters(rooms)).filter(({ user }) => user.kind === 'user')
}
