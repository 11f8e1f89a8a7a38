export type Decoded =
  | { readonly ok: true; readonly content: string }
  | { readonly ok: false; readonly fault: string }

/**
 * What a frame says: the `content` of a JSON object, or the whole of anything that is none (contracts.md §2).
 * A fault for an object that has no content to say; `username`, `type` and all else in it are ignored.
 */
export function decode(text: string): Decoded {
  const object = objectIn(text)
  if (object === undefined) return { ok: true, content: text }
  if (!Object.hasOwn(object, 'content')) return { ok: false, fault: 'Missing content' }
  const { content } = object
  if (typeof content !== 'string') return { ok: false, fault: 'Content is not a string' }
  return { ok: true, content: content.toWellFormed() }
}

/** How deep an object is nested does not matter: nothing of it goes on but the content. */
function objectIn(text: string): { readonly content?: unknown } | undefined {
  if (!/^[ \t\r\n]*\{/.test(text)) return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
