import { destinationAt, mailAddress, trimmedEnd, webAddress } from './addresses.ts'
import { characterBefore, hasWords } from './characters.ts'
import { CodeRuns } from './code-runs.ts'
import { flanksOf } from './emphasis.ts'
import { mentionAt } from './name-runs.ts'
import type { Inline } from './nodes.ts'
import { Openers, type Run, type Wrapping } from './openers.ts'
import type { Source } from './source.ts'
import type { Token } from './token-tree.ts'
import { unturned } from './unturned.ts'
import { work } from './work.ts'

/** A part of a text that is read at once. */
export interface Part {
  readonly source: Source
  readonly text: string
  /** Where it begins in the source. */
  readonly start: number
  /** Whether it is a cell of a table: there a backslash keeps a bar from ending it. */
  readonly isCell: boolean
}

/** Whatever may mean something. */
const special = /\\+|`+|\*+|_+|~+|[[\]@＠]|:\/\/|(?<=www)\./gi
const longest: Readonly<Record<string, number>> = { '*': 3, _: 1, '~': 2 }
const shortest: Readonly<Record<string, number>> = { '*': 1, _: 1, '~': 2 }
/** Behind what a backslash before an `@` is meant for it: in a path it is not. */
const beforeEscapedMention = /^$|[\s([{"'*_~>,;!?\p{Ps}\p{Pi}]/u

/** Reads one part from its begin to its end, each character once. */
export class InlineReader {
  readonly tokens: Token[] = []
  readonly #part: Part
  readonly #text: string
  /** Places of the backslashes that are escapes; undefined where this is to be found out. */
  readonly #known: ReadonlySet<number> | undefined
  readonly #found = new Set<number>()
  readonly #openers = new Openers()
  readonly #codes: CodeRuns
  /** From here on is text that is no token yet. */
  #pending = 0
  /** Behind the last words: marks with none between them are text. */
  #words = 0
  /** Behind the last space. */
  #spaces = 0
  #mentionEnd = -1
  /** Up to here it is known that there is no address, and no destination of a link. */
  #noAddress = 0
  #noDestination = 0

  constructor(part: Part, escapes: ReadonlySet<number> | undefined) {
    this.#part = part
    this.#text = part.text
    this.#known = escapes
    this.#codes = new CodeRuns(part.text)
    this.#read()
  }

  /** Places of the backslashes that prevented something. */
  escapes(): ReadonlySet<number> {
    const runs = this.tokens.filter((token) => typeof token !== 'string' && 'slash' in token)
    const hits = runs.filter(({ closes, opens }) => closes.length + opens.length > 0)
    return new Set([...this.#found, ...hits.flatMap(({ slash }) => slash ?? [])])
  }

  #read(): void {
    const pattern = new RegExp(special)
    let end = 0
    for (;;) {
      pattern.lastIndex = end
      const found = pattern.exec(this.#text)
      if (found === null) break
      work.steps += 1
      end = found[0].startsWith('\\')
        ? this.#backslashes(found[0], found.index)
        : this.#special(found[0], found.index)
    }
    this.#flush(this.#text.length, this.#text.length)
  }

  /** Reads what may mean something, and tells where it goes on. `slash` is where a backslash before it stands. */
  #special(found: string, at: number, slash?: number): number {
    switch (found.charAt(0)) {
      case '`':
        return this.#code(found.length, at, slash)
      case '[':
        this.#openers.push(this.#run(found, at, slash))
        return at + 1
      case ']':
        return this.#bracket(at, slash)
      case '@':
      case '＠':
        return this.#at(found, at, slash)
      case ':':
      case '.':
        return this.#address(found, at)
      default:
        return this.#marks(found, at, slash)
    }
  }

  /** One backslash before what may mean something is an escape, or is not; more are text, and so is what follows. */
  #backslashes(found: string, at: number): number {
    const end = at + found.length
    const next = /^(?:`+|\*+|_+|~+|[[\]@＠|])/.exec(this.#text.slice(end, end + 64))?.[0] ?? ''
    if (next === '' || (next === '|' && !this.#part.isCell)) return end
    if (found.length > 1) return end + next.length
    if (this.#known === undefined && next !== '|') return this.#special(next, end, at)
    if (next === '|' || this.#known?.has(at)) this.#flush(at, end)
    return end + next.length
  }

  #code(length: number, at: number, slash: number | undefined): number {
    const start = at + length
    const end = this.#codes.nextAfter(at, length)
    const content = end === undefined ? '' : this.#text.slice(start, end)
    if (end === undefined || content.trim() === '') return start
    if (slash !== undefined) {
      this.#found.add(slash)
      // The one at its end, too, prevented nothing else.
      if (/(?<!\\)\\$/.test(content.slice(-2))) this.#found.add(end - 1)
      return start
    }
    this.#add({ kind: 'code', text: this.#codeText(content) }, at, end + length)
    return end + length
  }

  /** Spaces that part its backticks from the marks belong to the marks. */
  #codeText(content: string): string {
    const text = /^ `|` $/.test(content) && /^ .* $/s.test(content) ? content.slice(1, -1) : content
    return unturned(this.#part.isCell ? text.replaceAll('\\|', '|') : text)
  }

  #bracket(at: number, slash: number | undefined): number {
    const opener = this.#openers.last('[', [1])
    if (opener === undefined) return at + 1
    const isLink = this.#text.charAt(at + 1) === '(' && at >= this.#noDestination
    const { href, end } = isLink ? destinationAt(this.#text, at + 2) : { href: undefined, end: 0 }
    this.#noDestination = Math.max(this.#noDestination, end)
    if (href === undefined || this.#text.slice(opener.end, at).trim() === '') {
      this.#openers.drop(opener)
      return at + 1
    }
    const closer = this.#run(']', at, slash, end + 1)
    if (this.#openers.close(opener, closer, ['link'], 1)) opener.href = href
    else this.tokens[this.tokens.length - 1] = this.#text.slice(at, end + 1)
    this.#openers.dropBrackets()
    this.#words = end
    return end + 1
  }

  #at(sign: string, at: number, slash: number | undefined): number {
    const mail = sign === '@' && slash === undefined ? mailAddress(this.#text, this.#pending, at) : undefined
    if (mail !== undefined) {
      const { start, end, href } = mail
      this.#add(
        { kind: 'link', href, children: [{ kind: 'text', text: this.#text.slice(start, end) }] },
        start,
        end,
      )
      return end
    }
    const names = mentionAt(this.#text, at, slash ?? at, this.#mentionEnd)
    if (names === undefined) return at + 1
    if (slash !== undefined) {
      if (beforeEscapedMention.test(characterBefore(this.#text, slash))) this.#found.add(slash)
      return at + 1
    }
    const end = at + 1 + names[0].length
    this.#add({ kind: 'mention', at: this.#placeOf(at), sign, names }, at, end)
    this.#mentionEnd = end
    return end
  }

  /** Where a place stands in the whole text; it is asked in order, and so not while escapes are found out. */
  #placeOf(at: number): number {
    return this.#known === undefined ? at : this.#part.source.at(this.#part.start + at)
  }

  #address(found: string, at: number): number {
    const next = at + found.length
    if (at < this.#noAddress) return next
    const address = webAddress(this.#text, at)
    if (address === undefined) return next
    const end = address.href === undefined ? address.end : this.#withoutMarks(at, address.end)
    const cut = address.end - end
    const href = address.href?.slice(0, address.href.length - cut)
    if (address.href === undefined || address.start < this.#pending || !URL.canParse(href ?? '')) {
      this.#noAddress = address.end
      return next
    }
    const { start } = address
    this.#add(
      { kind: 'link', href: href ?? '', children: [{ kind: 'text', text: this.#text.slice(start, end) }] },
      start,
      end,
    )
    return end
  }

  /** An address without the marks at its end that close what is open before it. */
  #withoutMarks(at: number, end: number): number {
    for (;;) {
      const mark = this.#text.charAt(end - 1)
      if (longest[mark] === undefined) return end
      let start = end
      while (start > at && this.#text.charAt(start - 1) === mark) start -= 1
      if (this.#openers.last(mark, [end - start]) === undefined) return end
      end = trimmedEnd(this.#text, at, start)
    }
  }

  #marks(found: string, at: number, slash: number | undefined): number {
    const mark = found.charAt(0)
    const end = at + found.length
    if (found.length < (shortest[mark] ?? 0) || found.length > (longest[mark] ?? 0)) return end
    const { canOpen, canClose, isInWord } = flanksOf(this.#text, slash ?? at, at, end)
    if (!canOpen && !canClose) return end
    const run = this.#run(found, at, slash)
    run.isInWord = isInWord
    if (canClose) this.#close(run, slash ?? at)
    if (canOpen && run.closes.length === 0) this.#openers.push(run)
    return end
  }

  #close(run: Run, at: number): void {
    while (run.left > 0) {
      const opener = this.#openers.partnerOf(run)
      if (opener === undefined || !this.#hasWordsBetween(opener.end, at)) return
      if (this.#spaces > opener.end && (opener.isInWord || run.isInWord)) {
        // `f**k this s**t`: the first one can wrap nothing any more.
        if (!opener.isInWord) return
        this.#openers.drop(opener)
        continue
      }
      const length = Math.min(opener.left, run.left)
      if (!this.#openers.close(opener, run, kindsOf(run.mark, length), length)) return
    }
  }

  #hasWordsBetween(start: number, end: number): boolean {
    return this.#words > start && this.#words <= end
  }

  /** A run as a token of its own; the text goes on at `next`. */
  #run(found: string, at: number, slash: number | undefined, next = at + found.length): Run {
    const end = at + found.length
    this.#flush(slash ?? at, next)
    const run: Run = {
      ...{
        mark: found.charAt(0),
        start: at,
        end,
        left: found.length,
        depth: 0,
        isOpen: false,
        isInWord: false,
      },
      ...{ closes: [], opens: [], slash },
    }
    this.tokens.push(run)
    return run
  }

  #add(node: Inline, start: number, end: number): void {
    this.#flush(start, end)
    this.tokens.push(node)
    this.#words = end
    if (node.kind === 'code' && /\s/.test(node.text)) this.#spaces = end
  }

  /** What is pending, up to a place, is text; it goes on at another. */
  #flush(end: number, next: number): void {
    const text = unturned(this.#text.slice(this.#pending, end))
    if (text !== '') this.tokens.push(text)
    if (hasWords(text)) this.#words = end
    if (/\s/.test(text)) this.#spaces = end
    this.#pending = next
  }
}

function kindsOf(mark: string, length: number): Wrapping[] {
  if (mark === '~') return ['del']
  if (length === 3) return ['strong', 'em']
  return [length === 2 ? 'strong' : 'em']
}
