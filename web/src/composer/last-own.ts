import type { MessageList } from '@parlance/client/message-list'
import type { Message, UserId } from '@parlance/client/models'

/** So far it is looked for: what is longer ago is edited by its menu. */
const maxBack = 200

/** One's own last message that can be edited. */
export function lastOwn(messages: MessageList, me: UserId): Message | undefined {
  for (let back = 1; back <= Math.min(maxBack, messages.length); back += 1) {
    const message = messages.at(-back)
    if (message?.author.id === me && message.deletedAt === null) return message
  }
  return undefined
}
