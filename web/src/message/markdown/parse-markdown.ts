import { Lexer, type MarkedToken, type Token, type Tokens } from 'marked'
import { ChatTokenizer, TooCostly } from './chat-tokenizer.ts'
import { withMentions } from './mentions.ts'
import type { Block, Cell, Inline } from './nodes.ts'
import { writtenBlocks } from './plain-blocks.ts'
import { unturned } from './plain-text.ts'
import { safeLink } from './safe-link.ts'

/** So many texts keep what they mean: what scrolls by comes back. */
const maxKept = 400
const kept = new Map<string, readonly Block[]>()

/** What a text means. The same text gives the same blocks as long as they are kept. */
export function parseMarkdown(text: string): readonly Block[] {
  const found = kept.get(text) ?? parse(text)
  // The one used last goes last.
  kept.delete(text)
  kept.set(text, found)
  if (kept.size > maxKept) {
    const [oldest] = kept.keys()
    if (oldest !== undefined) kept.delete(oldest)
  }
  return found
}

function parse(text: string): readonly Block[] {
  const plain = unturned(text)
  try {
    return blocksOf(new Lexer({ gfm: true, breaks: true, tokenizer: new ChatTokenizer() }).lex(plain))
  } catch (error) {
    if (error instanceof TooCostly) return writtenBlocks(plain)
    throw error
  }
}

function blocksOf(tokens: readonly Token[]): Block[] {
  return known(tokens).flatMap(blockOf)
}

function blockOf(token: MarkedToken): Block[] {
  switch (token.type) {
    case 'space':
    case 'checkbox':
      return []
    case 'hr':
      return [{ kind: 'rule' }]
    case 'heading':
      return [{ kind: 'heading', level: token.depth, children: inlinesOf(token.tokens) }]
    case 'code':
      // A fence with nothing in it but words behind it is no code.
      if (token.text === '') return [{ kind: 'paragraph', children: [{ kind: 'text', text: token.raw }] }]
      return [{ kind: 'code', language: token.lang?.match(/^[\w+#.-]+/)?.[0] ?? '', text: token.text }]
    case 'blockquote':
      return [{ kind: 'quote', blocks: blocksOf(token.tokens) }]
    case 'list':
      return [
        {
          kind: 'list',
          start: token.ordered ? Number(token.start) : null,
          items: token.items.map((item) => ({
            checked: item.task ? item.checked === true : null,
            blocks: blocksOf(item.tokens),
          })),
        },
      ]
    case 'table':
      return [
        { kind: 'table', header: token.header.map(cellOf), rows: token.rows.map((row) => row.map(cellOf)) },
      ]
    case 'paragraph':
    case 'text':
      return [{ kind: 'paragraph', children: inlinesOf(token.tokens ?? [token]) }]
    default:
      return [{ kind: 'paragraph', children: [{ kind: 'text', text: token.raw }] }]
  }
}

function cellOf({ align, tokens }: Tokens.TableCell): Cell {
  return { align, children: inlinesOf(tokens) }
}

function inlinesOf(tokens: readonly Token[], isInLink = false): Inline[] {
  const inlines: Inline[] = []
  let text = ''
  const flush = () => {
    if (text === '') return
    inlines.push(...(isInLink ? [{ kind: 'text', text } as const] : withMentions(text)))
    text = ''
  }
  for (const token of known(tokens)) {
    const found = inlineOf(token, isInLink)
    if (typeof found === 'string') text += found
    else {
      flush()
      inlines.push(...found)
    }
  }
  flush()
  return inlines
}

/** Text as a string: pieces that touch are one. */
function inlineOf(token: MarkedToken, isInLink: boolean): string | Inline[] {
  switch (token.type) {
    case 'br':
      return [{ kind: 'break' }]
    case 'codespan':
      return [{ kind: 'code', text: token.text }]
    case 'strong':
    case 'em':
    case 'del':
      return [{ kind: token.type, children: inlinesOf(token.tokens, isInLink) }]
    case 'link':
      return isInLink ? inlinesOf(token.tokens, true) : linkOf(token)
    case 'image':
      return isInLink ? token.raw : linkOf(token)
    case 'checkbox':
      return []
    case 'escape':
      return token.text
    case 'text':
      return token.tokens === undefined ? token.text : inlinesOf(token.tokens, isInLink)
    default:
      return token.raw
  }
}

/** A link, or the text of it where it may not be followed. A picture is a link: nothing is loaded from elsewhere. */
function linkOf(token: Tokens.Link | Tokens.Image): string | Inline[] {
  const shown = token.text === '' ? token.href : token.text
  const safe = safeLink(token.href, shown)
  if (safe === undefined) return token.raw
  const children: Inline[] =
    token.type === 'link' && token.text !== ''
      ? inlinesOf(token.tokens, true)
      : [{ kind: 'text', text: shown }]
  return [{ kind: 'link', ...safe, children }]
}

/** The lexer gives no tokens of extensions where there are none. */
function known(tokens: readonly Token[]): readonly MarkedToken[] {
  return tokens as readonly MarkedToken[]
}
