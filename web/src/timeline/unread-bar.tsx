import { ArrowUp, Check } from 'lucide-react'
import { useTexts } from '../texts/texts.ts'
import { Button } from '../ui/button.tsx'
import styles from './unread-bar.module.css'

interface UnreadBarProps {
  readonly count: number
  /** When the first of them came, where that is known. */
  readonly since: string | undefined
  readonly onJump: () => void
  readonly onMarkRead: () => void
}

/** The server counts no further. */
const cap = 999

/** Tells of new messages above what is seen. */
export function UnreadBar({ count, since, onJump, onMarkRead }: UnreadBarProps) {
  const { timeline: texts } = useTexts()
  const told = since === undefined ? texts.newMessages(count) : texts.newSince(count, since)
  return (
    <div className={styles.bar}>
      <button type="button" className={styles.jump} data-tip={texts.jumpToNew} onClick={onJump}>
        <ArrowUp aria-hidden="true" />
        <span className={styles.told}>{count >= cap ? texts.manyNew : told}</span>
      </button>
      <Button size="sm" tone="quiet" icon={<Check aria-hidden="true" />} onClick={onMarkRead}>
        {texts.markAsRead}
      </Button>
    </div>
  )
}
