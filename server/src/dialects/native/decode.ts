import { type CommandOf, type CommandType, commands, commandTypes } from '@parlance/protocol/commands'
import { type Failure, failure } from '@parlance/protocol/errors'
import { Hello, type Ref } from '@parlance/protocol/frames'
import { onSocket } from '@parlance/protocol/http'
import { Compile, type Validator } from 'typebox/compile'

/** A frame that could be read. `ref` is null where the client gave none, or no proper one. */
export type Decoded =
  | { readonly kind: 'hello'; readonly ref: Ref | null; readonly hello: Hello }
  | { readonly kind: 'command'; readonly ref: Ref | null; readonly command: CommandOf<CommandType> }
  | { readonly kind: 'failure'; readonly ref: Ref | null; readonly failure: Failure }

const hello = Compile(Hello)
const inputs = new Map<string, Validator>(
  commandTypes.filter(onSocket).map((type): [string, Validator] => [type, Compile(commands[type].input)]),
)

/** One sentence on the first thing that does not fit: where it is, and what would. */
export function describeMisfit(validator: Validator, value: unknown): string {
  const [error] = validator.Errors(value)
  if (error === undefined) return 'The request does not fit its schema.'
  const missing = error.keyword === 'required' ? error.params.requiredProperties.join(', ') : undefined
  if (missing !== undefined) return `Missing: ${missing}.`
  const format = error.keyword === 'format' ? formats[error.params.format] : undefined
  const wanted = format ?? choicesAt(validator.Type(), error.instancePath) ?? error.message
  const where = error.instancePath.slice(1).replaceAll('/', '.')
  return `${where === '' ? 'The request' : where} ${wanted}.`
}

/** What a format wants, in words. */
const formats: Readonly<Record<string, string>> = {
  'date-time': 'must be a time as RFC 3339 writes it, 2026-01-31T12:00:00Z say',
  email: 'must be an e-mail address',
}

/** The values that would fit at a place of an enum; undefined elsewhere. */
function choicesAt(schema: unknown, path: string): string | undefined {
  const place = path.split('/').slice(1).reduce<unknown>(inside, schema)
  if (!isSchema(place)) return undefined
  const choices = valuesOf(place)
  return choices && `must be ${choices.length > 1 ? 'one of ' : ''}${choices.join(', ')}`
}

type Schema = Readonly<Record<string, unknown>>

function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null
}

function inside(schema: unknown, name: string): unknown {
  if (!isSchema(schema)) return undefined
  if (isSchema(schema.properties) && Object.hasOwn(schema.properties, name)) return schema.properties[name]
  return schema.items
}

/** The values of an enum as JSON, where it is one. */
function valuesOf({ anyOf, const: only }: Schema): readonly string[] | undefined {
  if (only !== undefined) return [JSON.stringify(only)]
  if (!Array.isArray(anyOf)) return undefined
  const values = anyOf.map((one) => (isSchema(one) ? valuesOf(one) : undefined))
  return values.includes(undefined) ? undefined : values.flatMap((value) => value ?? [])
}

/** A frame's value → what it asks. One schema, looked up by its type; fields it does not name are ignored. */
export function decode(value: unknown): Decoded {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { kind: 'failure', ref: null, failure: failure('bad_request', 'A frame is a JSON object.') }
  }
  const ref = refOf(value)
  const fail = (failed: Failure): Decoded => ({ kind: 'failure', ref, failure: failed })
  if ('ref' in value && ref === null)
    return fail(failure('bad_request', 'ref must be a whole number from 0.'))
  const type = 'type' in value ? value.type : undefined
  if (typeof type !== 'string') return fail(failure('bad_request', 'type must be a string.'))
  if (type === 'hello') {
    if (!hello.Check(value)) return fail(failure('bad_request', describeMisfit(hello, value)))
    return { kind: 'hello', ref, hello: value }
  }
  const input = inputs.get(type)
  if (input === undefined) return fail(failure('unknown_type'))
  if (!input.Check(value)) return fail(failure('bad_request', describeMisfit(input, value)))
  return { kind: 'command', ref, command: value as CommandOf<CommandType> }
}

/** The `ref` of a frame, as far as it has a proper one. */
export function refOf(value: unknown): Ref | null {
  const isFrame = typeof value === 'object' && value !== null && 'ref' in value
  return isFrame && isRef(value.ref) ? value.ref : null
}

function isRef(value: unknown): value is Ref {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
}
