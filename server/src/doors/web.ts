import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { version } from '../version.ts'
import { wantsJson } from './accept.ts'
import { WebPage, webPolicy } from './web-page.ts'

/** The app's places beside `/`, as in `web/src/paths.ts`: whoever comes there by a link gets the page. */
const places = [
  '/log-in',
  '/sign-up',
  '/browse',
  '/invite',
  '/settings',
  '/settings/:section',
  '/r/:room',
  '/r/:room/:seq',
]

/** Files that keep their name from build to build, so that browsers ask each time whether they are new. */
const named = ['icon.svg', 'icon-unread.svg', 'app.webmanifest', 'sw.js']

const endpoints = [
  '/v1/socket',
  '/ws/{room}',
  '/ws/{room}?username={username}',
  '/ws',
  '/ws/echo',
  '/ws/auth?token={token}',
  '/ws/room/{room_id}?token={token}',
  '/ws/chat/{room_id}?token={token}',
]

/** What `GET /` tells programs (contracts.md §2), with the paths as they see them. */
function summaryAt(path: string) {
  return {
    message: 'Parlance is running.',
    version,
    documentation: `${path}/docs`,
    websocket_endpoints: endpoints.map((endpoint) => path + endpoint),
  }
}

const notBuilt = `<!doctype html>
<html lang="en"><title>Parlance</title><p>The web app is not built: start the server with <code>npm start</code>, which builds it.</p></html>
`

/**
 * The web app at `/` and its places, with its files; at `/` the summary for who asks for JSON and not for HTML
 * (contracts.md §2). Files under `/assets/` have their content in their name and are kept for ever. What was compressed
 * at the build is sent so.
 */
export function webRoutes(app: FastifyInstance, page = new WebPage()): void {
  const { folder, isBuilt, publicUrl } = page
  const summary = summaryAt(publicUrl?.path ?? '')
  if (isBuilt) {
    app.register(fastifyStatic, {
      root: join(folder, 'assets'),
      prefix: '/assets/',
      index: false,
      dotfiles: 'ignore',
      preCompressed: true,
      immutable: true,
      maxAge: '1y',
    })
  }
  // The worker, too, may do what the policy in its own answer lets it: it asks for the files it keeps.
  const send = (reply: FastifyReply, name: string) =>
    reply
      .header('content-security-policy', webPolicy)
      .header('cache-control', 'no-cache')
      .sendFile(name, folder, { cacheControl: false })
  const sendPage = (reply: FastifyReply) => {
    if (isBuilt) return publicUrl === undefined ? send(reply, 'index.html') : page.send(reply)
    return reply.header('cache-control', 'no-cache').type('text/html; charset=utf-8').send(notBuilt)
  }
  app.get('/', async ({ headers }, reply) => {
    reply.header('vary', [reply.getHeader('vary') ?? [], 'Accept'].flat().join(', '))
    if (wantsJson(headers.accept)) return reply.header('cache-control', 'no-cache').send(summary)
    return sendPage(reply)
  })
  for (const place of places) app.get(place, async (_request, reply) => sendPage(reply))
  if (isBuilt) for (const name of named) app.get(`/${name}`, async (_request, reply) => send(reply, name))
}
