import type { MessageId } from '@parlance/client/models'

/** What was written in a room and not sent. */
export interface Draft {
  readonly text: string
  readonly replyTo: MessageId | null
}

/** A draft as it was kept; undefined where it is none. */
export function parseDraft(kept: string | null): Draft | undefined {
  const value = json(kept)
  if (typeof value !== 'object' || value === null || !('text' in value) || !('replyTo' in value))
    return undefined
  const { text, replyTo } = value
  if (typeof text !== 'string') return undefined
  return { text, replyTo: typeof replyTo === 'number' ? replyTo : null }
}

function json(text: string | null): unknown {
  try {
    return JSON.parse(text ?? 'null')
  } catch {
    return null
  }
}
