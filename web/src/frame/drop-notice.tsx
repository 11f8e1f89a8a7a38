import { FileX } from 'lucide-react'
import { useTexts } from '../texts/texts.ts'
import styles from './drop-notice.module.css'

/** What is going to happen with a file that is being dragged over the page. */
export function DropNotice() {
  const { common } = useTexts()
  return (
    <div className={styles.layer} role="status">
      <div className={styles.card}>
        <FileX aria-hidden="true" />
        <p className={styles.title}>{common.noFiles}</p>
        <p>{common.noFilesHint}</p>
      </div>
    </div>
  )
}
