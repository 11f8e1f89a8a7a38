import type { MessageId } from '@parlance/client/models'

/** What was written in a room and not sent. */
export interface Draft {
  readonly text: string
  readonly replyTo: MessageId | null
  /** False where the author of what it answers is not to be told. */
  readonly notifyReplied?: boolean
}

/** A draft with when it was kept, in milliseconds since the epoch by the clock of this browser. */
export interface KeptDraft extends Draft {
  readonly atMs: number
}

/** A draft as it was kept; undefined where it is none. */
export function parseDraft(kept: string | null): KeptDraft | undefined {
  const value = json(kept)
  if (typeof value !== 'object' || value === null || !('text' in value) || !('replyTo' in value))
    return undefined
  const { text, replyTo } = value
  if (typeof text !== 'string') return undefined
  return {
    text,
    replyTo: typeof replyTo === 'number' ? replyTo : null,
    ...('notifyReplied' in value && value.notifyReplied === false && { notifyReplied: false }),
    atMs: 'atMs' in value && typeof value.atMs === 'number' ? value.atMs : 0,
  }
}

export function isSameDraft(a: Draft, b: Draft): boolean {
  return a.text === b.text && a.replyTo === b.replyTo && a.notifyReplied === b.notifyReplied
}

function json(text: string | null): unknown {
  try {
    return JSON.parse(text ?? 'null')
  } catch {
    return null
  }
}
