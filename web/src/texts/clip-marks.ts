/** More marks upon one letter than any writing needs. */
const most = 4
const piled = new RegExp(`(\\p{M}{${most}})\\p{M}+`, 'gu')

/** A text for places that clip nothing, as notifications and the window's title: with so many marks upon a letter and no more. */
export function clipMarks(text: string): string {
  return text.replace(piled, '$1')
}
