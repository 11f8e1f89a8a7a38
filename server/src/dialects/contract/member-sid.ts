import type { User } from '@parlance/protocol/models'

/**
 * What stands for a membership where Socket.IO clients expect a socket: the same for the same account. The connection
 * whose coming was the joining itself goes by it too, so that its coming and its loss are one's (contracts.md §4, §6).
 */
export function memberSid(id: User['id']): string {
  return `user-${id}`
}
