import type { Message } from '@parlance/client/models'
import { Reply, X } from 'lucide-react'
import { useAccount } from '../chat/client.ts'
import { usePlainLine } from '../message/markdown/plain-line.ts'
import { personName } from '../texts/person-name.ts'
import { useTexts } from '../texts/texts.ts'
import { IconButton } from '../ui/icon-button.tsx'
import styles from './reply-bar.module.css'

interface ReplyBarProps {
  readonly message: Message
  /** Whether its author is told of the answer. */
  readonly notifies: boolean
  readonly onNotifies: (notifies: boolean) => void
  readonly onCancel: () => void
}

/** Which message the next one answers, and whether that tells its author. */
export function ReplyBar({ message, notifies, onNotifies, onCancel }: ReplyBarProps) {
  const { composer, common } = useTexts()
  const me = useAccount().id
  const { author } = message
  const name = personName(common, author)
  const canTell = author.id !== me && author.kind !== 'deleted' && author.id !== null
  const line = usePlainLine(message.text)
  return (
    <div className={styles.bar}>
      <Reply aria-hidden="true" className={styles.icon} />
      <p className={styles.text}>
        <bdi className={styles.to}>{composer.replyingTo(name)}</bdi> <bdi>{line}</bdi>
      </p>
      {canTell && (
        <button
          type="button"
          role="switch"
          aria-checked={notifies}
          aria-label={composer.notifyReplied(name)}
          data-tip={composer.notifyReplied(name)}
          className={styles.notify}
          onClick={() => onNotifies(!notifies)}
        >
          @ {notifies ? composer.notifyOn : composer.notifyOff}
        </button>
      )}
      <IconButton size="sm" label={composer.cancelReply} keys="Esc" icon={<X />} onClick={onCancel} />
    </div>
  )
}
