import { createHash } from 'node:crypto'
import type { MessageId, RoomId } from '@parlance/protocol/models'

/**
 * Stands in for the content of a deleted message, so that its nonce still gives the same answer (SPEC ST3) while
 * the text is gone (ST6). The nonce is in it: equal texts have different hashes.
 */
export function contentHash(nonce: string, room: RoomId, text: string, replyTo: MessageId | null): string {
  return createHash('sha256')
    .update(JSON.stringify([nonce, room, replyTo, text]))
    .digest('base64url')
}
