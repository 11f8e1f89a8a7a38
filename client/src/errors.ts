import { type ErrorCode, retries } from '@parlance/protocol/error-codes'

/** What goes wrong on this side of the wire. */
const ownErrors = {
  offline: { retry: true, message: 'The server did not answer. Asking again is safe.' },
  connection_lost: { retry: false, message: 'The connection broke before the answer: it may have happened.' },
  signed_out: { retry: false, message: 'Nobody is logged in, or the session has ended.' },
  refused: { retry: false, message: 'The server has closed the connection for good.' },
  closed: { retry: false, message: 'The client is closed.' },
} as const

/** Why there was no answer of a Parlance server, as far as this side can tell (SPEC CL17). */
const reasons = {
  no_connection: 'Nothing answers there, or the browser does not let this page ask it.',
  unknown_host: 'There is no host of this name.',
  tls: 'The certificate of the server is not accepted.',
  late: 'The answer did not come in time.',
  not_parlance: 'What answers there is no Parlance server: look at the address.',
  gateway: 'A proxy answers that its server is away.',
} as const

export type ErrorReason = keyof typeof reasons

/** The server says itself what has happened; these are said here, too. */
const ownSentences: Readonly<Record<string, string>> = {
  not_found: 'There is no such thing.',
  session_ended: 'The session has ended.',
  too_large: 'This is too large to send.',
  unauthenticated: 'A valid token is needed.',
  unavailable: 'The server cannot do this now.',
}

const own: Readonly<Record<string, { readonly retry: boolean; readonly message: string }>> = ownErrors
const retry: Readonly<Record<string, boolean>> = retries

/** The server's codes, and those of this side. */
export type ParlanceErrorCode = ErrorCode | keyof typeof ownErrors

/** Every failure of this library (SPEC CL12). `code` says what it is, `message` is one sentence for a person. */
export class ParlanceError extends Error {
  override readonly name = 'ParlanceError'
  readonly code: ParlanceErrorCode
  /** Whether the same may succeed later, and is safe to try. */
  readonly shouldRetry: boolean
  /** How long to wait before, in milliseconds, where the server said so. */
  readonly retryAfterMs: number | undefined
  /** Why, where `code` is `offline` or `unavailable` and it was not the server that said so. */
  readonly reason: ErrorReason | undefined

  constructor(
    code: ParlanceErrorCode,
    message?: string,
    retryAfterMs?: number,
    { reason, cause }: { readonly reason?: ErrorReason; readonly cause?: unknown } = {},
  ) {
    const told = reason === undefined ? (own[code]?.message ?? ownSentences[code]) : reasons[reason]
    super(message ?? told ?? code, cause === undefined ? undefined : { cause })
    this.reason = reason
    this.code = code
    this.shouldRetry = own[code]?.retry ?? retry[code] ?? false
    this.retryAfterMs = retryAfterMs
  }
}

/** What the network's failure was; browsers do not tell. */
export function reasonOf(error: unknown): ErrorReason {
  const cause = error instanceof Error ? error.cause : undefined
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : ''
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'unknown_host'
  return /CERT|TLS|SSL|VERIFY/.test(code) ? 'tls' : 'no_connection'
}

/** Whether it is one of the server's codes. */
export function isErrorCode(code: unknown): code is ErrorCode {
  return typeof code === 'string' && Object.hasOwn(retries, code)
}

/** Anything thrown, as an error of this library; what is not one already means that the network failed. */
export function asParlanceError(error: unknown): ParlanceError {
  return error instanceof ParlanceError ? error : new ParlanceError('offline')
}
