/** Where the connection is. Only `open` has a server at its other end (SPEC CL1). */
export type ConnectionState =
  /** Nobody has asked for one yet, or `close` ended it. */
  | { readonly kind: 'closed' }
  /** Being opened, until the server's welcome. `attempt` counts those that failed since the last stable one. */
  | { readonly kind: 'connecting'; readonly attempt: number }
  | { readonly kind: 'open' }
  /** Between two attempts, until `untilMs` (milliseconds since the epoch, as `serverNow`). */
  | { readonly kind: 'waiting'; readonly attempt: number; readonly untilMs: number }
  /** The session has ended, or there is none: log in. */
  | { readonly kind: 'signed-out' }
  /** The server ended it for good (SPEC CL5); `connect` tries again. */
  | { readonly kind: 'refused'; readonly code: number; readonly reason: string }
