import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { PublicUrl } from '../dialects/site.ts'
import { prefersHtml } from './accept.ts'

/** What `npm run build` of the web app leaves. */
const webFolder = join(import.meta.dirname, '../../../web/dist')

/** Nothing but this server's own files and sockets, and no way from a string to script or markup (CSP 3, Trusted Types). */
export const webPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "manifest-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types parlance',
].join('; ')

/** What is below these is asked by programs, and by the app's own code: it answers in shapes of its own. */
const programs = /^\/(?:api|assets|chatrooms|connections|docs|redoc|socket\.io|v1|ws)(?:\/|$)/

/** The one page of the web app. */
export class WebPage {
  readonly folder: string
  readonly isBuilt: boolean
  readonly publicUrl: PublicUrl | undefined

  constructor(publicUrl?: PublicUrl, folder = webFolder) {
    this.publicUrl = publicUrl
    this.folder = folder
    this.isBuilt = existsSync(join(folder, 'index.html'))
  }

  /**
   * Sends the page as it is seen. It names its files from the root of the host, and everything after it follows where it
   * finds itself; the canonical link is what the app gives people to pass on.
   */
  async send(reply: FastifyReply): Promise<FastifyReply> {
    const page = await readFile(join(this.folder, 'index.html'), 'utf8')
    return reply
      .header('content-security-policy', webPolicy)
      .header('cache-control', 'no-cache')
      .type('text/html; charset=utf-8')
      .send(this.publicUrl === undefined ? page : placed(page, this.publicUrl))
  }

  /** Sends the page for an address that leads nowhere, to who would see it; undefined: somebody else asked. */
  sendMissing(
    { method, headers }: FastifyRequest,
    path: string,
    reply: FastifyReply,
  ): Promise<FastifyReply> | undefined {
    const isRead = method === 'GET' || method === 'HEAD'
    if (!this.isBuilt || !isRead || programs.test(path) || !prefersHtml(headers.accept)) return undefined
    return this.send(reply.code(404).header('vary', 'Accept'))
  }
}

function placed(page: string, { href, path }: PublicUrl): string {
  return page
    .replace(/ (href|src)="\//g, ` $1="${path}/`)
    .replace('</head>', `<link rel="canonical" href="${href}/">\n</head>`)
}
