import type { Message, UserId } from '@parlance/client/models'
import type { Room } from '@parlance/client/room'
import { useMemo, useState } from 'react'
import { useAccount } from '../chat/client.ts'
import { useLanguage, useTexts } from '../texts/texts.ts'
import { datesOf } from '../timeline/days.ts'
import { classNames } from '../ui/class-names.ts'
import { Blocks } from './body/blocks.tsx'
import { MentionedContext } from './body/mention.tsx'
import { isEmojiOnly } from './markdown/emoji-only.ts'
import { folded } from './markdown/fold.ts'
import { useMarkdown } from './markdown/markdown.ts'
import { mentionedIn } from './markdown/mentioned.ts'
import styles from './message-body.module.css'

interface MessageBodyProps {
  readonly room: Room
  readonly message: Message
}

/** What a message says: its Markdown, folded where it is long; a tombstone where it was deleted. */
export function MessageBody({ room, message }: MessageBodyProps) {
  const { messages } = useTexts()
  const account = useAccount()
  const { text, mentions, editedAt } = message
  const [isOpen, setOpen] = useState(false)
  const begin = useMemo(() => folded(text), [text])
  const shown = begin === undefined || isOpen ? text : begin
  const blocks = useMarkdown(shown)
  const { members } = room.getSnapshot()
  const findMentioned = useMemo(() => {
    const nameOf = (id: UserId) =>
      id === account.id ? account.name : (members?.get(id)?.user.name ?? authorOf(room, id))
    return mentionedIn(mentions, blocks, nameOf)
  }, [mentions, blocks, account, room, members])
  if (message.deletedAt !== null) return <p className={styles.tombstone}>{messages.deleted}</p>
  const edited = editedAt === null ? undefined : <EditedMark at={editedAt} />
  return (
    <div className={classNames(styles.body, isEmojiOnly(text) && styles.large)} dir="auto">
      <MentionedContext value={findMentioned}>
        <Blocks blocks={blocks} end={edited} />
      </MentionedContext>
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

/** The name of whoever has written something that is here. */
function authorOf(room: Room, user: UserId): string | undefined {
  for (const { author } of room.getSnapshot().timeline.messages) if (author.id === user) return author.name
  return undefined
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
