import type { OpenapiPart } from '../native/openapi.ts'
import type { JsonObject } from '../native/schema-tree.ts'

/** One operation of a contract, as its row tells it. */
export interface ContractOperation {
  readonly id: string
  readonly summary: string
  /** Needs no token. */
  readonly open?: true
  /** Fields of the query; all optional. */
  readonly query?: Readonly<Record<string, JsonObject>>
  readonly body?: JsonObject
  /** The body may come as a form too. */
  readonly form?: true
  /** Of the 200. */
  readonly answer: JsonObject
  /** The refusals that the row names: what each status says. */
  readonly refusals?: Readonly<Record<number, string>>
}

/** Path → method in lower case → operation. */
export type ContractPaths = Readonly<Record<string, Readonly<Record<string, ContractOperation>>>>

export const text: JsonObject = { type: 'string' }
export const whole: JsonObject = { type: 'integer' }
export const time: JsonObject = { type: 'string', format: 'date-time' }

/** A whole number, or null: of what is no account's. */
export const accountId: JsonObject = { type: ['integer', 'null'] }

export function object(
  properties: Readonly<Record<string, JsonObject>>,
  required: readonly string[] = Object.keys(properties),
): JsonObject {
  return { type: 'object', properties: { ...properties }, required: [...required] }
}

export function list(items: JsonObject): JsonObject {
  return { type: 'array', items }
}

/** A schema of the document, by name. */
export function schema(name: string): JsonObject {
  return { $ref: `#/components/schemas/${name}` }
}

/** What a contract adds to the document (SPEC DI1); `refusal` is the schema of the refusals that its rows name. */
export function contractPart(
  tag: string,
  description: string,
  paths: ContractPaths,
  schemas: Readonly<Record<string, JsonObject>> = {},
  refusal = 'Detail',
): OpenapiPart {
  const documented = Object.entries(paths).map(([path, operations]): [string, JsonObject] => {
    const methods = Object.entries(operations)
    return [
      path,
      Object.fromEntries(methods.map(([method, spec]) => [method, operationOf(tag, path, spec, refusal)])),
    ]
  })
  return {
    tags: [{ name: tag, description }],
    paths: Object.fromEntries(documented),
    components: { schemas: { ...commonSchemas, ...schemas } },
  }
}

const commonSchemas: Readonly<Record<string, JsonObject>> = {
  Detail: object({ detail: text }),
  Invalid: object({
    detail: list(
      object({ type: text, loc: list({ type: ['string', 'integer'] }), msg: text, input: {} }, [
        'type',
        'loc',
        'msg',
      ]),
    ),
  }),
}

function operationOf(tag: string, path: string, spec: ContractOperation, refusal: string): JsonObject {
  const { id, summary, open, query = {}, body, form, answer } = spec
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)
  const parameters = [
    ...inPath.map((name) => ({ name, in: 'path', required: true, schema: whole })),
    ...Object.entries(query).map(([name, type]) => ({ name, in: 'query', required: false, schema: type })),
  ]
  const operation: JsonObject = {
    operationId: id,
    summary,
    tags: [tag],
    security: open === true ? [] : [{ password: [] }, { bearer: [] }],
    responses: {
      200: { description: 'Done.', content: json(answer) },
      ...failures(spec, inPath.length > 0, refusal),
    },
  }
  if (parameters.length > 0) operation.parameters = parameters
  if (body !== undefined) {
    const forms: JsonObject =
      form === true
        ? {
            'application/x-www-form-urlencoded': { schema: body },
            'multipart/form-data': { schema: body },
          }
        : {}
    operation.requestBody = { required: true, content: { ...json(body), ...forms } }
  }
  return operation
}

function failures(
  { open, query, body, refusals = {} }: ContractOperation,
  hasPathFields: boolean,
  refusal: string,
): JsonObject {
  const responses: JsonObject = {}
  if (open !== true) {
    responses[401] = {
      description: 'No token, or one that is not good.',
      headers: { 'WWW-Authenticate': { schema: { type: 'string', const: 'Bearer' } } },
      content: json(schema('Detail')),
    }
  }
  for (const [status, description] of Object.entries(refusals)) {
    responses[status] = { description, content: json(schema(refusal)) }
  }
  if (body !== undefined || query !== undefined || hasPathFields) {
    responses[422] = { description: 'What does not fit, and where.', content: json(schema('Invalid')) }
  }
  responses[429] = {
    description: 'Too many requests.',
    headers: { 'Retry-After': { schema: whole, description: 'Seconds.' } },
    content: json(schema('Detail')),
  }
  return responses
}

function json(type: JsonObject): JsonObject {
  return { 'application/json': { schema: type } }
}
