import type { Inline } from './nodes.ts'
import type { Run, Wrapping } from './openers.ts'

/** What was read, in order: text, whole nodes, and runs of marks, of which it is known at the end what they are. */
export type Token = string | Inline | Run

interface Frame {
  readonly kind: Wrapping | 'all'
  readonly href: string
  readonly children: Inline[]
}

/** What is inside of what. */
export function treeOf(tokens: readonly Token[]): Inline[] {
  const all: Frame = { kind: 'all', href: '', children: [] }
  const frames: Frame[] = []
  let frame = all
  for (const token of tokens) {
    if (typeof token === 'string') add(frame, { kind: 'text', text: token })
    else if ('kind' in token) add(frame, token)
    else {
      for (const _ of token.closes) {
        const outer = frames.pop() ?? all
        add(outer, closed(frame))
        frame = outer
      }
      if (token.left > 0) add(frame, { kind: 'text', text: token.mark.repeat(token.left) })
      // The innermost was closed first.
      for (const kind of token.opens.toReversed()) {
        frames.push(frame)
        frame = { kind, href: token.href ?? '', children: [] }
      }
    }
  }
  return all.children
}

/** Texts that touch are one. */
function add({ children }: Frame, inline: Inline): void {
  const last = children.at(-1)
  if (inline.kind === 'text' && last?.kind === 'text')
    children[children.length - 1] = { kind: 'text', text: last.text + inline.text }
  else children.push(inline)
}

function closed({ kind, href, children }: Frame): Inline {
  if (kind === 'all') return { kind: 'text', text: '' }
  return kind === 'link' ? { kind, href, children: linkTextOf(children) } : { kind, children }
}

/** In a link are no links and no mentions. */
function linkTextOf(inlines: readonly Inline[]): Inline[] {
  const frame: Frame = { kind: 'link', href: '', children: [] }
  for (const inline of inlines) {
    switch (inline.kind) {
      case 'mention':
        add(frame, { kind: 'text', text: inline.sign + inline.names[0] })
        break
      case 'link':
        for (const child of inline.children) add(frame, child)
        break
      case 'strong':
      case 'em':
      case 'del':
        add(frame, { kind: inline.kind, children: linkTextOf(inline.children) })
        break
      default:
        add(frame, inline)
    }
  }
  return frame.children
}
