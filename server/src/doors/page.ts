import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { version } from '../version.ts'
import { wantsJson } from './accept.ts'
import { type Asset, serveAssets } from './static.ts'

const folder = join(import.meta.dirname, '../../page')

/** Where `index.html` looks for its assets; they are served under a path that changes with their content. */
const assetsInPage = '/page/assets/'

const assets: readonly Pick<Asset, 'name' | 'type'>[] = [
  { name: 'page.css', type: 'text/css' },
  { name: 'page.js', type: 'text/javascript' },
  { name: 'place.js', type: 'text/javascript' },
  { name: 'room-socket.js', type: 'text/javascript' },
  { name: 'timeline.js', type: 'text/javascript' },
]

/** Nothing but this server's own files and sockets, and no way from a string to script or markup (CSP 3, Trusted Types). */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ')

/** What `GET /` tells programs (contracts.md §2). */
const summary = {
  message: 'Parlance is running.',
  version,
  documentation: '/docs',
  websocket_endpoints: [
    '/v1/socket',
    '/ws/{room}',
    '/ws/{room}?username={username}',
    '/ws',
    '/ws/echo',
    '/ws/auth?token={token}',
    '/ws/room/{room_id}?token={token}',
    '/ws/chat/{room_id}?token={token}',
  ],
} as const

/** `GET /`: the page, or the summary for who asks for JSON and not for HTML (contracts.md §2). */
export function pageRoutes(app: FastifyInstance): void {
  const files = assets.map(({ name, type }) => ({
    name,
    type,
    text: readFileSync(join(folder, name), 'utf8'),
  }))
  const hash = createHash('sha256')
  for (const { text } of files) hash.update(text)
  const served = files.map(({ name, type, text }) => ({ name, type, read: async () => text }))
  const base = serveAssets(app, 'page', hash.digest('hex').slice(0, 16), served)
  const html = readFileSync(join(folder, 'index.html'), 'utf8').replaceAll(assetsInPage, `${base}/`)
  app.get('/', async ({ headers }, reply) => {
    reply.header('cache-control', 'no-cache')
    reply.header('vary', [reply.getHeader('vary') ?? [], 'Accept'].flat().join(', '))
    if (wantsJson(headers.accept)) return summary
    return reply.header('content-security-policy', policy).type('text/html; charset=utf-8').send(html)
  })
}
