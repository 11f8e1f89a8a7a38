import type { MessageList } from '@parlance/client/message-list'
import type { Message, Seq } from '@parlance/client/models'
import { personName } from '../texts/person-name.ts'
import type { Texts } from '../texts/texts.ts'
import { datesOf } from './days.ts'

/**
 * What a selection copies: of several messages each as `[08:47] ben: text`, as it was typed; of one its text alone.
 * Undefined where the browser knows best: for a part of one text.
 */
export function copiedMessages(
  selection: Selection,
  log: Element,
  messages: MessageList,
  { common }: Texts,
  language: string,
): string | undefined {
  if (selection.isCollapsed || selection.rangeCount === 0) return undefined
  const range = selection.getRangeAt(0)
  const rows = [...log.querySelectorAll<HTMLElement>('article[data-seq]')].filter((row) => isIn(range, row))
  const [first, last] = [rows[0], rows.at(-1)]
  if (first === undefined || last === undefined) return undefined
  if (first !== last) {
    const time = datesOf(language).time
    return between(messages, Number(first.dataset.seq), Number(last.dataset.seq))
      .map((message) => copiedLine(message, time(message.at), common))
      .join('\n')
  }
  const body = first.querySelector('[id^="body-"]')
  if (body === null || body.contains(range.commonAncestorContainer)) return undefined
  // More of it than its text was selected.
  const part = clipped(range, body)
  const all = document.createRange()
  all.selectNodeContents(body)
  const { text } = between(messages, Number(first.dataset.seq), Number(first.dataset.seq))[0] ?? {}
  return part.toString() === all.toString() ? text : part.toString()
}

/** A message among others: who wrote it, and when, before what they typed. */
export function copiedLine(
  { author, text }: Pick<Message, 'author' | 'text'>,
  time: string,
  common: Pick<Texts['common'], 'guest' | 'deletedUser'>,
): string {
  return `[${time}] ${personName(common, author)}: ${text}`
}

/** Also those that are not drawn, since they are out of sight; deleted ones have no text. */
function between(messages: MessageList, first: Seq, last: Seq): Message[] {
  return messages
    .slice(messages.countUpTo(first - 1), messages.countUpTo(last))
    .filter(({ deletedAt }) => deletedAt === null)
}

/** Whether anything of a row is selected that can be read: browsers end selections at the begin of the next row. */
function isIn(range: Range, row: Element): boolean {
  return range.intersectsNode(row) && clipped(range, row).toString().trim() !== ''
}

/** The part of a range that is in an element. */
function clipped(range: Range, element: Element): Range {
  const part = document.createRange()
  part.selectNodeContents(element)
  if (range.compareBoundaryPoints(Range.START_TO_START, part) > 0)
    part.setStart(range.startContainer, range.startOffset)
  if (range.compareBoundaryPoints(Range.END_TO_END, part) < 0)
    part.setEnd(range.endContainer, range.endOffset)
  return part
}
