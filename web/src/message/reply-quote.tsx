import type { MessageId, Seq } from '@parlance/client/models'
import type { Room } from '@parlance/client/room'
import { CornerUpRight } from 'lucide-react'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { personName } from '../texts/person-name.ts'
import { useTexts } from '../texts/texts.ts'
import { usePlainLine } from './markdown/plain-line.ts'
import styles from './reply-quote.module.css'

interface ReplyQuoteProps {
  readonly room: Room
  readonly replyTo: MessageId
  /** Shows the answered message. */
  readonly onJump: (seq: Seq) => void
}

/** The answered message in one line, above the answer. */
export function ReplyQuote({ room, replyTo, onJump }: ReplyQuoteProps) {
  const { messages, common } = useTexts()
  const quoted = useSyncExternalStore(room.subscribe, () => room.find(replyTo))
  const [isGone, setGone] = useState(false)
  const isHere = quoted !== undefined
  const line = usePlainLine(quoted?.text ?? '')
  useEffect(() => {
    if (isHere) return
    let isWanted = true
    room.message(replyTo).then(
      () => {},
      () => isWanted && setGone(true),
    )
    return () => {
      isWanted = false
    }
  }, [room, replyTo, isHere])
  if (quoted === undefined) {
    return (
      <p className={styles.quote}>
        <CornerUpRight aria-hidden="true" className={styles.icon} />
        <span className={styles.gone}>{isGone ? messages.replyGone : common.loading}</span>
      </p>
    )
  }
  const name = personName(common, quoted.author)
  return (
    <button type="button" className={styles.quote} onClick={() => onJump(quoted.seq)}>
      <CornerUpRight aria-hidden="true" className={styles.icon} />
      <span className="visually-hidden">{messages.replyTo(name)}: </span>
      <bdi className={styles.author} aria-hidden="true">
        {name}
      </bdi>
      {quoted.deletedAt === null ? (
        <bdi className={styles.text}>{line}</bdi>
      ) : (
        <span className={styles.gone}>{messages.deleted}</span>
      )}
    </button>
  )
}
