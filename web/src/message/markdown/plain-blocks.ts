import { withMentions } from './mentions.ts'
import type { Block, Inline } from './nodes.ts'
import { unturned } from './plain-text.ts'

/** Whatever might mean something in Markdown, and white space that it would change. More than there is, never less. */
const marked = /[\\`*_~<[\]|\r\t\f\v\u00a0]|^$|^ | $|^[-+=#>]|^:-|^\d{1,9}[.)]|&#?\w+;|:\/\/|www\.|\S@/im

/** The blocks of a text without a mark, as the parser gives them; undefined where it has to be asked. */
export function plainBlocks(text: string): readonly Block[] | undefined {
  const shown = unturned(text)
  return marked.test(shown) ? undefined : paragraph(shown, withMentions)
}

/** A text as it was written. */
export function writtenBlocks(text: string): readonly Block[] {
  return paragraph(unturned(text), (line) => [{ kind: 'text', text: line }])
}

function paragraph(text: string, inlinesOf: (line: string) => readonly Inline[]): readonly Block[] {
  const children = text
    .split('\n')
    .flatMap((line, i): readonly Inline[] => [
      ...(i === 0 ? [] : [{ kind: 'break' } as const]),
      ...inlinesOf(line),
    ])
  return [{ kind: 'paragraph', children }]
}
