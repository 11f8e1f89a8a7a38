/** What emphasis sees of the characters beside it. */
export type CharacterClass =
  /** The begin or the end of a text. */
  | 'edge'
  /** White space, and what takes no place. */
  | 'space'
  /** A letter or a digit of a script that parts its words by spaces. */
  | 'word'
  /** A letter of one that does not, and the punctuation of East Asia. */
  | 'unspaced letter'
  | 'unspaced point'
  | 'opening'
  | 'closing'
  | 'quote'
  /** `*`, `_` and `~`. */
  | 'mark'
  /** `.` and `:`. */
  | 'stop'
  /** `,`, `;`, `!`, `?`, and all points beyond ASCII. */
  | 'point'
  | 'slash'
  /** Accents that stand alone, as faces have them: `¯`, `^`, `´`. */
  | 'accent'
  /** Emoji, arrows, ticks. */
  | 'symbol'
  | 'other'

const emoji = /\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}|\u200d|\ufe0f|\u20e3/u
const invisible = /[\s\p{Z}\p{Cc}\p{Cf}]/u
const letter = /[\p{L}\p{M}\p{N}]/u
const unspaced =
  /[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Hang}\p{scx=Bopo}\p{scx=Thai}\p{scx=Laoo}\p{scx=Khmr}\p{scx=Mymr}]/u
const eastPoint = /[\u3000-\u303f\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65]/
const has = /[\p{L}\p{N}\p{Extended_Pictographic}\p{Regional_Indicator}\p{Sc}]/u

/** Whether a text says something: punctuation alone takes no marks. */
export function hasWords(text: string): boolean {
  return has.test(text)
}

/** Whether words of this character's script stand beside each other without spaces: Chinese, Japanese, Korean, Thai. */
export function isUnspaced(character: string): boolean {
  return unspaced.test(character) && letter.test(character)
}

/** The class of one character; of none, where there is none. */
export function classOf(character: string): CharacterClass {
  if (character === '') return 'edge'
  if (character <= '\u007f') return classOfAscii(character)
  if (emoji.test(character)) return 'symbol'
  if (invisible.test(character)) return 'space'
  if (letter.test(character)) return unspaced.test(character) ? 'unspaced letter' : 'word'
  if (eastPoint.test(character)) return 'unspaced point'
  if (/[\p{Pi}\p{Pf}]/u.test(character)) return 'quote'
  if (/\p{Ps}/u.test(character)) return 'opening'
  if (/\p{Pe}/u.test(character)) return 'closing'
  if (/\p{Sk}/u.test(character)) return 'accent'
  return /\p{P}/u.test(character) ? 'point' : 'symbol'
}

function classOfAscii(character: string): CharacterClass {
  if (/[0-9A-Za-z]/.test(character)) return 'word'
  if (character <= ' ' || character === '\u007f') return 'space'
  if ('*_~'.includes(character)) return 'mark'
  if ('([{'.includes(character)) return 'opening'
  if (')]}'.includes(character)) return 'closing'
  if ('"\''.includes(character)) return 'quote'
  if ('.:'.includes(character)) return 'stop'
  if (',;!?'.includes(character)) return 'point'
  if ('/\\'.includes(character)) return 'slash'
  return character === '^' ? 'accent' : 'other'
}

/** The character that ends before a place; none at the begin. */
export function characterBefore(text: string, at: number): string {
  const last = text.charCodeAt(at - 1)
  const isPair = last >= 0xdc00 && last <= 0xdfff && at > 1
  return at <= 0 ? '' : isPair ? text.slice(at - 2, at) : text.charAt(at - 1)
}

/** The character at a place; none at the end. */
export function characterAt(text: string, at: number): string {
  const code = text.codePointAt(at)
  return code === undefined ? '' : String.fromCodePoint(code)
}
