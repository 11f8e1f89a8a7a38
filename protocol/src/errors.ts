import type { ErrorCode } from './error-codes.ts'

/**
 * The table of errors: what went wrong, the HTTP status it has, and one sentence (`error-codes.ts`: whether trying again can help).
 * The same `code` is on the socket (`reply.error`), in REST problem bodies (RFC 9457) and in the client library.
 */
export const errors = {
  bad_json: { status: 400, message: 'The frame or body is not valid JSON.' },
  bad_request: { status: 400, message: 'The request does not fit its schema.' },
  unknown_type: { status: 400, message: 'There is no command of this type.' },
  not_open: { status: 400, message: 'The first command of a connection is hello, and it is sent once.' },
  unauthenticated: { status: 401, message: 'A valid token is needed.' },
  bad_credentials: { status: 401, message: 'The name or the password is wrong.' },
  session_ended: { status: 401, message: 'The session has ended. Log in again.' },
  forbidden: { status: 403, message: 'Your role does not allow this.' },
  bad_origin: { status: 403, message: 'Requests by cookie are accepted from the allowed origins only.' },
  not_a_member: { status: 403, message: 'You are not a member of this room.' },
  banned: { status: 403, message: 'You are banned from this room.' },
  muted: { status: 403, message: 'You are muted in this room.' },
  limit_reached: { status: 403, message: 'A limit of the server is reached.' },
  not_found: { status: 404, message: 'There is no such thing, or you may not see it.' },
  method_not_allowed: { status: 405, message: 'This path does not answer to this method.' },
  timeout: { status: 408, message: 'The request took too long to arrive.' },
  conflict: { status: 409, message: 'The nonce was used before with another content.' },
  name_taken: { status: 409, message: 'This name is taken.' },
  email_taken: { status: 409, message: 'This e-mail address is taken.' },
  archived: { status: 409, message: 'The room is archived: it can be read, not changed.' },
  last_owner: { status: 409, message: 'A room keeps at least one owner. Make another member owner first.' },
  too_large: { status: 413, message: 'The frame or body is over 65,536 bytes.' },
  unsupported_media_type: { status: 415, message: 'Bodies are application/json.' },
  rate_limited: { status: 429, message: 'Too many requests. Try again after the time given.' },
  internal: { status: 500, message: 'The server failed: whether it was done is unknown.' },
  unavailable: { status: 503, message: 'The server cannot do this now. Try again after the time given.' },
} as const satisfies Record<ErrorCode, { status: number; message: string }>

/** A definite failure: nothing of the command was stored, unless `code` is `internal` or `unavailable` (then unknown). */
export interface Failure {
  readonly ok: false
  readonly code: ErrorCode
  /** One sentence for a person. */
  readonly message: string
  /** How long to wait before the same command may succeed, in milliseconds. */
  readonly retryAfterMs?: number
}

/** Builds a failure; `message` defaults to the sentence of the table. */
export function failure(
  code: ErrorCode,
  message: string = errors[code].message,
  retryAfterMs?: number,
): Failure {
  return retryAfterMs === undefined
    ? { ok: false, code, message }
    : { ok: false, code, message, retryAfterMs }
}
