import type { Replacement } from './formatting.ts'

/** Replaces a piece of a field's text as if it was typed: undo takes it back, and the field tells its change. */
export function replaceText(field: HTMLTextAreaElement, { from, to, by, start, end }: Replacement): void {
  field.focus()
  field.setSelectionRange(from, to)
  // The only way that keeps the field's history. It is deprecated without another.
  const isDone = by === '' ? document.execCommand('delete') : document.execCommand('insertText', false, by)
  if (!isDone) {
    field.setRangeText(by, from, to)
    field.dispatchEvent(new Event('input', { bubbles: true }))
  }
  field.setSelectionRange(start, end)
}

/** Puts a text in the place of what is selected, and the cursor behind it. */
export function insertText(field: HTMLTextAreaElement, text: string): void {
  const { selectionStart: from, selectionEnd: to } = field
  replaceText(field, { from, to, by: text, start: from + text.length, end: from + text.length })
}
