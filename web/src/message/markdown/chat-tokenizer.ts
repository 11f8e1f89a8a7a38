import { Tokenizer, type Tokens } from 'marked'

/** Quotes and lists, and emphasis, inside of each other; what is deeper stays as it was written. */
const maxDepth = 12
/** Characters before which the lexer stands, added up over its steps: 16,000 of ordinary prose take 13 millions. */
const maxWork = 20_000_000

/** Thrown where a text takes more work than it can be worth. */
export class TooCostly extends Error {}

/**
 * Markdown as people write it in a chat: without HTML, which stays text, and without what happens by accident
 * (headings by underlines, code by indentation, definitions of links, which vanish). Its depth and its work are bounded.
 */
export class ChatTokenizer extends Tokenizer {
  #depth = 0
  #work = 0

  // The first question of each step over blocks, and the one of each step inside of a line.
  override space(src: string): Tokens.Space | undefined {
    this.#count(src)
    return super.space(src)
  }

  override escape(src: string): Tokens.Escape | undefined {
    this.#count(src)
    return super.escape(src)
  }

  override blockquote(src: string): Tokens.Blockquote | undefined {
    return this.#deeper(() => super.blockquote(src))
  }

  override list(src: string): Tokens.List | undefined {
    return this.#deeper(() => super.list(src))
  }

  override emStrong(src: string, masked: string, before?: string): Tokens.Em | Tokens.Strong | undefined {
    return this.#deeper(() => super.emStrong(src, masked, before))
  }

  override del(src: string, masked: string, before?: string): Tokens.Del | undefined {
    return this.#deeper(() => super.del(src, masked, before))
  }

  override link(src: string): Tokens.Link | Tokens.Image | undefined {
    return this.#deeper(() => super.link(src))
  }

  override html(): undefined {}
  override tag(): undefined {}
  override def(): undefined {}
  override lheading(): undefined {}
  override code(): undefined {}

  #count(src: string): void {
    this.#work += src.length
    if (this.#work > maxWork) throw new TooCostly()
  }

  #deeper<T>(tokenize: () => T): T | undefined {
    if (this.#depth >= maxDepth) return undefined
    this.#depth += 1
    try {
      return tokenize()
    } finally {
      this.#depth -= 1
    }
  }
}
