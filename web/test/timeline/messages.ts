import { MessageList } from '@parlance/client/message-list'
import type { Message } from '@parlance/client/models'

interface Given {
  readonly seq?: number
  readonly atMs?: number
  readonly author?: number
  readonly replyTo?: number
}

/** A message of which only the given things matter. */
export function message({ seq = 1, atMs = 0, author = 1, replyTo }: Given): Message {
  return {
    id: 1_000 + seq,
    room: 1,
    seq,
    at: new Date(atMs).toISOString(),
    author: { id: author, name: `user${author}`, kind: 'user' },
    text: `message ${seq}`,
    version: 1,
    editedAt: null,
    deletedAt: null,
    replyTo: replyTo ?? null,
    mentions: [],
    reactions: [],
    nonce: null,
  }
}

/** A list of messages, numbered from 1 where nothing is said. */
export function messages(given: readonly Given[]): MessageList {
  return MessageList.of(given.map((one, index) => message({ seq: index + 1, ...one })))
}
