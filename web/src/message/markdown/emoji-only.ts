const few = /^(?:\p{RGI_Emoji}\s*){1,6}$/v

/** Whether a text is a few emoji and nothing else. */
export function isEmojiOnly(text: string): boolean {
  return text.length <= 120 && few.test(text.trim())
}
