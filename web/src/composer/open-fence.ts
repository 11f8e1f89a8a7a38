/** What may stand before a fence: a quote, the begin of a list's item. */
const before = String.raw`^(?:[ \t]*(?:>|[-*]|\d{1,9}[.)]))*[ \t]*`
const opening = new RegExp(String.raw`${before}(\x60{3,})[^\x60]*$`)
const closing = /^[\s>]*(`{3,})[ \t]*$/

/** Whether, by the rules of docs/MARKDOWN.md, a place in a text is within a block of code whose fence has been opened and not closed before it. */
export function isInOpenFence(text: string, caret: number): boolean {
  let open: string | undefined
  for (const line of text.slice(0, caret).split('\n')) {
    if (open === undefined) {
      open = opening.exec(line)?.[1]
    } else {
      const [, fence = ''] = closing.exec(line) ?? []
      if (fence.startsWith(open)) open = undefined
    }
  }
  return open !== undefined
}
