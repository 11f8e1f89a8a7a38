import { useTexts } from '../texts/texts.ts'
import styles from './new-line.module.css'

/** The line above the first unread message. */
export function NewLine() {
  const { timeline: texts } = useTexts()
  return (
    <div className={styles.line}>
      <span className={styles.word}>{texts.newHere}</span>
    </div>
  )
}
