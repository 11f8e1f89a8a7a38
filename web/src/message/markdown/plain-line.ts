import { unturned } from '@parlance/client/text'
import { inOneLine, maxLineLength } from './in-one-line.ts'
import { type Marked, markedOf, useMarked } from './markdown.ts'

/** Of a text, so much is looked at. */
const maxRead = 4 * maxLineLength

/** What a message says in one line, without its marks: for quotes and lists. */
export function usePlainLine(text: string): string {
  const begin = text.slice(0, maxRead)
  return lineBy(useMarked(begin), begin)
}

/** The same for what is no part of the page: notifications. */
export async function plainLine(text: string): Promise<string> {
  const begin = text.slice(0, maxRead)
  return lineBy(await markedOf(begin), begin)
}

function lineBy(marked: Marked | undefined, text: string): string {
  return marked?.markedLine(text) ?? inOneLine(unturned(text))
}
