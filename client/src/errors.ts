import { type ErrorCode, errors } from '@parlance/protocol/errors'

/** What goes wrong on this side of the wire. */
const ownErrors = {
  offline: { retry: true, message: 'The server did not answer. Asking again is safe.' },
  connection_lost: { retry: false, message: 'The connection broke before the answer: it may have happened.' },
  signed_out: { retry: false, message: 'Nobody is logged in, or the session has ended.' },
  refused: { retry: false, message: 'The server has closed the connection for good.' },
  closed: { retry: false, message: 'The client is closed.' },
} as const

const table: Readonly<Record<string, { readonly retry: boolean; readonly message: string }>> = {
  ...errors,
  ...ownErrors,
}

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

  constructor(code: ParlanceErrorCode, message?: string, retryAfterMs?: number) {
    super(message ?? table[code]?.message ?? code)
    this.code = code
    this.shouldRetry = table[code]?.retry ?? false
    this.retryAfterMs = retryAfterMs
  }
}

/** Whether it is one of the server's codes. */
export function isErrorCode(code: unknown): code is ErrorCode {
  return typeof code === 'string' && Object.hasOwn(errors, code)
}

/** Anything thrown, as an error of this library; what is not one already means that the network failed. */
export function asParlanceError(error: unknown): ParlanceError {
  return error instanceof ParlanceError ? error : new ParlanceError('offline')
}
