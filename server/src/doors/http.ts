import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import { errors, type Failure, failure } from '@parlance/protocol/errors'
import { protocolLimits } from '@parlance/protocol/limits'
import fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
} from 'fastify'
import type { Logger } from 'pino'
import { networkOf, type Rates } from '../chat/rates.ts'
import { sendProblem, setFailureHeaders } from '../dialects/native/problem.ts'
import type { Peer } from '../dialects/peer.ts'
import type { Site } from '../dialects/site.ts'
import { loggedPath } from '../telemetry/log.ts'
import type { Metrics } from '../telemetry/metrics.ts'
import { addJsonBodies, Refused } from './bodies.ts'
import { answerOptions, setCorsHeaders } from './cors.ts'
import { methodsOf } from './methods.ts'
import type { WebPage } from './web-page.ts'
import { withoutPath } from './without-path.ts'

/** Milliseconds for the header of a request, and for the whole of it. */
const headersTimeout = 10_000
const requestTimeout = 30_000

/** Paths that watchers ask at their own pace: never limited, and answered while the server drains. */
const unlimited = new Set(['/healthz', '/readyz', '/metrics'])

const securityHeaders = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Answered while the server is on its way out: the route tells newcomers itself. */
    whileDraining?: true
  }
}

/** What every HTTP request needs of the server. */
export interface HttpContext {
  readonly log: Logger
  readonly metrics: Metrics
  readonly rates: Rates
  /** Requests a minute and address; 0: no limit. */
  readonly requestsPerMinute: number
  readonly site: Site
  /** What people see at addresses that lead nowhere; left out: what programs do. */
  readonly page?: WebPage
  peerOf(request: FastifyRequest['raw']): Peer
  /** Whether the server is on its way out. */
  isDraining(): boolean
}

/** The HTTP door: a Fastify on a node server of its own, with the limits, headers and failures of all routes. */
export function makeHttp(context: HttpContext): FastifyInstance {
  const logger: FastifyBaseLogger = context.log
  const app = fastify({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: protocolLimits.frameBytes,
    requestTimeout,
    keepAliveTimeout: 72_000,
    http: { headersTimeout, requestTimeout, connectionsCheckingInterval: 2_000 },
    // A proxy hands the path on, or takes it away: both are right.
    rewriteUrl: ({ url = '/' }) => withoutPath(url, context.site.path),
    // Fastify would answer in a shape of its own; the hook below answers in the route's.
    return503OnClosing: false,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 1_024 },
    clientErrorHandler: answerMalformed,
    frameworkErrors: (error, request, reply) => {
      setSecurityHeaders(reply, context.peerOf(request.raw))
      sendFailure(request, reply, failureOf(error) ?? failure('internal'))
    },
  })
  const methods = methodsOf(app)
  addJsonBodies(app)
  app.addHook('onRequest', async (request, reply) => {
    const peer = context.peerOf(request.raw)
    setSecurityHeaders(reply, peer)
    setCorsHeaders(request, reply, context.site)
    if (isNative(request)) ignoreTypeOfNothing(request)
    if (unlimited.has(pathOf(request))) return
    if (context.isDraining() && request.routeOptions.config.whileDraining !== true) {
      reply.header('connection', 'close')
      return sendFailure(request, reply, failure('unavailable', 'The server is going away.', 1_000))
    }
    const waitMs = context.rates.take(`http:${networkOf(peer.address)}`, context.requestsPerMinute, 60_000)
    if (waitMs === 0) return
    reply.header('ratelimit-policy', `"requests";q=${context.requestsPerMinute};w=60`)
    return sendFailure(request, reply, failure('rate_limited', undefined, waitMs))
  })
  app.addHook('onResponse', async (request, reply) => observe(context, request, reply))
  app.setNotFoundHandler((request, reply) => {
    const allowed = methods(pathOf(request))
    const isOptions = request.method === 'OPTIONS'
    // A method that the path answers to, and still nothing is there: a file of a folder that does not exist.
    if (allowed.length === 0 || (!isOptions && allowed.includes(request.method)))
      return (
        context.page?.sendMissing(request, pathOf(request), reply) ??
        sendFailure(request, reply, failure('not_found'))
      )
    reply.header('allow', allowed.join(', '))
    if (isOptions) return answerOptions(request, reply, allowed)
    return sendFailure(request, reply, failure('method_not_allowed'))
  })
  app.setErrorHandler((error, request, reply) => {
    const known = failureOf(error)
    if (known === undefined) {
      context.log.error(
        { err: error, method: request.method, path: loggedPath(request.url) },
        'A request failed.',
      )
    }
    return sendFailure(request, reply, known ?? failure('internal'))
  })
  return app
}

/** Answers with a failure in the shape of the path's family: problems under `/v1`, `{"detail"}` elsewhere. */
function sendFailure(request: FastifyRequest, reply: FastifyReply, failed: Failure): FastifyReply {
  if (isNative(request)) return sendProblem(reply, failed)
  setFailureHeaders(reply, failed)
  const { status } = errors[failed.code]
  const detail = status === 404 || status === 405 ? STATUS_CODES[status] : failed.message
  return reply.code(status).send({ detail })
}

/** What a thrown error means to the client; undefined: nothing that is its doing. */
function failureOf(error: unknown): Failure | undefined {
  if (error instanceof Refused) return error.failure
  if (!(error instanceof Error)) return undefined
  const status = 'statusCode' in error ? error.statusCode : undefined
  if (status === 413) return failure('too_large')
  if (status === 415) return failure('unsupported_media_type')
  if (status === 414) return failure('not_found')
  if (typeof status === 'number' && status >= 400 && status < 500) {
    return failure('bad_request', 'The path, a header or the body cannot be read.')
  }
  return undefined
}

/** Bytes that are no HTTP, or that take too long: a bare status, and the connection ends. */
function answerMalformed(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy()
    return
  }
  const status =
    error.code === 'HPE_HEADER_OVERFLOW' ? 431 : error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 408 : 400
  const head = `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`
  socket.end(head, () => socket.destroy())
}

/** A request without a body has no media type, though some clients name one (axios: a form, for every POST). */
function ignoreTypeOfNothing({ headers }: FastifyRequest): void {
  const { 'content-length': length = '0', 'transfer-encoding': encoding } = headers
  if (length === '0' && encoding === undefined) delete headers['content-type']
}

function setSecurityHeaders(reply: FastifyReply, { secure }: Peer): void {
  reply.headers(securityHeaders)
  if (secure) reply.header('strict-transport-security', 'max-age=31536000')
}

function observe({ log, metrics }: HttpContext, request: FastifyRequest, reply: FastifyReply): void {
  const { method } = request
  const { statusCode: status, elapsedTime: elapsedMs } = reply
  const route = request.is404 ? 'none' : (request.routeOptions.url ?? 'none')
  metrics.requests.inc({ method: request.is404 ? 'any' : method, route, status })
  metrics.requestSeconds.observe(elapsedMs / 1_000)
  log.debug(
    { method, path: loggedPath(request.url), status, elapsedMs: Math.round(elapsedMs) },
    'A request was answered.',
  )
}

/** Whether the path is the native API's; all others speak in the shapes of the five contracts. */
function isNative(request: FastifyRequest): boolean {
  return /^\/v1(\/|$)/.test(pathOf(request))
}

function pathOf(request: FastifyRequest): string {
  const { url } = request
  const mark = url.indexOf('?')
  return mark === -1 ? url : url.slice(0, mark)
}
