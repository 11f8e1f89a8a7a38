/**
 * What makes a name, an e-mail address and a password the same as another: pure, for server, library and pages alike.
 * Names follow RFC 8265's UsernameCaseMapped, by the mapping of UAX #31's NFKC_Casefold; passwords its OpaqueString.
 */

/** Code points that Unicode says are not drawn where they are not understood, and format marks that are not drawn either. */
const ignorable = /[\p{Default_Ignorable_Code_Point}\u{FFF9}-\u{FFFB}\u{13430}-\u{1343F}]/gu
/** Drawn as nothing, though Unicode calls them symbols or letters: the empty Braille cell, a note without a head, blanks. */
const blank = /[\u{2800}\u{1D159}\u{13441}\u{13442}\u{16FE4}]/gu
const spaces = /[\p{White_Space}\u{FEFF}]+/gu
/** What is drawn of itself, where it is not blank; a new emoji may be one that this version of Unicode only reserves. */
const visible = /[\p{L}\p{N}\p{P}\p{S}\p{Extended_Pictographic}]/u
/** What turns the text around it: overrides, embeddings and isolates. A mark that only says left or right is ignorable. */
const turning = '\\u{202A}-\\u{202E}\\u{2066}-\\u{2069}'
/**
 * Never in a name: controls and line ends, what turns the text, annotations, an object's place, and code points that are
 * no characters or nobody's in particular.
 */
const forbidden = new RegExp(
  `(?!\\p{Extended_Pictographic})[\\p{Cc}\\p{Cs}\\p{Cn}\\p{Co}\\p{Zl}\\p{Zp}${turning}\\u{FFF9}-\\u{FFFC}]`,
  'u',
)

/** Words of ASCII with one space between them: in lower case they are their key. */
const plain = /^[!-~]+(?: [!-~]+)*$/

/** The form in which a name is kept and shown: Unicode NFC, without spaces around it. */
export function normalizeName(name: string): string {
  return name.normalize('NFC').trim()
}

/**
 * What makes two names the same (RFC 8265 §3.3, UAX #31 NFKC_Casefold): without ignorable code points, in NFKC, by
 * Unicode's full case folding, spaces as one. Any spelling gives the same key, and a key is its own. Only for comparing:
 * nobody is shown it. Empty where nothing of the name is visible.
 */
export function nameKey(name: string): string {
  // Most names, and the claimed one of every message of a guest: nothing to compose, to leave out or to trim.
  if (plain.test(name)) return name.toLowerCase()
  let key = name
  // Each step may make work for the one before it; two rounds are the rule, and it never takes more than a few.
  for (let round = 0; round < 8; round++) {
    const next = foldOnce(key)
    if (next === key) break
    key = next
  }
  return key
}

function foldOnce(name: string): string {
  const compatible = name.replace(ignorable, '').normalize('NFKC').replace(ignorable, '')
  const folded = Array.from(compatible, foldCase).join('').normalize('NFKC')
  return folded.replace(blank, ' ').replace(spaces, ' ').trim()
}

/**
 * Unicode's full case folding of one code point, by its case mappings, one at a time so that a sigma is one everywhere:
 * `ß` and `ẞ` are `ss`, `ς` is `σ`, `İ` is `i` with its dot. A dotless `ı` is a letter of its own (CaseFolding.txt).
 */
function foldCase(character: string): string {
  if (character === 'ı') return character
  const upper = character.toLowerCase().toUpperCase()
  return Array.from(upper, (one) => one.toLowerCase()).join('')
}

/**
 * Whether an account or a guest of the native API may be called so: letters and digits, with dots, dashes and underscores
 * inside, so that `@name` mentions it. Of what is not drawn only variants of letters are left, as names in Japanese have
 * them. Whether it is reserved is another question.
 */
export function isUserName(name: string): boolean {
  return userName.test(name) && !hasForbidden(name) && !undrawn.test(name)
}

const userName = /^[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}._-]*[\p{L}\p{M}\p{N}])?$/u
const undrawn = /(?!\p{Variation_Selector})[\p{Default_Ignorable_Code_Point}\u{13430}-\u{13442}\u{16FE4}]/u

/** Names by which the server itself speaks, and the one of every account that is gone. */
const reserved: ReadonlySet<string> = new Set(['system', 'server', 'guest', 'deleted user'].map(nameKey))

/** Whether the server speaks by this name, in any spelling. */
export function isReservedName(name: string): boolean {
  return reserved.has(nameKey(name))
}

/** Whether this is what a guest of some name is shown as: an account that were called so would pass for the guest. */
export function looksLikeGuest(name: string): boolean {
  return /\((?:guest|gast)\)$/.test(nameKey(name))
}

/** Whether anything of it is seen: marks, spaces, fillers and blanks alone are nothing. */
export function hasVisible(text: string): boolean {
  return visible.test(text.replace(ignorable, '').replace(blank, ''))
}

/** Whether it holds what no name may hold: controls, line ends, what turns the text around, what is no character. */
export function hasForbidden(name: string): boolean {
  return forbidden.test(name)
}

/** Without what no name may hold. */
export function withoutForbidden(name: string): string {
  return Array.from(name)
    .filter((character) => !forbidden.test(character))
    .join('')
}

/** An e-mail address as it is kept: NFC, trimmed, its domain in lower case and the rest as it was written. */
export function normalizeEmail(email: string): string {
  const text = normalizeName(email)
  const at = text.lastIndexOf('@')
  return at === -1 ? text : text.slice(0, at) + text.slice(at).toLowerCase()
}

/** What makes two e-mail addresses the same: the key of names, since one logs in by either (SPEC AC20). */
export function emailKey(email: string): string {
  return nameKey(email)
}

/**
 * The form of a password that is hashed: every space as U+0020, in NFC (RFC 8265 §4.2, OpaqueString). Case and all else
 * stay. An empty one is no password.
 */
export function passwordForm(password: string): string {
  return password.replace(/\p{Zs}/gu, ' ').normalize('NFC')
}
