/**
 * The table of close codes of `/v1/socket`. The range is the policy:
 * 4000–4499 reconnect (and resume), 4500–4999 do not. 1003, 1008 and 1009 are those of RFC 6455 §7.4.1.
 */
export const closes = {
  unsupportedData: { code: 1003, reason: 'binary frames are not spoken here' },
  fragments: { code: 1008, reason: 'too many fragments' },
  tooBig: { code: 1009, reason: 'frame over 65536 bytes' },
  goingAway: { code: 4000, reason: 'going away' },
  slow: { code: 4008, reason: 'too slow' },
  stateLost: { code: 4010, reason: 'state lost' },
  noHeartbeat: { code: 4012, reason: 'no heartbeat' },
  tooManyRequests: { code: 4029, reason: 'too many requests' },
  protocol: { code: 4500, reason: 'protocol error' },
  notAuthenticated: { code: 4501, reason: 'not authenticated' },
  sessionEnded: { code: 4502, reason: 'session ended' },
  banned: { code: 4503, reason: 'banned' },
  connectionLimit: { code: 4504, reason: 'connection limit' },
  badOrigin: { code: 4505, reason: 'origin not accepted' },
} as const satisfies Record<string, { code: number; reason: string }>

export type CloseName = keyof typeof closes

/** Whether a client reconnects after this close code: everything but 4500–4999, 1003, 1008 and 1009. */
export function shouldReconnect(code: number): boolean {
  return !(code === 1003 || code === 1008 || code === 1009 || (code >= 4500 && code <= 4999))
}
