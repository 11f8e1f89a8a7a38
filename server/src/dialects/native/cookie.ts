import type { Peer } from '../peer.ts'
import type { Site } from '../site.ts'

/**
 * Behind TLS the browser itself sees to it that the cookie is secure, and this host's alone (RFC 6265bis §4.1.3). The
 * latter it does for cookies of the whole host only: one of a path is `__Secure-`.
 */
function cookieName(secure: boolean, path: string): string {
  if (!secure) return 'parlance'
  return path === '' ? '__Host-parlance' : '__Secure-parlance'
}

/** The session's refresh token in a `Cookie` header, where there is one. */
export function readSessionCookie(
  header: string | undefined,
  { secure }: Peer,
  { path }: Pick<Site, 'path'>,
): string | undefined {
  const prefix = `${cookieName(secure, path)}=`
  for (const part of header?.split(';') ?? []) {
    const pair = part.trim()
    if (pair.startsWith(prefix)) return pair.slice(prefix.length) || undefined
  }
  return undefined
}

/** A `Set-Cookie` that keeps the session in the browser for `lifeMs`, out of reach of scripts and other sites. */
export function sessionCookie(
  refreshToken: string,
  lifeMs: number,
  { secure }: Peer,
  { path }: Pick<Site, 'path'>,
): string {
  const attributes = `Max-Age=${Math.floor(lifeMs / 1_000)}; Path=${path || '/'}; HttpOnly; SameSite=Strict`
  return `${cookieName(secure, path)}=${refreshToken}; ${attributes}${secure ? '; Secure' : ''}`
}

/** A `Set-Cookie` that ends it. */
export function endedCookie(peer: Peer, site: Pick<Site, 'path'>): string {
  return sessionCookie('', 0, peer, site)
}
