import type { Message, Seq } from '@parlance/client/models'
import type { Room } from '@parlance/client/room'
import { lazy, memo, Suspense, useState } from 'react'
import { useAccount } from '../chat/client.ts'
import { useRoomUi } from '../rooms/room-ui.ts'
import { personName } from '../texts/person-name.ts'
import { useLanguage, useTexts } from '../texts/texts.ts'
import { datesOf } from '../timeline/days.ts'
import { Avatar } from '../ui/avatar.tsx'
import { classNames } from '../ui/class-names.ts'
import { lateScreen } from '../ui/late.tsx'
import { MessageBody } from './message-body.tsx'
import { useHasOverlay } from './message-overlay.ts'
import styles from './message-row.module.css'
import { Reactions } from './reactions.tsx'
import { ReplyQuote } from './reply-quote.tsx'

const MessageActions = lazy(async () => ({
  default: (await import('./message-actions.tsx')).MessageActions,
}))

/** Until it is here the message stands there. */
const MessageEditor = lateScreen(
  async () => (await import('./message-editor.tsx')).MessageEditor,
  MessageBody,
)

interface MessageRowProps {
  readonly room: Room
  readonly message: Message
  /** It goes on under the name of the message above. */
  readonly isGrouped: boolean
  /** A link has led here just now. */
  readonly isHighlighted: boolean
  /** It is where the Tab key comes to among the messages. */
  readonly isCurrent: boolean
  /** The other one of a direct conversation has read up to here. */
  readonly isSeen: boolean
  readonly onJump: (seq: Seq) => void
}

/** One message: who and when beside what it says. Only the one that is pointed at or has the focus has a toolbar. */
export const MessageRow = memo(function MessageRow({
  room,
  message,
  isGrouped,
  isHighlighted,
  isCurrent,
  isSeen,
  onJump,
}: MessageRowProps) {
  const { id, seq, at, author, replyTo, deletedAt, mentions } = message
  const texts = useTexts()
  const language = useLanguage()
  const me = useAccount().id
  const { editing } = useRoomUi()
  const hasOverlay = useHasOverlay(id)
  const [isPointedAt, setPointedAt] = useState(false)
  const [hasFocus, setFocus] = useState(false)
  const dates = datesOf(language)
  const name = personName(texts.common, author)
  const isEditing = editing === id
  const isDeleted = deletedAt !== null
  const [nameId, timeId, bodyId] = [`name-${id}`, `time-${id}`, `body-${id}`]
  return (
    <article
      className={classNames(styles.row, isGrouped && styles.grouped, isHighlighted && styles.highlighted)}
      data-seq={seq}
      data-mentioned={(!isDeleted && mentions.includes(me)) || undefined}
      aria-labelledby={`${nameId} ${timeId} ${bodyId}`}
      tabIndex={isCurrent ? 0 : -1}
      onPointerEnter={() => setPointedAt(true)}
      onPointerLeave={() => setPointedAt(false)}
      onFocus={() => setFocus(true)}
      // On its way to a button of the toolbar the focus has not left, and the button has to stay.
      onBlur={({ currentTarget, relatedTarget }) => setFocus(currentTarget.contains(relatedTarget))}
    >
      <div className={styles.side}>{!isGrouped && <Avatar user={author} />}</div>
      <div className={styles.content}>
        {replyTo !== null && <ReplyQuote room={room} replyTo={replyTo} onJump={onJump} />}
        <div className={isGrouped ? styles.aside : styles.head}>
          <span id={nameId} className={isGrouped ? 'visually-hidden' : styles.name} dir="auto">
            {name}
          </span>
          <time id={timeId} className={styles.time} dateTime={at} data-tip={dates.full(at)}>
            {dates.time(at)}
          </time>
        </div>
        <div id={bodyId} className={styles.body}>
          {isEditing ? (
            <MessageEditor room={room} message={message} />
          ) : (
            <MessageBody room={room} message={message} />
          )}
        </div>
        {message.reactions.length > 0 && <Reactions room={room} message={message} />}
        {isSeen && <p className={styles.seen}>{texts.timeline.seen}</p>}
      </div>
      {(isPointedAt || hasFocus || hasOverlay) && !isEditing && !isDeleted && (
        <Suspense>
          <MessageActions room={room} message={message} />
        </Suspense>
      )}
    </article>
  )
})
