import { type Failure, failure } from '@parlance/protocol/errors'
import { protocolLimits } from '@parlance/protocol/limits'

const tooDeep = `JSON is nested at most ${protocolLimits.jsonDepth} deep.`
const notUnicode = 'A string holds half of a surrogate pair, which is not Unicode text.'

/**
 * Parses the text of one frame or body: at most 16 containers deep, every string well-formed Unicode, and without
 * `__proto__` keys, which are dropped. `bad_json` for what is not JSON, `bad_request` for the rest.
 * The text comes from valid UTF-8, so half a surrogate pair can only come from an escape.
 */
export function parseJson(text: string): { readonly ok: true; readonly value: unknown } | Failure {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return failure('bad_json')
  }
  const fault = inspectValue(value, protocolLimits.jsonDepth + 1, /\\u[dD][89a-fA-F]/.test(text))
  return fault === undefined ? { ok: true, value } : failure('bad_request', fault)
}

/** What is wrong inside this container, which may hold `depth` levels, itself included. On the path of every frame. */
function inspect(container: object, depth: number, escapes: boolean): string | undefined {
  if (depth === 0) return tooDeep
  if (Array.isArray(container)) {
    for (const value of container) {
      const fault = inspectValue(value, depth, escapes)
      if (fault !== undefined) return fault
    }
    return undefined
  }
  const record = container as Record<string, unknown>
  for (const key in record) {
    if (key === '__proto__') delete record[key]
    else {
      const fault = escapes && !key.isWellFormed() ? notUnicode : inspectValue(record[key], depth, escapes)
      if (fault !== undefined) return fault
    }
  }
  return undefined
}

function inspectValue(value: unknown, depth: number, escapes: boolean): string | undefined {
  if (typeof value === 'object') return value === null ? undefined : inspect(value, depth - 1, escapes)
  return escapes && typeof value === 'string' && !value.isWellFormed() ? notUnicode : undefined
}

/** Whether a parsed value is nested deeper than a frame or body may be: what is that deep cannot be written again. */
export function isTooDeep(value: unknown, depth: number = protocolLimits.jsonDepth): boolean {
  if (typeof value !== 'object' || value === null) return false
  return depth === 0 || Object.values(value).some((inner) => isTooDeep(inner, depth - 1))
}
