import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Site } from '../dialects/site.ts'

/** Seconds for which a browser may remember the answer to a preflight. */
const preflightSeconds = 600

/** Lets pages of the allowed origins read the answer (Fetch §3.2): an exact list, never a pattern and never `*`. */
export function setCorsHeaders(
  request: FastifyRequest,
  reply: FastifyReply,
  site: Pick<Site, 'hasAllowed' | 'allows'>,
): void {
  if (!site.hasAllowed) return
  reply.header('vary', 'Origin')
  const { origin } = request.headers
  if (origin === undefined || !site.allows(origin)) return
  reply
    .header('access-control-allow-origin', origin)
    .header('access-control-allow-credentials', 'true')
    .header('access-control-expose-headers', 'Retry-After, RateLimit, RateLimit-Policy')
}

/** Answers OPTIONS; to a preflight of an allowed origin also with what its page may send. */
export function answerOptions(
  request: FastifyRequest,
  reply: FastifyReply,
  methods: readonly string[],
): FastifyReply {
  const isPreflight = request.headers['access-control-request-method'] !== undefined
  if (isPreflight && reply.hasHeader('access-control-allow-origin')) {
    reply
      .header('access-control-allow-methods', methods.join(', '))
      .header('access-control-allow-headers', 'Authorization, Content-Type, Idempotency-Key')
      .header('access-control-max-age', preflightSeconds)
  }
  return reply.code(204).send()
}
