import { ParlanceError } from '@parlance/client/errors'
import type { Texts } from './texts.ts'

/** A sentence for a person about anything that was thrown, with the time to wait where the server told one. */
export function errorText({ errors }: Texts, error: unknown): string {
  if (!(error instanceof ParlanceError)) return errors.failed
  const { [error.code]: sentence }: Readonly<Record<string, unknown>> = errors
  const said = typeof sentence === 'string' ? sentence : errors.failed
  if (error.retryAfterMs === undefined) return said
  return `${said} ${errors.retryIn(Math.max(1, Math.ceil(error.retryAfterMs / 1_000)))}`
}
