import { type Failure, failure } from '@parlance/protocol/errors'
import type { FastifyInstance } from 'fastify'
import { parseJson } from '../dialects/json.ts'

/** Thrown where a request ends with a failure of the table. */
export class Refused extends Error {
  readonly failure: Failure

  constructor(refusal: Failure) {
    super(refusal.message)
    this.failure = refusal
  }
}

/** JSON is UTF-8 (RFC 8259 §8.1); no other parameter means anything. */
const mediaType = /^application\/json(?: *; *charset="?utf-8"?)?$/i

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/**
 * Bodies are JSON, or they are refused with 415: no body goes unread past its schema. A dialect that takes forms too
 * adds that parser in its own plugin. An empty body is none.
 */
export function addJsonBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser(
    'application/json',
    { parseAs: 'buffer' },
    async (request: { headers: Record<string, unknown> }, body: Buffer) => {
      if (!mediaType.test(String(request.headers['content-type'])))
        throw new Refused(failure('unsupported_media_type'))
      if (body.length === 0) return undefined
      const parsed = parseJson(decode(body))
      if (!parsed.ok) throw new Refused(parsed)
      return parsed.value
    },
  )
}

function decode(body: Buffer): string {
  try {
    return utf8.decode(body)
  } catch {
    throw new Refused(failure('bad_json'))
  }
}
