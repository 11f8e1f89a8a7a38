/** What a client says in one frame. */
export type Frame =
  | { readonly kind: 'message'; readonly text: string }
  /** A text that is empty or missing is ignored. */
  | { readonly kind: 'nothing' }
  | { readonly kind: 'refused'; readonly message: string }

/** Reads `{"text":"…"}` (contracts.md §5). */
export function decode(frame: string): Frame {
  let value: unknown
  try {
    value = JSON.parse(frame)
  } catch {
    return { kind: 'refused', message: 'Invalid JSON format' }
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { kind: 'refused', message: 'Invalid JSON format' }
  }
  const text: unknown = Object.hasOwn(value, 'text') && 'text' in value ? value.text : undefined
  if (text === undefined || text === null || text === '') return { kind: 'nothing' }
  if (typeof text !== 'string') return { kind: 'refused', message: 'text must be a string' }
  return { kind: 'message', text: text.toWellFormed() }
}
