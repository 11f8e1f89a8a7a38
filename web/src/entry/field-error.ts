import { ParlanceError, type ParlanceErrorCode } from '@parlance/client/errors'
import { errorText } from '../texts/error-text.ts'
import type { Texts } from '../texts/texts.ts'

type Field = 'name' | 'password' | 'email' | 'room'

/** Thrown where a field is wrong before the server is asked. */
export class WrongField extends Error {
  readonly field: Field

  constructor(field: Field, sentence: string) {
    super(sentence)
    this.field = field
  }
}

/** The fields that the server's refusals belong to. */
const fields: Partial<Record<ParlanceErrorCode, Field>> = { name_taken: 'name', email_taken: 'email' }

function fieldOf(error: unknown): Field | undefined {
  if (error instanceof WrongField) return error.field
  return error instanceof ParlanceError ? fields[error.code] : undefined
}

/** What is wrong with this field, in words. */
export function fieldError(texts: Texts, error: unknown, field: Field): string | undefined {
  if (fieldOf(error) !== field) return undefined
  return error instanceof WrongField ? error.message : errorText(texts, error)
}

/** What is wrong, and belongs to no field. */
export function otherError(texts: Texts, error: unknown): string | undefined {
  return error === undefined || fieldOf(error) !== undefined ? undefined : errorText(texts, error)
}
