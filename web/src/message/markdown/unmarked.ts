import { type Block, unturned } from '@parlance/client/text'

/** Whatever may mean something (docs/MARKDOWN.md), and what is shown otherwise. More than there is, never less. */
const marked = /[\\`*_~[\]@＠|\r]|:\/\/|www\.|^ {0,3}(?:[#>-]|\d+[.)])/im

/** The blocks of a text without a mark, as the parser gives them; undefined where it has to be asked. */
export function unmarkedBlocks(text: string): readonly Block[] | undefined {
  return marked.test(text) ? undefined : writtenBlocks(text)
}

/** A text as it was written. */
export function writtenBlocks(text: string): readonly Block[] {
  const shown = unturned(text)
  return shown === '' ? [] : [{ kind: 'paragraph', children: [{ kind: 'text', text: shown }] }]
}
