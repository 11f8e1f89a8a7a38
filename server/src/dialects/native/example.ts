import type { Json } from './schema-tree.ts'

/** A small value that fits the schema, for documents: as far as the protocol's schemas go, no further. */
export function exampleOf(schema: unknown): Json {
  const node = schema as Readonly<Record<string, unknown>>
  if ('const' in node) return node.const as Json
  if (Array.isArray(node.enum)) return node.enum[0]
  if (Array.isArray(node.anyOf)) return exampleOf(node.anyOf[0])
  switch (node.type) {
    case 'object':
      return exampleObject(node)
    case 'array':
      return [exampleOf(node.items)]
    case 'integer':
      return Math.max(1, Number(node.minimum ?? 1))
    case 'boolean':
      return true
    case 'string':
      return exampleString(node)
    default:
      return null
  }
}

function exampleObject({
  properties = {},
  required = [],
}: {
  properties?: unknown
  required?: unknown
}): Json {
  const names = Array.isArray(required) ? required : []
  const entries = Object.entries(properties as object).filter(([name]) => names.includes(name))
  return Object.fromEntries(entries.map(([name, schema]) => [name, exampleOf(schema)]))
}

function exampleString({
  format,
  minLength,
  pattern,
}: {
  format?: unknown
  minLength?: unknown
  pattern?: unknown
}): string {
  if (format === 'date-time') return '2026-01-01T10:00:00.123Z'
  if (format === 'email') return 'ada@example.com'
  if (pattern !== undefined) return 'a1b2c3'
  return 'hello'.padEnd(Number(minLength ?? 0), '!')
}
