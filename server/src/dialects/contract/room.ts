import { type Failure, failure } from '@parlance/protocol/errors'
import type { RoomId } from '@parlance/protocol/models'
import { room as accessRoom, isFailure } from '../../chat/access.ts'
import type { Actor, Chat } from '../../chat/chat.ts'
import type { Need } from '../../ports/rights.ts'
import type { Standing } from '../../ports/store.ts'

/**
 * A room as the five contracts know it: private rooms and direct conversations are native only, and answer as rooms
 * that do not exist, to their members too (contracts.md §0).
 */
export function contractRoom(
  chat: Chat,
  actor: Actor,
  id: RoomId,
  need: Need,
): Standing | Failure | Promise<Standing | Failure> {
  const found = accessRoom(chat, actor, id, need)
  return found instanceof Promise ? found.then(listed) : listed(found)
}

function listed(standing: Standing | Failure): Standing | Failure {
  if (isFailure(standing)) return standing
  const { visibility } = standing.room
  return visibility === 'open' || visibility === 'public' ? standing : failure('not_found')
}
