import type { MessageId, RoomId, Seq, Timestamp } from '@parlance/protocol/models'
import type { ParlanceError } from './errors.ts'

/** Where a message on its way is. */
export type PendingState =
  /** It is sent, again and again, until it is answered. */
  | { readonly kind: 'sending' }
  /** It has landed, and its event is about to come. */
  | { readonly kind: 'sent'; readonly seq: Seq }
  /** The server refused it: `retry` or `discard` it. */
  | { readonly kind: 'failed'; readonly error: ParlanceError }

/** A message that is not in the room's log yet. */
export interface PendingMessage {
  readonly nonce: string
  readonly room: RoomId
  readonly text: string
  readonly replyTo: MessageId | null
  /** False where the author of the message it answers is not told. */
  readonly notifyReplied?: boolean
  /** When it was written, by the clock of the server, as far as it is known. */
  readonly at: Timestamp
  readonly state: PendingState
}
