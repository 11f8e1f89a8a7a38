/** Unicode's own list of what is one emoji: modifiers, flags, keycaps and families joined in one (UTS #51, ED-27). */
const emoji = /^\p{RGI_Emoji}$/v

/** Asks for the colourful form of a character that is also a text. */
const variation = '\ufe0f'

/**
 * The text as one emoji of Unicode's list; undefined where it is anything else, or more than one. A heart that was typed
 * without its variation selector means the same heart.
 */
export function oneEmoji(text: string): string | undefined {
  if (emoji.test(text)) return text
  return emoji.test(text + variation) ? text + variation : undefined
}
