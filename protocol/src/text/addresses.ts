import { isUnspaced } from './characters.ts'
import { work } from './work.ts'

/** An address in a text, from where to where. */
export interface Address {
  readonly start: number
  readonly end: number
  /** With the scheme that it lacks. */
  readonly href: string
}

/**
 * What ends an address for certain: white space, what no address holds, what turns the text, quotes and the points of
 * full width. `·` and `–` are parts of real ones.
 */
const beyond =
  /[\s\p{Z}\p{Cc}\p{Cf}<>"`\\^\u00ab\u00bb\u2014\u2018-\u201f\u2026\u2039\u203a\u3001-\u3003\u3008-\u301f\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65]/u
/** Points that end a sentence, not an address, and brackets that it opens last. */
const trailing = ".,;:!?'\u2013([{"
const pairs: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' }

const longestLocal = 64
/** Of all that mail allows what addresses have: `name=ann@b.example` is not one. */
const inLocal = /[\p{L}\p{M}\p{N}.%+_'-]/u
const domain =
  /(?:[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}-]{0,61}[\p{L}\p{M}\p{N}])?\.)+\p{L}(?:[\p{L}\p{M}\p{N}-]*[\p{L}\p{M}\p{N}])?/uy

/**
 * The address of the web whose scheme, or `www`, stands before `at`; none where there is none. What only begins like one
 * has no `href`: what is in it is no address either, and is not looked at again.
 */
export function webAddress(text: string, at: number): Address | FailedAddress | undefined {
  const isWww = text.startsWith('.', at)
  const before = text.slice(Math.max(0, at - 6), at)
  const scheme = (isWww ? /(?<![@./\\-])www$/i : /https?$/i).exec(before)?.[0]
  if (scheme === undefined) return undefined
  const start = at - scheme.length
  // Latin letters beside it are another word; Chinese ones are the text around it.
  const previous = text.charAt(start - 1)
  if (/[\p{L}\p{M}\p{N}]/u.test(previous) && !isUnspaced(previous)) return undefined
  const end = endOfAddress(text, at)
  const shown = text.slice(start, end)
  const host = shown.slice(scheme.length + (isWww ? 1 : 3))
  const isHost = isWww ? /^[\p{L}\p{N}-]+\.[\p{L}\p{N}]/u : /^(?:[^/?#@]*@)?[\p{L}\p{N}[]/u
  const href = isWww ? `http://${shown}` : shown
  return isHost.test(host) && URL.canParse(href) ? { start, end, href } : { end }
}

interface FailedAddress {
  readonly end: number
  readonly href?: undefined
}

/** The end of what may be one address: brackets that it opens are its own. */
function endOfAddress(text: string, at: number): number {
  const open: string[] = []
  let end = at
  for (; end < text.length; end++) {
    const character = text.charAt(end)
    if (beyond.test(character)) break
    if ('([{'.includes(character)) open.push(character)
    const opening = pairs[character]
    if (opening !== undefined && open.pop() !== opening) break
  }
  work.steps += end - at
  return trimmedEnd(text, at, end)
}

/** An end without the points before it. */
export function trimmedEnd(text: string, at: number, end: number): number {
  let trimmed = end
  while (trimmed > at && trailing.includes(text.charAt(trimmed - 1))) trimmed -= 1
  return trimmed
}

/** The mail address around an `@`, with `mailto:` where that is written; `from` is where the text before it begins. */
export function mailAddress(text: string, from: number, at: number): Address | undefined {
  let start = at
  while (start > Math.max(from, at - longestLocal) && mayBeLocal(text.charAt(start - 1))) start -= 1
  while (start < at && !/[\p{L}\p{N}_]/u.test(text.charAt(start))) start += 1
  const name = text.slice(start, at)
  domain.lastIndex = at + 1
  const host = unspacedBegin(domain.exec(text)?.[0] ?? '')
  if (!/^(?!.*\.\.)[^.].*[^.]$|^[^.]$/u.test(name) || !/\.\p{L}{2}[\p{L}\p{N}-]*$/u.test(host))
    return undefined
  const end = at + 1 + host.length
  const mailto = 'mailto:'
  const isWritten =
    start - mailto.length >= from && text.slice(start - mailto.length, start).toLowerCase() === mailto
  const href = mailto + text.slice(start, end)
  // A second `@` makes it something else: the name of an account elsewhere.
  if (text.startsWith('@', end) || text.startsWith('@', start - 1) || !URL.canParse(href)) return undefined
  return { start: isWritten ? start - mailto.length : start, end, href }
}

function mayBeLocal(character: string): boolean {
  return inLocal.test(character) && !isUnspaced(character)
}

/** The begin of a text before the first letter of a script without spaces: that is the sentence around it. */
function unspacedBegin(text: string): string {
  for (let at = 0; at < text.length; at++) if (isUnspaced(text.charAt(at))) return text.slice(0, at)
  return text
}

/**
 * The destination of a link that begins at a place and ends before the `)` that is not its own. Without an `href` it is
 * none, and what is in it is none either.
 */
export function destinationAt(text: string, at: number): { readonly href?: string; readonly end: number } {
  let end = at
  // What begins otherwise is not looked at: a thousand brackets are not read to the end a thousand times.
  if (!/^(?:https?:\/\/|mailto:)/i.test(text.slice(at, at + 8))) return { end }
  for (let depth = 0; end < text.length; end++) {
    const character = text.charAt(end)
    work.steps += 1
    if (/[\s\p{Cc}\p{Cf}<>"`\\]/u.test(character)) break
    if (character === '(') depth += 1
    if (character === ')' && depth-- === 0) {
      const href = text.slice(at, end)
      return isSafe(href) ? { href, end } : { end }
    }
  }
  return { end }
}

/** Whether a link may lead there: to an address of the web or of mail. */
function isSafe(href: string): boolean {
  return /^(?:https?:\/\/|mailto:)[^\s]/i.test(href) && URL.canParse(href)
}
