import { ParlanceError } from '@parlance/client/errors'
import type { Texts } from './texts.ts'

/** A sentence for a person about anything that was thrown, with the time to wait where the server told one. */
export function errorText({ errors }: Texts, error: unknown): string {
  if (!(error instanceof ParlanceError)) return errors.failed
  if (error.code === 'bad_origin') return errors.bad_origin(location.origin)
  const { [error.code]: sentence }: Readonly<Record<string, unknown>> = errors
  const said = typeof sentence === 'string' ? sentence : errors.failed
  if (error.retryAfterMs === undefined) return said
  return `${said} ${wait(errors.retryIn, error.retryAfterMs)}`
}

const steps = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const

/** In the greatest unit of which there are two; rounded up, so that it is never too early. */
function wait(retryIn: Texts['errors']['retryIn'], ms: number): string {
  const [unit, length] = steps.find(([, unitMs]) => ms >= 2 * unitMs) ?? (['second', 1_000] as const)
  return retryIn[unit](Math.max(1, Math.ceil(ms / length)))
}
