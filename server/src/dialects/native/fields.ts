import { type CommandType, commands } from '@parlance/protocol/commands'
import type { TSchema } from 'typebox'

export interface Fields {
  readonly properties: Readonly<Record<string, TSchema>>
  readonly required: readonly string[]
}

/** The fields of a command's input, and which of them must be there. */
export function fieldsOf(type: CommandType): Fields {
  const {
    properties,
    required,
  }: { properties: Record<string, TSchema>; required?: readonly string[] | undefined } = commands[type].input
  return { properties, required: required ?? [] }
}
