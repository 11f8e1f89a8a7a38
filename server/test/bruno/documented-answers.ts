import type { TSchema } from 'typebox'
import { Compile } from 'typebox/compile'

// biome-ignore lint/suspicious/noExplicitAny: documents are deep, and read here as JSON.
type Json = any

interface Operation {
  /** As `GET /v1/rooms/{room}`. */
  readonly name: string
  readonly pattern: RegExp
  readonly responses: Readonly<Record<string, Json>>
}

interface Asked {
  readonly method: string
  readonly url: string
}

interface Answered {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly data: unknown
}

/** What an OpenAPI document says of the answers to requests. */
export class DocumentedAnswers {
  readonly #document: Json
  readonly #operations: readonly Operation[]

  constructor(document: Json) {
    this.#document = document
    const paths = Object.entries<Readonly<Record<string, Json>>>(document.paths)
    this.#operations = paths.flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { responses }]) => ({
        name: `${method.toUpperCase()} ${path}`,
        pattern: new RegExp(`^${method} ${path.replace(/\{\w+\}/g, '[^/]+').replace(/\/$/, '')}/?$`, 'i'),
        responses,
      })),
    )
  }

  get names(): readonly string[] {
    return this.#operations.map(({ name }) => name)
  }

  /** A path without parameters goes before one with. */
  operationOf({ method, url }: Asked): Operation | undefined {
    const found = this.#operations.filter(({ pattern }) => pattern.test(`${method} ${new URL(url).pathname}`))
    return found.find(({ name }) => !name.includes('{')) ?? found[0]
  }

  /** What of an answer the document does not say; undefined where all is as it says. */
  faultOf(asked: Asked, { status, headers, data }: Answered): string | undefined {
    const operation = this.operationOf(asked)
    // 405 and unknown paths are answered before there is a route; the documents do not describe themselves.
    if (operation === undefined || status === 405) return undefined
    const { responses, name } = operation
    const response = this.#resolve(responses[status] ?? responses[`${String(status)[0]}XX`])
    if (response === undefined) return `${name} has no ${status}`
    const type = headers['content-type']?.split(';')[0] ?? ''
    const schema = response.content?.[type]?.schema
    if (response.content === undefined) return data === '' ? undefined : `${name} ${status} has no body`
    if (schema === undefined) return type === 'text/html' ? undefined : `${name} ${status} has no ${type}`
    const errors = Compile(this.#inline(schema) as TSchema).Errors(data)
    return errors.length === 0 ? undefined : `${name} ${status}: ${JSON.stringify(errors)}`
  }

  #resolve(node: Json): Json {
    if (typeof node?.$ref !== 'string') return node
    const keys: string[] = node.$ref.slice(2).split('/')
    return keys.reduce((found, key) => found[key], this.#document)
  }

  /** A schema with what it refers to in its place. */
  #inline(node: Json): Json {
    if (typeof node !== 'object' || node === null) return node
    const resolved = this.#resolve(node)
    if (Array.isArray(resolved)) return resolved.map((one) => this.#inline(one))
    return Object.fromEntries(Object.entries(resolved).map(([key, value]) => [key, this.#inline(value)]))
  }
}
