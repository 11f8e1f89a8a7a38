import type { Message } from '@parlance/client/models'
import type { Room } from '@parlance/client/room'
import { useMemo, useState } from 'react'
import { useLanguage, useTexts } from '../texts/texts.ts'
import { datesOf } from '../timeline/days.ts'
import { classNames } from '../ui/class-names.ts'
import { MessageText } from './body/message-text.tsx'
import { isEmojiOnly } from './markdown/emoji-only.ts'
import { folded } from './markdown/fold.ts'
import styles from './message-body.module.css'

interface MessageBodyProps {
  readonly room: Room
  readonly message: Message
}

/** What a message says: its Markdown, folded where it is long; a tombstone where it was deleted. */
export function MessageBody({ room, message }: MessageBodyProps) {
  const { messages } = useTexts()
  const { text, mentions, editedAt } = message
  const [isOpen, setOpen] = useState(false)
  const begin = useMemo(() => folded(text), [text])
  const shown = begin === undefined || isOpen ? text : begin
  if (message.deletedAt !== null) return <p className={styles.tombstone}>{messages.deleted}</p>
  const edited = editedAt === null ? undefined : <EditedMark at={editedAt} />
  return (
    <div className={classNames(styles.body, isEmojiOnly(text) && styles.large)} dir="auto">
      <MessageText room={room} text={shown} mentions={mentions} end={edited} />
      {begin !== undefined && (
        <button
          type="button"
          className={styles.fold}
          aria-expanded={isOpen}
          onClick={() => setOpen((open) => !open)}
        >
          {isOpen ? messages.showLess : messages.showMore}
        </button>
      )}
    </div>
  )
}

function EditedMark({ at }: { readonly at: string }) {
  const { messages } = useTexts()
  const language = useLanguage()
  const time = datesOf(language).full(at)
  return (
    <time className={styles.edited} dateTime={at} data-tip={messages.editedAt(time)}>
      {' '}
      ({messages.edited})
    </time>
  )
}
