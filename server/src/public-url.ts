import { originOf } from './dialects/origin.ts'
import type { PublicUrl } from './dialects/site.ts'

/** The first parts of the server's own paths: a path in front of them that begins alike could not be told from them. */
export const ownParts: ReadonlySet<string> = new Set([
  ...['api', 'chatrooms', 'connections', 'socket.io', 'v1', 'ws'],
  ...['asyncapi.json', 'docs', 'healthz', 'metrics', 'openapi.json', 'readyz', 'redoc'],
  ...['app.webmanifest', 'assets', 'icon-unread.svg', 'icon.svg', 'sw.js'],
  ...['browse', 'invite', 'log-in', 'r', 'settings', 'sign-up'],
])

/** What PUBLIC_URL says; a string: what is wrong with it, the end of a sentence. */
export function parsePublicUrl(text: string): PublicUrl | string {
  const url = /^https?:\/\//i.test(text) && !/[\s?#@\\]/.test(text) ? URL.parse(text) : null
  const origin = url === null ? undefined : originOf(url.origin)
  if (url === null || origin === undefined) {
    return 'is no address such as https://chat.example.com or https://example.com/chat (no user, no ?, no #).'
  }
  const path = url.pathname.replace(/\/+$/, '')
  if (!/^(?:\/[\w.~-]+)*$/.test(path))
    return 'has a path with other characters than A–Z, a–z, 0–9, and . _ ~ - /'
  const [, first = ''] = path.split('/')
  if (ownParts.has(first)) return `has a path that begins as the server's own /${first}: take another one.`
  return Object.freeze({ href: origin + path, origin, path })
}
