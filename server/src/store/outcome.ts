import type { MessageId, Seq, Timestamp } from '@parlance/protocol/models'
import type { Appended, Draft } from '../ports/store.ts'

/**
 * What became of one draft of a commit, small enough to cross threads a hundred thousand times a second.
 * A tuple is a sent message: its id, its seq and, where they are not the draft's own, the author's name and kind and the
 * time; null is the draft's.
 */
export type Outcome =
  | readonly [message: MessageId, seq: Seq]
  | readonly [message: MessageId, seq: Seq, name: string, kind: 'user' | 'guest']
  | readonly [message: MessageId, seq: Seq, name: string | null, kind: 'user' | 'guest' | null, at: Timestamp]
  | Appended
  /** The statement failed and was undone; others of the commit stand. */
  | { readonly error: string }

/** The answer to the one who appended the draft. */
export function answerOf(draft: Draft, outcome: Outcome): Appended | Error {
  if (!isSent(outcome)) return 'error' in outcome ? new Error(outcome.error) : outcome
  if (draft.type !== 'message.send') return new Error('The store answered another draft.')
  const [message, seq, ownName, ownKind, at = draft.at] = outcome
  const name = ownName ?? draft.actor.name
  const kind = ownKind ?? (draft.actor.id === null ? 'guest' : 'user')
  const { room, text, replyTo, nonce } = draft
  return {
    ok: true,
    room,
    message,
    seq,
    at,
    events: [
      {
        type: 'message.created',
        room,
        seq,
        at,
        actor: { id: draft.actor.id, name, kind },
        message,
        text,
        replyTo,
        mentions: [...draft.mentions],
        nonce,
      },
    ],
  }
}

function isSent(outcome: Outcome): outcome is Extract<Outcome, readonly unknown[]> {
  return Array.isArray(outcome)
}
