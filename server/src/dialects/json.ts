import { type Failure, failure } from '@parlance/protocol/errors'
import { protocolLimits } from '@parlance/protocol/limits'

const tooDeep = `JSON is nested at most ${protocolLimits.jsonDepth} deep.`
const notUnicode = 'A string holds half of a surrogate pair, which is not Unicode text.'
const holdsNull = 'A string holds U+0000, which is no text.'

/** Escapes without which neither can be: the text comes from valid UTF-8, and JSON has no raw control characters. */
const suspicious = /\\u(?:d[89a-f]|0000)/i

interface Parsed {
  readonly ok: true
  readonly value: unknown
}

/**
 * Parses the text of one frame or body: at most 16 containers deep, every string well-formed Unicode without U+0000,
 * and no `__proto__` keys, which are dropped. `bad_json` for what is not JSON, `bad_request` for the rest, with
 * the value, so that the answer can say to what.
 */
export function parseJson(text: string): Parsed | (Failure & { readonly value?: unknown }) {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return failure('bad_json')
  }
  const fault = inspectValue(value, protocolLimits.jsonDepth + 1, suspicious.test(text))
  return fault === undefined ? { ok: true, value } : { ...failure('bad_request', fault), value }
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
      const fault = (escapes ? textFault(key) : undefined) ?? inspectValue(record[key], depth, escapes)
      if (fault !== undefined) return fault
    }
  }
  return undefined
}

function inspectValue(value: unknown, depth: number, escapes: boolean): string | undefined {
  if (typeof value === 'object') return value === null ? undefined : inspect(value, depth - 1, escapes)
  return escapes && typeof value === 'string' ? textFault(value) : undefined
}

/** Why this is no text that every database can keep. */
export function textFault(text: string): string | undefined {
  if (!text.isWellFormed()) return notUnicode
  return text.includes('\0') ? holdsNull : undefined
}

/** Whether a parsed value is nested deeper than a frame or body may be: what is that deep cannot be written again. */
export function isTooDeep(value: unknown, depth: number = protocolLimits.jsonDepth): boolean {
  if (typeof value !== 'object' || value === null) return false
  return depth === 0 || Object.values(value).some((inner) => isTooDeep(inner, depth - 1))
}
