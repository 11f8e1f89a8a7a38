/** The codes of errors, and whether trying again can help. What else they are is in `errors.ts`; the client needs no more. */
export const retries = {
  bad_json: false,
  bad_request: false,
  unknown_type: false,
  not_open: false,
  unauthenticated: false,
  bad_credentials: false,
  session_ended: false,
  forbidden: false,
  bad_origin: false,
  not_a_member: false,
  banned: false,
  muted: true,
  limit_reached: false,
  not_found: false,
  method_not_allowed: false,
  timeout: true,
  conflict: false,
  name_taken: false,
  email_taken: false,
  archived: false,
  last_owner: false,
  too_large: false,
  unsupported_media_type: false,
  rate_limited: true,
  internal: true,
  unavailable: true,
} as const satisfies Record<string, boolean>

export type ErrorCode = keyof typeof retries

export const errorCodes = Object.keys(retries) as ErrorCode[]
