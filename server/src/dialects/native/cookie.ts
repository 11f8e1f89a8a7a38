import type { Peer } from '../peer.ts'

/** Behind TLS the browser itself sees to it that the cookie is this host's, whole and secure (RFC 6265bis §4.1.3.2). */
function cookieName(secure: boolean): string {
  return secure ? '__Host-parlance' : 'parlance'
}

/** The session's refresh token in a `Cookie` header, where there is one. */
export function readSessionCookie(header: string | undefined, { secure }: Peer): string | undefined {
  const prefix = `${cookieName(secure)}=`
  for (const part of header?.split(';') ?? []) {
    const pair = part.trim()
    if (pair.startsWith(prefix)) return pair.slice(prefix.length) || undefined
  }
  return undefined
}

/** A `Set-Cookie` that keeps the session in the browser for `lifeMs`, out of reach of scripts and other sites. */
export function sessionCookie(refreshToken: string, lifeMs: number, { secure }: Peer): string {
  const attributes = `Max-Age=${Math.floor(lifeMs / 1_000)}; Path=/; HttpOnly; SameSite=Strict`
  return `${cookieName(secure)}=${refreshToken}; ${attributes}${secure ? '; Secure' : ''}`
}

/** A `Set-Cookie` that ends it. */
export function endedCookie(peer: Peer): string {
  return sessionCookie('', 0, peer)
}

/** Whether a request by cookie that changes something comes from this host's own pages or an allowed origin. */
export function isOwnOrigin(origin: string | undefined, { host }: Peer, allowed: readonly string[]): boolean {
  if (origin === undefined) return false
  return allowed.includes(origin) || URL.parse(origin)?.host === host.toLowerCase()
}
