import { type Command, type CommandType, commands } from '@parlance/protocol/commands'
import { type Failure, failure } from '@parlance/protocol/errors'
import type { TSchema } from 'typebox'
import { Compile, type Validator } from 'typebox/compile'
import { textFault } from '../json.ts'
import { describeMisfit } from './decode.ts'
import { fieldsOf } from './fields.ts'

/** The parts of a request that a command's input is made of. */
export interface Parts {
  readonly params: unknown
  readonly query: unknown
  readonly body: unknown
}

/** One field of a command's input, and how it is read from a text. */
interface Field {
  readonly name: string
  readonly inPath: boolean
  readonly isInteger: boolean
  readonly isBoolean: boolean
}

/**
 * Makes the reader of a command's input. Path parameters come from the path; all others from the query where the
 * method has no body (GET), else from the body alone: what is in a URL ends up in logs. Fields that the command does
 * not name are ignored. A misfit is `bad_request` and names the field.
 */
export function inputReader(type: CommandType, path: string, method: string) {
  const validator: Validator = Compile(commands[type].input)
  const fields = Object.entries(fieldsOf(type).properties).map(([name, field]) => fieldOf(name, field, path))
  const fromQuery = method === 'GET'
  return ({ params, query, body }: Parts): Command | Failure => {
    if (!fromQuery && body !== undefined && !isRecord(body))
      return failure('bad_request', 'The body is a JSON object.')
    const command: Record<string, unknown> = { type }
    for (const field of fields) {
      const isText = field.inPath || fromQuery
      const value = own(field.inPath ? params : fromQuery ? query : body, field.name)
      const fault = isText && typeof value === 'string' ? textFault(value) : undefined
      if (fault !== undefined) return failure('bad_request', fault)
      if (value !== undefined) command[field.name] = isText ? read(value, field) : value
    }
    if (!validator.Check(command)) return failure('bad_request', describeMisfit(validator, command))
    return command as Command
  }
}

function fieldOf(name: string, schema: TSchema, path: string): Field {
  const type = 'type' in schema ? schema.type : undefined
  return {
    name,
    inPath: path.includes(`{${name}}`),
    isInteger: type === 'integer',
    isBoolean: type === 'boolean',
  }
}

/** A number or a truth value in its one spelling; anything else stays the text it is, and the schema refuses it. */
function read(value: unknown, { isInteger, isBoolean }: Field): unknown {
  if (typeof value !== 'string') return value
  if (isInteger && /^(?:0|-?[1-9]\d{0,15})$/.test(value)) return Number(value)
  if (isBoolean && (value === 'true' || value === 'false')) return value === 'true'
  return value
}

function own(record: unknown, key: string): unknown {
  return isRecord(record) && Object.hasOwn(record, key) ? record[key] : undefined
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
