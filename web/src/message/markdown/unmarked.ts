/** Whatever may mean something (docs/MARKDOWN.md), and what is shown otherwise. More than there is, never less. */
const marked = /[\\`*_~[\]@＠|\r]|:\/\/|www\.|^ {0,3}(?:[#>-]|\d+[.)])/im

/** Whether the parser has to be asked what a text means; one without a mark is shown as it was written. */
export function mayHaveMark(text: string): boolean {
  return marked.test(text)
}
