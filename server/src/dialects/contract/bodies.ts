import type { FastifyInstance, FastifyRequest } from 'fastify'
import { isTooDeep } from '../json.ts'
import type { Body } from './fields.ts'
import { findJsonFault, type JsonFault } from './json-fault.ts'

const json = /^application\/(?:[\w.+-]+\+)?json\s*(?:;|$)/i
const form = /^application\/x-www-form-urlencoded\s*(?:;|$)/i
const multipart = /^multipart\/form-data\s*(?:;|$)/i

/** Invalid bytes are a fault of JSON (RFC 8259 §8.1); a mark of the byte order is skipped, as Python does. */
const utf8 = new TextDecoder('utf-8', { fatal: true })

/** A body that cannot be read at all: 400, in the words that clients know. */
class Garbled extends Error {
  readonly statusCode = 400
}

/** A text that is no JSON, or none that is read: where and why, as clients know it. */
class Unreadable {
  readonly fault: JsonFault

  constructor(fault: JsonFault) {
    this.fault = fault
  }
}

/**
 * Bodies of the five contracts: JSON, also where no type is told, and forms of both kinds. Anything else is a text,
 * which has no fields (contracts.md §0). `readBody` tells what a request has.
 */
export function addContractBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  const add = (type: string | RegExp, read: (body: Buffer, request: FastifyRequest) => unknown) =>
    app.addContentTypeParser(type, { parseAs: 'buffer' }, async (request: FastifyRequest, body: Buffer) =>
      body.length === 0 ? undefined : read(body, request),
    )
  add(json, parseJson)
  add(form, (body) => Object.fromEntries(new URLSearchParams(body.toString())))
  add(multipart, parseMultipart)
  add('*', (body, { headers }) => (headers['content-type'] === undefined ? parseJson(body) : body.toString()))
}

/** The fields of a request's body, or the fault that it has none. */
export function readBody({ body, headers }: FastifyRequest): Body {
  if (body instanceof Unreadable) {
    const { position, reason } = body.fault
    const loc = ['body', position]
    const fault = { type: 'json_invalid', loc, msg: 'JSON decode error', input: {}, ctx: { error: reason } }
    return { kind: 'fault', fault }
  }
  // An empty form is a form without fields.
  if (body === undefined && form.test(headers['content-type'] ?? '')) return { kind: 'fields', fields: {} }
  if (body === undefined || body === null) {
    return { kind: 'fault', fault: { type: 'missing', loc: ['body'], msg: 'Field required', input: null } }
  }
  if (typeof body !== 'object' || Array.isArray(body)) {
    const msg = 'Input should be a valid dictionary or object to extract fields from'
    return { kind: 'fault', fault: { type: 'model_attributes_type', loc: ['body'], msg, input: body } }
  }
  return { kind: 'fields', fields: { ...body } }
}

function parseJson(body: Buffer): unknown {
  const text = decode(body)
  try {
    const value: unknown = JSON.parse(text)
    // The answer to a fault repeats the input, and what is nested without end could not be written.
    return isTooDeep(value) ? new Unreadable({ position: 0, reason: 'Nested too deep' }) : value
  } catch {
    return new Unreadable(findJsonFault(text) ?? { position: 0, reason: 'Expecting value' })
  }
}

function decode(body: Buffer): string {
  try {
    return utf8.decode(body)
  } catch {
    throw new Garbled('There was an error parsing the body')
  }
}

/** By the reader that Node has for `fetch`: the whole body is here, and small. A file is no text, and refused as such. */
async function parseMultipart(body: Buffer, { headers }: FastifyRequest): Promise<unknown> {
  const type = headers['content-type'] ?? ''
  try {
    const fields = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData()
    return Object.fromEntries(
      [...fields].map(([name, value]) => [name, typeof value === 'string' ? value : {}]),
    )
  } catch {
    throw new Garbled('There was an error parsing the body')
  }
}
