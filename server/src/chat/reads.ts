import type { DataOf } from '@parlance/protocol/commands'
import { failure } from '@parlance/protocol/errors'
import type { RoomId, Seq } from '@parlance/protocol/models'
import { room as accessRoom, isFailure } from './access.ts'
import { type Chat, type Known, type Result, success } from './chat.ts'

/**
 * Marks as read: a maximum, never back (SPEC MS8). The user's own sockets hear the absolute counts; in a direct
 * conversation the other one hears how far it was read.
 */
export async function markRead(
  chat: Chat,
  actor: Known,
  { room, seq }: { room: RoomId; seq: Seq },
): Promise<Result<DataOf<'read.mark'>>> {
  const standing = await accessRoom(chat, actor, room, 'read')
  if (isFailure(standing)) return standing
  if (standing.member === null) return failure('not_a_member')
  const marked = await chat.store.reads.mark(actor.id, room, seq)
  // No member any more by now.
  if (marked === undefined) return failure('not_a_member')
  const { moved, ...state } = marked
  if (moved) {
    const signal = { type: 'read.marked', room, user: actor.id } as const
    chat.broker.publish(`user:${actor.id}`, { kind: 'signal', signal: { ...signal, ...state } })
    if (standing.room.visibility === 'direct') {
      chat.broker.publish(`room:${room}`, { kind: 'signal', signal: { ...signal, read: state.read } })
    }
  }
  return success(state)
}
