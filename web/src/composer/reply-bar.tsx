import type { Message } from '@parlance/client/models'
import { Reply, X } from 'lucide-react'
import { usePlainLine } from '../message/markdown/plain-line.ts'
import { useTexts } from '../texts/texts.ts'
import { IconButton } from '../ui/icon-button.tsx'
import styles from './reply-bar.module.css'

interface ReplyBarProps {
  readonly message: Message
  readonly onCancel: () => void
}

/** Which message the next one answers. */
export function ReplyBar({ message, onCancel }: ReplyBarProps) {
  const { composer } = useTexts()
  const line = usePlainLine(message.text)
  return (
    <div className={styles.bar}>
      <Reply aria-hidden="true" className={styles.icon} />
      <p className={styles.text}>
        <bdi className={styles.to}>{composer.replyingTo(message.author.name)}</bdi> <bdi>{line}</bdi>
      </p>
      <IconButton size="sm" label={composer.cancelReply} keys="Esc" icon={<X />} onClick={onCancel} />
    </div>
  )
}
