import { ArrowDown } from 'lucide-react'
import { useTexts } from '../texts/texts.ts'
import { Badge } from '../ui/badge.tsx'
import styles from './latest-button.module.css'

interface LatestButtonProps {
  /** How many unread messages are below. */
  readonly unread: number
  readonly onClick: () => void
}

/** Leads back to the newest message. */
export function LatestButton({ unread, onClick }: LatestButtonProps) {
  const { timeline: texts, common } = useTexts()
  return (
    <button type="button" className={styles.button} onClick={onClick}>
      <ArrowDown aria-hidden="true" />
      <span>{texts.jumpToLatest}</span>
      <Badge count={unread} tone="loud" label={common.unread(unread)} />
    </button>
  )
}
