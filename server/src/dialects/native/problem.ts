import { STATUS_CODES } from 'node:http'
import { errors, type Failure } from '@parlance/protocol/errors'
import type { FastifyReply } from 'fastify'

/** The body of a failed request (RFC 9457); `about:blank` says that the title is the status's own. */
function problemOf({ code, message, retryAfterMs }: Failure) {
  const { status } = errors[code]
  const problem = { type: 'about:blank', title: STATUS_CODES[status] ?? '', status, detail: message, code }
  return retryAfterMs === undefined ? problem : { ...problem, retryAfterMs }
}

/** Answers with the failure as a problem and the headers that belong to it. */
export function sendProblem(reply: FastifyReply, failure: Failure): FastifyReply {
  setFailureHeaders(reply, failure)
  return reply
    .code(errors[failure.code].status)
    .type('application/problem+json')
    .send(JSON.stringify(problemOf(failure)))
}

/**
 * The headers of a failure, in whatever shape its body is: `WWW-Authenticate` (RFC 9110 §11.6.1), `Retry-After` in
 * seconds (§10.2.3), `RateLimit` (draft-ietf-httpapi-ratelimit-headers: nothing left for `t` seconds).
 */
export function setFailureHeaders(reply: FastifyReply, { code, retryAfterMs }: Failure): void {
  if (errors[code].status === 401) reply.header('www-authenticate', 'Bearer')
  if (retryAfterMs === undefined) return
  const seconds = Math.max(1, Math.ceil(retryAfterMs / 1_000))
  reply.header('retry-after', seconds)
  if (code === 'rate_limited') reply.header('ratelimit', `"${rateName(reply)}";r=0;t=${seconds}`)
}

/** The name of the policy that stands in `RateLimit-Policy`, or of the command's own limit, which has none. */
function rateName(reply: FastifyReply): string {
  return reply.hasHeader('ratelimit-policy') ? 'requests' : 'command'
}
