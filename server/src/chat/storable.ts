/**
 * A text as every database can keep it: PostgreSQL has no U+0000, so it becomes U+FFFD, as half a surrogate pair does.
 * Only the five contracts let it come this far; the native door refuses it.
 */
export function storable(text: string): string {
  return text.replaceAll('\0', '\ufffd')
}
